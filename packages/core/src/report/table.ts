import { element, type Html } from "./html.ts";

/** A row of a printed table; its first cell names it. */
export interface PrintedRow {
  /** A heading spans the table; a part stands indented below the row that it belongs to. */
  readonly kind: "row" | "part" | "heading";
  readonly cells: readonly string[];
}

/** A printed table. */
export interface PrintedTable {
  readonly id: string;
  readonly title: string;
  /** Below the table: abbreviations, tests, what a dash means. */
  readonly note: string;
  /** The first column holds words, the others numbers, unless listed in `words`. */
  readonly columns: readonly string[];
  readonly words?: readonly number[];
  readonly rows: readonly PrintedRow[];
}

/** Tables of more columns are set in smaller type, so that they fit the page. */
const WIDE = 8;

/**
 * A table as markup with caption and scopes; on a narrow screen it scrolls within its own frame.
 *
 * @param number Of the table, e.g. `1` or `A1`.
 */
export function renderTable(table: PrintedTable, number: string): Html {
  const words = new Set([0, ...(table.words ?? [])]);
  const alignment = (column: number) => (words.has(column) ? "text" : "number");
  const head = table.columns.map(
    (column, i) => element`<th scope="col" class="${alignment(i)}">${column}</th>`,
  );
  const body = table.rows.map((row) => printedRow(row, table.columns.length, alignment));
  return element`<div class="table${table.rows.length < 16 ? " short" : ""}" id="table-${number}">
    <div class="scroll" role="region" tabindex="0" aria-label="Table ${number}">
      <table class="${table.columns.length > WIDE ? "wide" : "plain"}">
        <caption>
          <strong>Table ${number}. ${table.title}.</strong>
        </caption>
        <thead>
          <tr>
            ${head}
          </tr>
        </thead>
        <tbody>
          ${body}
        </tbody>
      </table>
    </div>
    ${table.note === "" ? null : element`<p class="note">${table.note}</p>`}
  </div>
`;
}

function printedRow(
  { kind, cells }: PrintedRow,
  columns: number,
  alignment: (column: number) => string,
): Html {
  if (kind === "heading")
    return element`<tr class="heading">
      <th scope="rowgroup" colspan="${columns}">${cells[0]}</th>
    </tr>`;
  const [name, ...values] = cells;
  return element`<tr class="${kind}">
    <th scope="row">${name}</th>
    ${values.map((value, i) => element`<td class="${alignment(i + 1)}">${value}</td>`)}
  </tr>`;
}
