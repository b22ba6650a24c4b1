import { InputError } from "../errors.ts";

/** Counts of pairs of levels; (i, j) is at `counts[j * rows + i]`. */
export interface ContingencyTable {
  readonly rows: number;
  readonly columns: number;
  readonly counts: Float64Array;
}

/**
 * A table from its rows.
 *
 * @param rows Rows of equal length with whole numbers not below zero.
 * @throws {InputError} Rows of different length, no row or column, or a count that is none.
 * @example contingencyTable([[1, 2], [3, 4]]).columns // => 2
 */
export function contingencyTable(rows: readonly (readonly number[])[]): ContingencyTable {
  const columns = rows.length === 0 ? 0 : rows[0].length;
  if (columns === 0 || rows.some((row) => row.length !== columns))
    throw new InputError(
      `a contingency table needs rows of equal length; got ${rows.map(({ length }) => length).join(", ")}`,
    );
  const counts = new Float64Array(rows.length * columns);
  rows.forEach((row, i) =>
    row.forEach((count, j) => {
      if (!Number.isInteger(count) || count < 0)
        throw new InputError(
          "a contingency table needs whole numbers not below zero; got another; count patients",
        );
      counts[j * rows.length + i] = count;
    }),
  );
  return { rows: rows.length, columns, counts };
}

/**
 * How often each pair of levels occurs.
 *
 * @param rowCodes Levels 0..rows-1, -1 where missing; shape [n].
 * @param columnCodes Levels 0..columns-1, -1 where missing; shape [n].
 * @param rows Number of levels of `rowCodes`.
 * @param columns Number of levels of `columnCodes`.
 * @returns Counts of the pairs in which neither is missing.
 * @example crossTabulate([0, 1, 1, -1], [0, 0, 1, 1], 2, 2).counts // => [1, 1, 0, 1]
 */
export function crossTabulate(
  rowCodes: ArrayLike<number>,
  columnCodes: ArrayLike<number>,
  rows: number,
  columns: number,
): ContingencyTable {
  const counts = new Float64Array(rows * columns);
  for (let patient = 0; patient < rowCodes.length; patient++)
    if (rowCodes[patient] >= 0 && columnCodes[patient] >= 0)
      counts[columnCodes[patient] * rows + rowCodes[patient]]++;
  return { rows, columns, counts };
}

/**
 * The sums of the rows and of the columns.
 *
 * @example margins({ rows: 2, columns: 2, counts: Float64Array.of(1, 1, 0, 1) }) // => { "rows": [1, 2], "columns": [2, 1], "total": 3 }
 */
export function margins(table: ContingencyTable): { rows: number[]; columns: number[]; total: number } {
  const [rows, columns] = [new Array<number>(table.rows).fill(0), new Array<number>(table.columns).fill(0)];
  let total = 0;
  for (let j = 0; j < table.columns; j++)
    for (let i = 0; i < table.rows; i++) {
      const count = table.counts[j * table.rows + i];
      rows[i] += count;
      columns[j] += count;
      total += count;
    }
  return { rows, columns, total };
}

/**
 * The table without rows and columns that hold no patient.
 *
 * @example withoutEmptyLevels({ rows: 2, columns: 2, counts: Float64Array.of(1, 0, 2, 0) }).rows // => 1
 */
export function withoutEmptyLevels(table: ContingencyTable): ContingencyTable {
  const sums = margins(table);
  const keptRows = sums.rows.flatMap((sum, i) => (sum > 0 ? [i] : []));
  const keptColumns = sums.columns.flatMap((sum, j) => (sum > 0 ? [j] : []));
  const counts = keptColumns.flatMap((j) => keptRows.map((i) => table.counts[j * table.rows + i]));
  return { rows: keptRows.length, columns: keptColumns.length, counts: Float64Array.from(counts) };
}
