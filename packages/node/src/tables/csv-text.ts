import { neutralisedCell } from "./formula-cells.ts";

/**
 * A table as CSV: UTF-8 text, LF line ends, cells quoted where needed, formulas made harmless.
 *
 * @param headers Names of the columns.
 * @param rows Cells; a number is written in its shortest decimal form, null and NaN as an empty cell.
 * @returns Text that {@link readTextTable} reads back to the same cells.
 * @example csvText(["id", "size"], [["a,b", 1.5], ["=1+1", null]]) // => "id,size\n\"a,b\",1.5\n'=1+1,\n"
 */
export function csvText(
  headers: readonly string[],
  rows: Iterable<readonly (string | number | null)[]>,
): string {
  const lines = [csvLine(headers)];
  for (const row of rows) lines.push(csvLine(row));
  return lines.join("");
}

/**
 * A row of a CSV with its line end, as {@link csvText} writes it.
 *
 * @example csvLine(["a", 0.5, null]) // => "a,0.5,\n"
 */
export function csvLine(row: readonly (string | number | null)[]): string {
  return `${row.map(csvCell).join(",")}\n`;
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  const text = neutralisedCell(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
