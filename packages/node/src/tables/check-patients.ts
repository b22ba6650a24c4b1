import type { Finding, RawTable } from "@sentinode/core";
import { idColumn, imageColumns } from "./known-columns.ts";

/** Duplicates that are spelt out. */
const MOST = 20;

/**
 * What is wrong with the ids of a table: missing ids, and ids that stand in several rows.
 *
 * @returns Errors for rows of one id that disagree, warnings for rows that repeat each other and for missing ids.
 *   Rows that differ in the columns of the image alone are several images of one patient and are right.
 */
export function checkPatients(table: RawTable): Finding[] {
  const column = idColumn(table.headers);
  if (column === null) return [];
  const rowsOf = new Map<string, number[]>();
  table.rows.forEach((row, index) => {
    const id = row[column].trim();
    const rows = rowsOf.get(id);
    if (rows) rows.push(index);
    else rowsOf.set(id, [index]);
  });
  const unnamed = rowsOf.get("") ?? [];
  rowsOf.delete("");
  const images = imageColumns(table);
  const duplicates = [...rowsOf].flatMap(([id, rows]) => duplicateFinding(table, images, { id, rows }));
  const shown = duplicates.slice(0, MOST);
  if (duplicates.length > MOST)
    shown.push(finding(table, "warning", `and ${duplicates.length - MOST} more ids stand in several rows`));
  return unnamed.length === 0
    ? shown
    : [
        finding(
          table,
          "warning",
          `a patient needs an id; got none in ${rowList(table, unnamed)}; fill it in`,
        ),
        ...shown,
      ];
}

interface Duplicate {
  readonly id: string;
  readonly rows: readonly number[];
}

function duplicateFinding(table: RawTable, images: ReadonlySet<number>, { id, rows }: Duplicate): Finding[] {
  if (rows.length < 2) return [];
  const differs = (column: number) =>
    rows.some((row) => table.rows[row][column].trim() !== table.rows[rows[0]][column].trim());
  const columns = table.headers.flatMap((_, column) => (differs(column) ? [column] : []));
  const clinical = columns.filter((column) => !images.has(column));
  const places = `duplicate id ${JSON.stringify(id.slice(0, 60))} in ${rowList(table, rows)}`;
  if (columns.length === 0)
    return [finding(table, "warning", `${places}, which are equal; remove the copies`)];
  if (clinical.length === 0) return [];
  const names = clinical.slice(0, 10).map((column) => table.headers[column]);
  const what = `${places}, which disagree in ${names.join(", ")}${clinical.length > 10 ? ", …" : ""}`;
  const severity = clinical.length < columns.length ? "warning" : "error";
  return [finding(table, severity, `${what}; a patient has one value of each; correct or remove a row`)];
}

function finding({ file }: RawTable, severity: Finding["severity"], message: string): Finding {
  return { code: "table-ids", severity, message: `${file}: ${message}` };
}

/** Rows as the spreadsheet numbers them. */
function rowList({ rowNumbers }: RawTable, rows: readonly number[]): string {
  const numbers = rows.slice(0, 20).map((row) => rowNumbers[row]);
  return `rows ${numbers.join(", ")}${rows.length > 20 ? ", …" : ""}`;
}
