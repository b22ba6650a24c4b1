import { choleskyInverse, choleskyOrNull } from "./cholesky.ts";
import { addMultiple, dotProduct } from "./dot-product.ts";
import { columnOf, type Matrix, zeroMatrix } from "./matrix.ts";
import { invertTriangle, type OrthonormalBasis } from "./qr.ts";

/**
 * The products of every column of a basis with a vector: Q' v.
 *
 * @param vector Shape [rows].
 * @example projections({ rows: 2, columns: 1, values: Float64Array.of(3, 4) }, Float64Array.of(1, 2)) // => [11]
 */
export function projections(basis: Matrix, vector: Float64Array): Float64Array {
  const products = new Float64Array(basis.columns);
  for (let k = 0; k < basis.columns; k++)
    products[k] = dotProduct(basis.values, k * basis.rows, vector, basis.rows);
  return products;
}

/**
 * The combination of the columns of a basis: Q c.
 *
 * @param coordinates c, shape [columns].
 * @example combination({ rows: 2, columns: 1, values: Float64Array.of(3, 4) }, Float64Array.of(2)) // => [6,8]
 */
export function combination(basis: Matrix, coordinates: Float64Array): Float64Array {
  const sum = new Float64Array(basis.rows);
  for (let k = 0; k < basis.columns; k++) addMultiple(sum, coordinates[k], basis.values, k * basis.rows);
  return sum;
}

/**
 * The Fisher information Q' W Q.
 *
 * @param curvature Diagonal of W, shape [rows].
 * @example informationMatrix({ rows: 2, columns: 1, values: Float64Array.of(3, 4) }, Float64Array.of(1, 2)).values // => [41]
 */
export function informationMatrix(basis: Matrix, curvature: Float64Array): Matrix {
  const { rows, columns: rank, values } = basis;
  const information = zeroMatrix(rank, rank);
  const weighted = new Float64Array(rows);
  for (let j = 0; j < rank; j++) {
    for (let i = 0; i < rows; i++) weighted[i] = curvature[i] * values[j * rows + i];
    for (let k = j; k < rank; k++) {
      const entry = dotProduct(values, k * rows, weighted, rows);
      information.values[j * rank + k] = information.values[k * rank + j] = entry;
    }
  }
  return information;
}

/**
 * The inverse of an information matrix on the scale of the decomposed matrix: R^-1 (Q' W Q)^-1 R^-T.
 *
 * @param information Q' W Q, shape [rank, rank].
 * @param columns Columns of the matrix that was decomposed.
 * @returns Shape [columns, columns]; rows and columns of aliased columns are NaN, all entries where the information is
 *   singular to working precision.
 */
export function naturalCovariance(
  information: Matrix,
  { triangle, kept }: Pick<OrthonormalBasis, "triangle" | "kept">,
  columns: number,
): Matrix {
  const rank = kept.length;
  const covariance = zeroMatrix(columns, columns);
  covariance.values.fill(NaN);
  const factor = choleskyOrNull(information);
  if (factor === null) return covariance;
  const inverse = choleskyInverse(factor);
  const back = invertTriangle(triangle);
  const half = Array.from({ length: rank }, (_, j) => combination(back, columnOf(inverse, j)));
  for (let a = 0; a < rank; a++)
    for (let b = a; b < rank; b++) {
      let sum = 0;
      for (let k = b; k < rank; k++) sum += half[k][a] * back.values[k * rank + b];
      covariance.values[kept[a] * columns + kept[b]] = covariance.values[kept[b] * columns + kept[a]] = sum;
    }
  return covariance;
}
