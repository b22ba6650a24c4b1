import { InputError } from "../../errors.ts";
import { columnOf, type Matrix } from "../matrix.ts";

/** Columns of a design coded by rank: equal codes are equal values, a smaller code is a smaller value. */
export interface RankedColumns {
  readonly rows: number;
  readonly columns: number;
  /** Code 0, 1, 2, … of row i in column j at [j * rows + i]; -1 where the value is missing. */
  readonly codes: Int32Array;
  /** The different values of each column, ascending: code k is the value at k. */
  readonly values: readonly Float64Array[];
}

/**
 * A design coded by rank, from which trees grow without sorting again.
 *
 * @param design Finite or missing (NaN) values.
 * @throws {InputError} An infinite value.
 * @example rankedColumns({ rows: 3, columns: 1, values: Float64Array.of(5, 2, 5) }).codes // => [1, 0, 1]
 */
export function rankedColumns(design: Matrix): RankedColumns {
  const { rows, columns } = design;
  const codes = new Int32Array(rows * columns);
  const values = Array.from({ length: columns }, (_, column) => {
    const cells = columnOf(design, column);
    const different = differentValues(cells, column);
    for (let row = 0; row < rows; row++) codes[column * rows + row] = codeOf(different, cells[row]);
    return different;
  });
  return { rows, columns, codes, values };
}

/**
 * The rows of a column by ascending value, those with a missing value left out.
 *
 * @returns Row numbers; equal values keep the order of their rows.
 */
export function rowsByValue({ codes, rows, values }: RankedColumns, column: number): Int32Array {
  const starts = new Int32Array(values[column].length + 1);
  const own = codes.subarray(column * rows, (column + 1) * rows);
  for (const code of own) if (code >= 0) starts[code + 1]++;
  for (let code = 1; code < starts.length; code++) starts[code] += starts[code - 1];
  const order = new Int32Array(starts[starts.length - 1]);
  for (let row = 0; row < rows; row++) if (own[row] >= 0) order[starts[own[row]]++] = row;
  return order;
}

/**
 * Refuses a design with a missing value, for learners that have no rule for them.
 *
 * @param learner What it is, for the message.
 * @throws {InputError} A value is missing.
 */
export function refuseMissing(ranked: RankedColumns, learner: string): void {
  const at = ranked.codes.indexOf(-1);
  if (at >= 0)
    throw new InputError(
      `${learner} needs every value; got a missing one in column ${Math.floor(at / ranked.rows) + 1}; impute first`,
    );
}

function differentValues(cells: Float64Array, column: number): Float64Array {
  const sorted = cells.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  let different = 0;
  for (const value of sorted) {
    if (!Number.isFinite(value))
      throw new InputError(
        `trees need finite values; got an infinite one in column ${column + 1}; correct it`,
      );
    if (different === 0 || value !== sorted[different - 1]) sorted[different++] = value;
  }
  return sorted.slice(0, different);
}

function codeOf(different: Float64Array, value: number): number {
  if (Number.isNaN(value)) return -1;
  let low = 0;
  let high = different.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (different[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
