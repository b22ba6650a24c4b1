import { InputError, NumericalError } from "../errors.ts";
import { dotProduct } from "./dot-product.ts";

/** How a local regression chooses and fits its neighbourhood. */
export interface LocalRegressionOptions {
  /** Share of the points in a neighbourhood; above 1 the neighbourhood is all points and wider. */
  readonly span: number;
  /** Degree of the local polynomial. */
  readonly degree: 1 | 2;
}

/** Value and slope of a local polynomial as sums over the responses: value = sum of `value[i]` · y[i]. */
export interface LocalOperator {
  readonly value: Float64Array;
  readonly slope: Float64Array;
}

/** What R's `loess()` and the calibration literature use. */
export const LOESS_DEFAULTS: LocalRegressionOptions = { span: 0.75, degree: 2 };

/**
 * The smoother's row at one place: a polynomial fitted by least squares with tricube weights to the nearest points.
 *
 * @param x Predictor values, shape [n].
 * @param at Where the polynomial is centred.
 * @param options Span and degree.
 * @returns Two rows of shape [n], zero outside the neighbourhood. Where the neighbourhood has too few distinct values
 *   for the degree, the solution of least norm in columns of unit length, as R's.
 * @throws {InputError} The span holds fewer points than the polynomial has coefficients.
 * @throws {NumericalError} All points of the neighbourhood are equally far away, so that none has a weight.
 * @source Cleveland & Grosse 1991, Stat Comput 1:47-62.
 */
export function localOperator(
  x: Float64Array,
  at: number,
  options: LocalRegressionOptions = LOESS_DEFAULTS,
): LocalOperator {
  const n = x.length;
  const size = options.degree + 1;
  const bandwidth = bandwidthAt(x, at, options);
  const members: number[] = [];
  const roots: number[] = [];
  for (let i = 0; i < n; i++) {
    const distance = Math.abs(x[i] - at) / bandwidth;
    if (!(distance < 1)) continue;
    members.push(i);
    const tricube = 1 - distance * distance * distance;
    roots.push(Math.sqrt(tricube * tricube * tricube));
  }
  if (members.length === 0)
    throw new NumericalError(
      "a local regression needs neighbours at different distances; got a neighbourhood of equal values; widen the span",
    );
  const columns = Array.from({ length: size }, () => new Float64Array(members.length));
  for (let k = 0; k < members.length; k++) {
    let term = roots[k];
    for (const column of columns) {
      column[k] = term;
      term *= x[members[k]] - at;
    }
  }
  const rows = pseudoInverse(columns);
  const spread = (row: Float64Array) => {
    const full = new Float64Array(n);
    for (let k = 0; k < members.length; k++) full[members[k]] = row[k] * roots[k];
    return full;
  };
  return { value: spread(rows[0]), slope: spread(rows[1]) };
}

function bandwidthAt(x: Float64Array, at: number, { span, degree }: LocalRegressionOptions): number {
  const n = x.length;
  if (!(span > 0)) throw new InputError(`a local regression needs a positive span; got ${span}; use 0.75`);
  const neighbours = Math.min(n, Math.floor(n * span + 1e-5));
  if (neighbours < degree + 1)
    throw new InputError(
      `a local polynomial of degree ${degree} needs ${degree + 1} neighbours; got ${neighbours} of ${n} points; widen the span or use more patients`,
    );
  const farthest = x.map((value) => Math.abs(value - at)).toSorted()[neighbours - 1];
  return farthest * Math.max(1, span);
}

/**
 * The Moore-Penrose inverse of a matrix of few columns, scaled to unit length first, by one-sided Jacobi rotations.
 *
 * @param columns Two or three columns of equal length; overwritten.
 * @returns One row a column.
 * @source Golub & Van Loan 2013, Matrix Computations, section 8.6.3; singular values up to 100 eps · the largest count as 0.
 */
function pseudoInverse(columns: readonly Float64Array[]): readonly Float64Array[] {
  const size = columns.length;
  const lengths = columns.map((column) => Math.sqrt(dotProduct(column, 0, column, column.length)) || 1);
  columns.forEach((column, j) => scale(column, 1 / lengths[j]));
  const rotation = Array.from({ length: size }, (_, j) =>
    Float64Array.from({ length: size }, (_, k) => +(j === k)),
  );
  for (let sweep = 0; sweep < 40; sweep++) {
    let rotated = false;
    for (let p = 0; p < size - 1; p++)
      for (let r = p + 1; r < size; r++) rotated = orthogonalise(columns, rotation, p, r) || rotated;
    if (!rotated) break;
  }
  const squares = columns.map((column) => dotProduct(column, 0, column, column.length));
  const smallest = Math.max(...squares) * (100 * Number.EPSILON) * (100 * Number.EPSILON);
  return lengths.map((length, a) => {
    const row = new Float64Array(columns[0].length);
    for (let j = 0; j < size; j++) {
      if (squares[j] <= smallest) continue;
      const factor = rotation[j][a] / (squares[j] * length);
      for (let k = 0; k < row.length; k++) row[k] += factor * columns[j][k];
    }
    return row;
  });
}

/** One Jacobi rotation that makes columns p and r orthogonal; false when they already are. */
function orthogonalise(
  columns: readonly Float64Array[],
  rotation: readonly Float64Array[],
  p: number,
  r: number,
): boolean {
  const [alpha, beta, gamma] = [
    dotProduct(columns[p], 0, columns[p], columns[p].length),
    dotProduct(columns[r], 0, columns[r], columns[r].length),
    dotProduct(columns[p], 0, columns[r], columns[p].length),
  ];
  if (Math.abs(gamma) <= Number.EPSILON * Math.sqrt(alpha * beta)) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  rotate(columns[p], columns[r], cosine, cosine * tangent);
  rotate(rotation[p], rotation[r], cosine, cosine * tangent);
  return true;
}

function rotate(first: Float64Array, second: Float64Array, cosine: number, sine: number): void {
  for (let k = 0; k < first.length; k++) {
    const [a, b] = [first[k], second[k]];
    first[k] = cosine * a - sine * b;
    second[k] = sine * a + cosine * b;
  }
}

function scale(column: Float64Array, factor: number): void {
  for (let k = 0; k < column.length; k++) column[k] *= factor;
}
