import type { Finding } from "../errors.ts";

/** A table as it was read, before anything is known about its columns. Every cell is text; an absent cell is "". */
export interface RawTable {
  /** Name for messages, without folders. */
  readonly file: string;
  /** Trimmed, unique, without byte-order mark. */
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Row number of each entry of `rows` as a spreadsheet or editor shows it (the header is usually 1). */
  readonly rowNumbers: readonly number[];
  /** "," where the file writes 1,5 for one and a half; numbers of a workbook are always written with ".". */
  readonly decimal: "." | ",";
  readonly findings: readonly Finding[];
}

/**
 * Some rows of a table, with the numbers that they have in the whole.
 *
 * @param wanted Asked of each row's cells.
 */
export function takeRows(table: RawTable, wanted: (cells: readonly string[]) => boolean): RawTable {
  const kept = table.rows.flatMap((cells, row) => (wanted(cells) ? [row] : []));
  return {
    ...table,
    rows: kept.map((row) => table.rows[row]),
    rowNumbers: kept.map((row) => table.rowNumbers[row]),
  };
}
