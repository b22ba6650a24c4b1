import { InputError } from "../errors.ts";

/** A dense matrix in column-major order: entry (i, j) is `values[j * rows + i]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * A matrix of zeros.
 *
 * @example zeroMatrix(2, 1) // => {"rows":2,"columns":1,"values":[0,0]}
 */
export function zeroMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

/**
 * The matrix with the given columns.
 *
 * @param rows Length that every column must have; needed since there may be no column.
 * @throws {InputError} A column of another length.
 * @example matrixOfColumns(2, [[1, 2], [3, 4]]).values // => [1,2,3,4]
 */
export function matrixOfColumns(rows: number, columns: readonly ArrayLike<number>[]): Matrix {
  const matrix = zeroMatrix(rows, columns.length);
  columns.forEach((column, j) => {
    if (column.length !== rows)
      throw new InputError(
        `a matrix of ${rows} rows needs columns of that length; column ${j + 1} has ${column.length}`,
      );
    matrix.values.set(column, j * rows);
  });
  return matrix;
}

/**
 * A column of a matrix as a view: writing to it changes the matrix.
 *
 * @param index 0-based position of the column.
 * @example columnOf(matrixOfColumns(2, [[1, 2], [3, 4]]), 1) // => [3,4]
 */
export function columnOf(matrix: Matrix, index: number): Float64Array {
  return matrix.values.subarray(index * matrix.rows, (index + 1) * matrix.rows);
}

/**
 * The rows of a matrix at given positions, in that order; positions may repeat.
 *
 * @param rows 0-based positions.
 * @example takeRows(matrixOfColumns(2, [[1, 2], [3, 4]]), [1]).values // => [2,4]
 */
export function takeRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const taken = zeroMatrix(rows.length, matrix.columns);
  for (let j = 0; j < matrix.columns; j++)
    for (let i = 0; i < rows.length; i++)
      taken.values[j * rows.length + i] = matrix.values[j * matrix.rows + rows[i]];
  return taken;
}
