import { formatSignificant } from "./format.ts";
import { element, withoutControls, type Html } from "./html.ts";

/** The numbers behind a figure. */
export interface DataTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/**
 * A table as comma-separated values (RFC 4180): a header row, full precision, null and NaN as empty cells. A text that
 * a spreadsheet would run as a formula gets an apostrophe in front.
 *
 * @example toCsv({ columns: ["name", "auc"], rows: [["C, \"clinical\"", 0.5], ["=1+1", null]] }) // => "name,auc\r\n\"C, \"\"clinical\"\"\",0.5\r\n'=1+1,\r\n"
 */
export function toCsv(table: DataTable): string {
  return [table.columns, ...table.rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  const text = withoutControls(cell);
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
}

/**
 * A link to a file that lies inside the page.
 *
 * @param name File name that the browser proposes; reduced to letters, digits, dot, dash and underscore.
 * @param mediaType E.g. `text/csv`.
 */
export function fileLink(
  file: { readonly name: string; readonly mediaType: string; readonly content: string },
  label: string,
): Html {
  const address = `data:${file.mediaType};charset=utf-8,${dataAddress(file.content)}`;
  return element`<a class="file" download="${safeFileName(file.name)}" href="${address}">${label}</a>`;
}

/** A text as the content of a data address: percent-encoded but for characters that every browser takes as they are. */
function dataAddress(content: string): string {
  return encodeURIComponent(content).replace(/%(?:2C|2F|3A|3B|3D)/g, decodeURIComponent);
}

/**
 * A name that every file system takes.
 *
 * @example safeFileName("roc of <CA+R>.csv") // => "roc-of-CA+R-.csv"
 */
export function safeFileName(name: string): string {
  return name.replace(/[^A-Za-z0-9._+-]+/g, "-");
}

/** The rows of a data table as a page prints them, numbers with four significant digits. */
export function dataRows(table: DataTable, caption: string): Html {
  const cell = (value: string | number | null) =>
    typeof value === "string"
      ? element`<td class="text">${value}</td>`
      : element`<td>${value === null || Number.isNaN(value) ? "" : printed(value)}</td>`;
  return element`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
    <table class="data">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${table.columns.map((column) => element`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.rows.map(
          (row) =>
            element`<tr>
              ${row.map(cell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function printed(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7
    ? formatSignificant(value, Math.max(4, String(Math.abs(value)).length)).replace(/\.0+$/, "")
    : formatSignificant(value, 4);
}
