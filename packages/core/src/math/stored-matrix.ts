import { kernelOfThread, numbersAt, positionsAt, reserve } from "./kernel-memory.ts";

/** A matrix in kernel memory, column by column, with room for the vectors that it is multiplied with. */
export interface StoredMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Address of the first column. */
  readonly address: number;
  /** Addresses of room for one number a row, one number a column, and one position a column. */
  readonly ofRows: number;
  readonly ofColumns: number;
  readonly positions: number;
}

/** Room for a matrix; its values are what the memory held before. */
export function storeMatrix(rows: number, columns: number): StoredMatrix {
  return {
    rows,
    columns,
    address: reserve(rows * columns),
    ofRows: reserve(rows),
    ofColumns: reserve(columns),
    positions: reserve(Math.ceil(columns / 2)),
  };
}

/** A column as a view, valid until room is reserved; writing to it changes the matrix. */
export function storedColumn({ address, rows }: StoredMatrix, index: number): Float64Array {
  return numbersAt(address + 8 * rows * index, rows);
}

/**
 * Products of columns with a vector.
 *
 * @param columns Positions of the columns of `matrix`, each at most once.
 * @param vector Shape [rows].
 * @param target Overwritten: `target[k]` is the product with column `columns[k]`.
 */
export function projectColumns(
  matrix: StoredMatrix,
  columns: Int32Array,
  vector: Float64Array,
  target: Float64Array,
): void {
  const { rows, address, ofRows, ofColumns, positions } = matrix;
  const count = columns.length;
  positionsAt(positions, count).set(columns);
  numbersAt(ofRows, rows).set(vector);
  kernelOfThread().project(address, rows, positions, count, ofRows, ofColumns);
  target.set(numbersAt(ofColumns, count));
}

/**
 * Adds a combination of columns to a vector.
 *
 * @param columns Positions of the columns of `matrix`, each at most once.
 * @param coefficients One per position; columns of coefficient 0 are skipped.
 * @param target Changed: the sum of `coefficients[k]` times column `columns[k]` is added; shape [rows].
 */
export function addColumns(
  matrix: StoredMatrix,
  columns: Int32Array,
  coefficients: Float64Array,
  target: Float64Array,
): void {
  const { rows, address, ofRows, ofColumns, positions } = matrix;
  const count = columns.length;
  positionsAt(positions, count).set(columns);
  numbersAt(ofColumns, count).set(coefficients.subarray(0, count));
  const sum = numbersAt(ofRows, rows);
  sum.set(target);
  kernelOfThread().combine(address, rows, positions, count, ofColumns, ofRows);
  target.set(sum);
}
