import { addMultiple, dotProduct } from "./dot-product.ts";
import type { LogisticTerms } from "./logistic-loss.ts";
import { columnOf, type Matrix, zeroMatrix } from "./matrix.ts";

/**
 * The rows of a basis in coordinates in which the Fisher information is the identity: Q L^-T.
 *
 * @param factor L, the Cholesky factor of the information Q' W Q.
 */
export function whitened(basis: Matrix, factor: Matrix): Matrix {
  const { rows, columns: rank } = basis;
  const white = { rows, columns: rank, values: Float64Array.from(basis.values) };
  for (let k = 0; k < rank; k++) {
    const column = columnOf(white, k);
    for (let j = 0; j < k; j++) addMultiple(column, -factor.values[j * rank + k], white.values, j * rows);
    const pivot = factor.values[k * (rank + 1)];
    for (let i = 0; i < rows; i++) column[i] /= pivot;
  }
  return white;
}

/**
 * The diagonal of the weighted hat matrix: the share of a coefficient's worth of information that each row holds.
 *
 * @param white From {@link whitened}.
 * @param curvature Diagonal of W, shape [rows].
 * @returns In [0, 1], shape [rows]; they add up to the rank.
 */
export function leverages(white: Matrix, curvature: Float64Array): Float64Array {
  const { rows, columns, values } = white;
  const shares = new Float64Array(rows);
  for (let k = 0; k < columns; k++)
    for (let i = 0; i < rows; i++) shares[i] += values[k * rows + i] * values[k * rows + i];
  for (let i = 0; i < rows; i++) shares[i] *= curvature[i];
  return shares;
}

/**
 * The derivatives of the log likelihood with Firth's penalty, half the log determinant of the information.
 *
 * With z the whitened row, h its leverage, v its variance p (1 - p) and d = 1 - 2p, the gradient is the sum of
 * (w (y - p) + h d / 2) z, and the curvature I - sum of (d^2 - 2v) h / 2 z z' + T T' / 2 with
 * T = sum of d w v z z z; both are then turned back to the coordinates of the basis.
 *
 * @param terms At the point, from `evaluateLogisticLoss`.
 * @param factor Cholesky factor of the information at the point.
 * @returns In the coordinates of the basis; the curvature may be indefinite far from the maximum.
 * @source Firth 1993, Biometrika 80:27-38, equation 4 (gradient).
 */
export function firthDerivatives(
  basis: Matrix,
  terms: LogisticTerms,
  factor: Matrix,
): { readonly gradient: Float64Array; readonly curvature: Matrix } {
  const { rows, columns: rank } = basis;
  const { probability, curvature, residual } = terms;
  const white = whitened(basis, factor);
  const hat = leverages(white, curvature);
  const score = new Float64Array(rows);
  const bend = new Float64Array(rows);
  const skew = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const difference = 1 - 2 * probability[i];
    const variance = probability[i] * (1 - probability[i]);
    score[i] = residual[i] + 0.5 * hat[i] * difference;
    bend[i] = 0.5 * hat[i] * (difference * difference - 2 * variance);
    skew[i] = difference * curvature[i];
  }
  const gradient = new Float64Array(rank);
  for (let k = 0; k < rank; k++) gradient[k] = dotProduct(white.values, k * rows, score, rows);
  return {
    gradient: times(factor, gradient),
    curvature: congruent(factor, whiteCurvature(white, bend, skew)),
  };
}

/** I - sum of bend z z' + T T' / 2, where T[r] is the symmetric matrix sum of skew z_r z z'. */
function whiteCurvature(white: Matrix, bend: Float64Array, skew: Float64Array): Matrix {
  const { rows, columns: rank, values } = white;
  const curvature = zeroMatrix(rank, rank);
  const moments = thirdMoments(white, skew);
  const bent = new Float64Array(rows);
  for (let r = 0; r < rank; r++) {
    for (let i = 0; i < rows; i++) bent[i] = bend[i] * values[r * rows + i];
    for (let s = r; s < rank; s++) {
      const product = dotProduct(moments, r * rank * rank, moments.subarray(s * rank * rank), rank * rank);
      const entry = (r === s ? 1 : 0) - dotProduct(values, s * rows, bent, rows) + 0.5 * product;
      curvature.values[r * rank + s] = curvature.values[s * rank + r] = entry;
    }
  }
  return curvature;
}

/** The sums of skew z_a z_b z_c over the rows at a * rank^2 + b * rank + c. */
function thirdMoments({ rows, columns: rank, values }: Matrix, skew: Float64Array): Float64Array {
  const moments = new Float64Array(rank * rank * rank);
  const pair = new Float64Array(rows);
  const place = (a: number, b: number, c: number) => (a * rank + b) * rank + c;
  for (let a = 0; a < rank; a++)
    for (let b = a; b < rank; b++) {
      for (let i = 0; i < rows; i++) pair[i] = skew[i] * values[a * rows + i] * values[b * rows + i];
      for (let c = b; c < rank; c++) {
        const sum = dotProduct(values, c * rows, pair, rows);
        moments[place(a, b, c)] = moments[place(a, c, b)] = moments[place(b, a, c)] = sum;
        moments[place(b, c, a)] = moments[place(c, a, b)] = moments[place(c, b, a)] = sum;
      }
    }
  return moments;
}

/** L x. */
function times(factor: Matrix, vector: Float64Array): Float64Array {
  const product = new Float64Array(vector.length);
  for (let j = 0; j < vector.length; j++) addMultiple(product, vector[j], factor.values, j * factor.rows);
  return product;
}

/** L A L'. */
function congruent(factor: Matrix, symmetric: Matrix): Matrix {
  const rank = factor.rows;
  const half = zeroMatrix(rank, rank);
  for (let j = 0; j < rank; j++) columnOf(half, j).set(times(factor, columnOf(symmetric, j)));
  const result = zeroMatrix(rank, rank);
  // L (L A)' = L A L', since A is symmetric.
  for (let j = 0; j < rank; j++) {
    const row = Float64Array.from({ length: rank }, (_, k) => half.values[k * rank + j]);
    columnOf(result, j).set(times(factor, row));
  }
  return result;
}
