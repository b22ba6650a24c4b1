/**
 * A logistic regression as R's `glm` leaves it: iteratively reweighted least squares from R's start, ended when the
 * deviance hardly changes. R's covariance belongs to the weights before the last step, so that its standard errors differ
 * from those at the estimate by a few millionths, and with the default `epsilon` its coefficients do too.
 */
import { naturalCovariance, projections } from "../../packages/core/src/math/logistic-information.ts";
import { columnOf, type Matrix, matrixOfColumns, zeroMatrix } from "../../packages/core/src/math/matrix.ts";
import { orthonormalise, solveTriangle } from "../../packages/core/src/math/qr.ts";

/** What R's `glm` and `glm.control` take; every weight is positive. */
export interface GlmSettings {
  readonly weights?: Float64Array;
  readonly offset?: Float64Array;
  /** Relative change of the deviance at which R stops; 1e-8 without it, as in R. */
  readonly epsilon?: number;
}

/** The fit that R prints. Positions count every column of the matrix; NaN where a column is aliased. */
export interface GlmOfR {
  readonly coefficients: Float64Array;
  readonly covariance: Matrix;
  readonly deviance: number;
  /** Linear predictor, offset included. */
  readonly linear: Float64Array;
  /** The linear predictor before the last step, where the weights of the covariance belong. */
  readonly previousLinear: Float64Array;
}

export const DEFAULT_EPSILON = 1e-8;
/** With which most cases were made; univariable ones took the default. */
export const EPSILON_OF_CASES = 1e-12;
const MAXIMUM_ITERATIONS = 25;
/** Farther out R holds the odds at the machine's epsilon or its inverse. */
const FARTHEST = 30;

/** The design with a column of ones before it. */
export function withIntercept(design: Matrix): Matrix {
  const matrix = zeroMatrix(design.rows, design.columns + 1);
  matrix.values.fill(1, 0, design.rows);
  matrix.values.set(design.values, design.rows);
  return matrix;
}

/**
 * R's fit.
 *
 * @param matrix With the column of ones, if there is an intercept; shape [n, p], p may be 0.
 * @param start Linear predictor to start from, offset included; R's own without it.
 */
export function glmOfR(
  matrix: Matrix,
  outcome: Uint8Array,
  settings: GlmSettings = {},
  start?: Float64Array,
): GlmOfR {
  const {
    weights = new Float64Array(matrix.rows).fill(1),
    offset = new Float64Array(matrix.rows),
    epsilon = DEFAULT_EPSILON,
  } = settings;
  let linear = start ?? startOfR(outcome, weights);
  let deviance = devianceOf(linear, outcome, weights);
  for (let iteration = 1; ; iteration++) {
    const step = leastSquares(matrix, outcome, { linear, weights, offset, epsilon });
    const next = step.fitted.map((eta, i) => eta + offset[i]);
    const before = deviance;
    deviance = devianceOf(next, outcome, weights);
    const change = Math.abs(deviance - before) / (Math.abs(deviance) + 0.1);
    if (change < epsilon || iteration === MAXIMUM_ITERATIONS)
      return { ...step, deviance, linear: next, previousLinear: linear };
    linear = next;
  }
}

/** The covariance that R prints for a design without the column of ones. */
export function covarianceOfR(design: Matrix, outcome: Uint8Array, settings: GlmSettings = {}): Matrix {
  return glmOfR(withIntercept(design), outcome, settings).covariance;
}

function startOfR(outcome: Uint8Array, weights: Float64Array): Float64Array {
  return Float64Array.from(outcome, (y, i) => {
    const share = (weights[i] * y + 0.5) / (weights[i] + 1);
    return Math.log(share / (1 - share));
  });
}

function probabilityOf(eta: number): number {
  const odds = Math.abs(eta) > FARTHEST ? Number.EPSILON ** -Math.sign(eta) : Math.exp(eta);
  return odds / (1 + odds);
}

function slopeOf(eta: number): number {
  return Math.abs(eta) > FARTHEST ? Number.EPSILON : Math.exp(eta) / (1 + Math.exp(eta)) ** 2;
}

function devianceOf(linear: Float64Array, outcome: Uint8Array, weights: Float64Array): number {
  return linear.reduce((sum, eta, i) => {
    const p = probabilityOf(eta);
    return sum - 2 * weights[i] * Math.log(outcome[i] === 1 ? p : 1 - p);
  }, 0);
}

interface Before {
  readonly linear: Float64Array;
  readonly weights: Float64Array;
  readonly offset: Float64Array;
  readonly epsilon: number;
}

/** One step: the weighted regression of the working response, which is linear + (y - p) / (p (1 - p)). */
function leastSquares(matrix: Matrix, outcome: Uint8Array, before: Before) {
  const { rows, columns } = matrix;
  const { linear, weights, offset, epsilon } = before;
  const roots = new Float64Array(rows);
  const response = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const [p, slope] = [probabilityOf(linear[i]), slopeOf(linear[i])];
    roots[i] = Math.sqrt((weights[i] * slope * slope) / (p * (1 - p)));
    response[i] = roots[i] * (linear[i] - offset[i] + (outcome[i] - p) / slope);
  }
  const weighted = Array.from({ length: columns }, (_, j) => columnOf(matrix, j).map((x, i) => x * roots[i]));
  const decomposition = orthonormalise(matrixOfColumns(rows, weighted), Math.min(1e-7, epsilon / 1000));
  const { basis, triangle, kept } = decomposition;
  const solution = solveTriangle(triangle, projections(basis, response));
  const coefficients = new Float64Array(columns).fill(NaN);
  const fitted = new Float64Array(rows);
  kept.forEach((column, k) => {
    coefficients[column] = solution[k];
    columnOf(matrix, column).forEach((x, i) => (fitted[i] += solution[k] * x));
  });
  const covariance = naturalCovariance(identity(kept.length), decomposition, columns);
  return { coefficients, covariance, fitted };
}

function identity(size: number): Matrix {
  const matrix = zeroMatrix(size, size);
  for (let k = 0; k < size; k++) matrix.values[k * (size + 1)] = 1;
  return matrix;
}
