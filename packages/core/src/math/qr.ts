import { addMultiple, dotProduct } from "./dot-product.ts";
import { type Matrix, zeroMatrix } from "./matrix.ts";

/** A matrix split into an orthonormal basis and a triangle: kept columns = basis * triangle. */
export interface OrthonormalBasis {
  /** Shape [rows, rank]. */
  readonly basis: Matrix;
  /** Upper triangle, shape [rank, rank]. */
  readonly triangle: Matrix;
  /** Positions of the columns that the basis spans, ascending. */
  readonly kept: readonly number[];
  /** Positions of the columns that depend linearly on kept columns to their left, ascending. */
  readonly aliased: readonly number[];
}

/**
 * The QR decomposition of a matrix, columns taken from left to right.
 *
 * A column is aliased when what remains of it beside the kept columns to its left is shorter than `tolerance` times
 * the column itself: the rule of LINPACK's limited pivoting in R's `lm` and `glm`, which therefore drop the same columns.
 *
 * @param matrix Shape [rows, columns]; not changed.
 * @param tolerance Positive; R's `lm` takes 1e-7, its `glm` 1e-11.
 * @source Classical Gram-Schmidt done twice: Giraud, Langou & Rozloznik 2005, Computers Math Appl 50:1069-1075.
 * @example orthonormalise({ rows: 2, columns: 2, values: Float64Array.of(3, 4, 6, 8) }).aliased // => [1]
 */
export function orthonormalise(matrix: Matrix, tolerance = 1e-7): OrthonormalBasis {
  const { rows, columns } = matrix;
  const basis = new Float64Array(rows * Math.min(rows, columns));
  const triangleColumns: Float64Array[] = [];
  const kept: number[] = [];
  const aliased: number[] = [];
  for (let j = 0; j < columns; j++) {
    const remainder = Float64Array.from(matrix.values.subarray(j * rows, (j + 1) * rows));
    const length = Math.sqrt(dotProduct(remainder, 0, remainder, rows));
    const shares = new Float64Array(kept.length + 1);
    for (let pass = 0; pass < 2; pass++) subtractProjections(basis, kept.length, remainder, shares);
    const rest = Math.sqrt(dotProduct(remainder, 0, remainder, rows));
    if (!(rest > tolerance * length) || kept.length === rows) {
      aliased.push(j);
      continue;
    }
    shares[kept.length] = rest;
    for (let i = 0; i < rows; i++) basis[kept.length * rows + i] = remainder[i] / rest;
    triangleColumns.push(shares);
    kept.push(j);
  }
  const rank = kept.length;
  const triangle = zeroMatrix(rank, rank);
  triangleColumns.forEach((column, j) => triangle.values.set(column, j * rank));
  return {
    basis: { rows, columns: rank, values: basis.slice(0, rows * rank) },
    triangle,
    kept,
    aliased,
  };
}

function subtractProjections(
  basis: Float64Array,
  rank: number,
  remainder: Float64Array,
  shares: Float64Array,
) {
  const rows = remainder.length;
  const pass = new Float64Array(rank);
  for (let k = 0; k < rank; k++) pass[k] = dotProduct(basis, k * rows, remainder, rows);
  for (let k = 0; k < rank; k++) {
    addMultiple(remainder, -pass[k], basis, k * rows);
    shares[k] += pass[k];
  }
}

/**
 * The solution x of R x = b for an upper triangle R.
 *
 * @param triangle Shape [n, n], no zero on the diagonal.
 * @param right b, shape [n]; not changed.
 * @example solveTriangle({ rows: 2, columns: 2, values: Float64Array.of(2, 0, 1, 4) }, Float64Array.of(4, 8)) // => [1,2]
 */
export function solveTriangle(triangle: Matrix, right: Float64Array): Float64Array {
  const n = triangle.rows;
  const x = Float64Array.from(right);
  for (let j = n - 1; j >= 0; j--) {
    x[j] /= triangle.values[j * n + j];
    for (let i = 0; i < j; i++) x[i] -= triangle.values[j * n + i] * x[j];
  }
  return x;
}

/**
 * The product R x of an upper triangle and a vector.
 *
 * @param triangle Shape [n, n].
 * @param vector x, shape [n]; not changed.
 * @example multiplyTriangle({ rows: 2, columns: 2, values: Float64Array.of(2, 0, 1, 4) }, Float64Array.of(1, 2)) // => [4,8]
 */
export function multiplyTriangle(triangle: Matrix, vector: Float64Array): Float64Array {
  const n = triangle.rows;
  const product = new Float64Array(n);
  for (let j = 0; j < n; j++)
    for (let i = 0; i <= j; i++) product[i] += triangle.values[j * n + i] * vector[j];
  return product;
}

/**
 * The inverse of an upper triangle.
 *
 * @param triangle Shape [n, n], no zero on the diagonal.
 * @example invertTriangle({ rows: 2, columns: 2, values: Float64Array.of(2, 0, 1, 4) }).values // => [0.5,0,-0.125,0.25]
 */
export function invertTriangle(triangle: Matrix): Matrix {
  const n = triangle.rows;
  const inverse = zeroMatrix(n, n);
  for (let j = 0; j < n; j++) {
    const unit = new Float64Array(n);
    unit[j] = 1;
    inverse.values.set(solveTriangle(triangle, unit), j * n);
  }
  return inverse;
}
