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
  const lines = [headers.map(csvCell).join(",")];
  for (const row of rows) lines.push(row.map(csvCell).join(","));
  return `${lines.join("\n")}\n`;
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  const text = neutralisedCell(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
