import { NumericalError } from "../errors.ts";
import { type Matrix, zeroMatrix } from "./matrix.ts";

/**
 * The lower triangle L of a symmetric positive definite matrix A = L L'.
 *
 * @param symmetric Only its lower triangle is read; not changed.
 * @returns L, zeros above the diagonal.
 * @throws {NumericalError} The matrix is not positive definite to working precision.
 * @example choleskyFactor({ rows: 2, columns: 2, values: Float64Array.of(4, 2, 2, 10) }).values // => [2,1,0,3]
 */
export function choleskyFactor(symmetric: Matrix): Matrix {
  const { factor, columns } = partialCholesky(symmetric);
  if (columns < symmetric.rows)
    throw new NumericalError(
      `a Cholesky factor needs a positive definite matrix; pivot ${columns + 1} of ${symmetric.rows} is not positive; remove linearly dependent columns`,
    );
  return factor;
}

/**
 * As {@link choleskyFactor}, or null where the matrix is not positive definite to working precision: for searches that
 * meet such matrices on their way.
 *
 * @example choleskyOrNull({ rows: 1, columns: 1, values: Float64Array.of(-1) }) // => null
 */
export function choleskyOrNull(symmetric: Matrix): Matrix | null {
  const { factor, columns } = partialCholesky(symmetric);
  return columns < symmetric.rows ? null : factor;
}

/** The factor as far as pivots are positive, and how many columns that are. */
function partialCholesky(symmetric: Matrix): { readonly factor: Matrix; readonly columns: number } {
  const n = symmetric.rows;
  const factor = zeroMatrix(n, n);
  const l = factor.values;
  for (let j = 0; j < n; j++) for (let i = j; i < n; i++) l[j * n + i] = symmetric.values[j * n + i];
  for (let j = 0; j < n; j++) {
    const pivot = l[j * n + j];
    if (!(pivot > 0)) return { factor, columns: j };
    const root = Math.sqrt(pivot);
    for (let i = j; i < n; i++) l[j * n + i] /= root;
    for (let k = j + 1; k < n; k++) {
      const multiple = l[j * n + k];
      if (multiple !== 0) for (let i = k; i < n; i++) l[k * n + i] -= multiple * l[j * n + i];
    }
  }
  return { factor, columns: n };
}

/**
 * The solution x of L L' x = b.
 *
 * @param factor L, from {@link choleskyFactor}.
 * @param right b, shape [n]; not changed.
 * @example choleskySolve({ rows: 2, columns: 2, values: Float64Array.of(2, 1, 0, 3) }, Float64Array.of(8, 22)) // => [1,2]
 */
export function choleskySolve(factor: Matrix, right: Float64Array): Float64Array {
  const n = factor.rows;
  const l = factor.values;
  const x = Float64Array.from(right);
  for (let j = 0; j < n; j++) {
    x[j] /= l[j * n + j];
    for (let i = j + 1; i < n; i++) x[i] -= l[j * n + i] * x[j];
  }
  for (let j = n - 1; j >= 0; j--) {
    let sum = x[j];
    for (let i = j + 1; i < n; i++) sum -= l[j * n + i] * x[i];
    x[j] = sum / l[j * n + j];
  }
  return x;
}

/**
 * The inverse of L L', symmetric to the last bit.
 *
 * @param factor L, from {@link choleskyFactor}.
 * @example choleskyInverse({ rows: 1, columns: 1, values: Float64Array.of(2) }).values // => [0.25]
 */
export function choleskyInverse(factor: Matrix): Matrix {
  const n = factor.rows;
  const inverse = zeroMatrix(n, n);
  for (let j = 0; j < n; j++) {
    const unit = new Float64Array(n);
    unit[j] = 1;
    const column = choleskySolve(factor, unit);
    for (let i = j; i < n; i++) inverse.values[j * n + i] = inverse.values[i * n + j] = column[i];
  }
  return inverse;
}
