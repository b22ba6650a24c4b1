import { type Matrix, zeroMatrix } from "./matrix.ts";

/** A Cholesky factor of the columns that are not determined by others. */
export interface IndependentCholesky {
  /** Lower triangle of the kept columns, shape [rank, rank]. */
  readonly factor: Matrix;
  /** Positions of the kept columns, ascending. */
  readonly kept: readonly number[];
}

/**
 * A column is left out when less than this share of its length is new beside the kept columns to its left: for two
 * columns a correlation of 0.9998, the limit of R's mice.
 */
const COLLINEAR_SHARE = 0.02;

/**
 * The Cholesky factor of a Gram matrix, columns taken from left to right, those left out that others determine nearly.
 *
 * Normal equations lose digits by the square of the condition; what is kept here has a small one.
 *
 * @param gram Products of columns that have mean 0, shape [p, p].
 * @example independentCholesky({ rows: 2, columns: 2, values: Float64Array.of(4, 8, 8, 16) }).kept // => [0]
 */
export function independentCholesky(gram: Matrix): IndependentCholesky {
  const size = gram.rows;
  const kept: number[] = [];
  const rows: Float64Array[] = [];
  for (let j = 0; j < size; j++) {
    const row = new Float64Array(kept.length + 1);
    let rest = gram.values[j * size + j];
    for (let k = 0; k < kept.length; k++) {
      let entry = gram.values[kept[k] * size + j];
      for (let m = 0; m < k; m++) entry -= row[m] * rows[k][m];
      row[k] = entry / rows[k][k];
      rest -= row[k] * row[k];
    }
    if (!(rest > COLLINEAR_SHARE * COLLINEAR_SHARE * gram.values[j * size + j])) continue;
    row[kept.length] = Math.sqrt(rest);
    rows.push(row);
    kept.push(j);
  }
  const factor = zeroMatrix(kept.length, kept.length);
  rows.forEach((row, i) => row.forEach((entry, k) => (factor.values[k * kept.length + i] = entry)));
  return { factor, kept };
}

/**
 * The solution x of L' x = b.
 *
 * @param factor L, a lower triangle, shape [n, n].
 * @param right b, shape [n]; not changed.
 * @example solveTransposed({ rows: 2, columns: 2, values: Float64Array.of(2, 1, 0, 3) }, Float64Array.of(4, 6)) // => [1,2]
 */
export function solveTransposed(factor: Matrix, right: Float64Array): Float64Array {
  const n = factor.rows;
  const x = Float64Array.from(right);
  for (let j = n - 1; j >= 0; j--) {
    let sum = x[j];
    for (let i = j + 1; i < n; i++) sum -= factor.values[j * n + i] * x[i];
    x[j] = sum / factor.values[j * n + j];
  }
  return x;
}
