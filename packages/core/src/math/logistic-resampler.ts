import { NumericalError } from "../errors.ts";
import { choleskyFactor, choleskySolve } from "./cholesky.ts";
import { addMultiple, dotProduct } from "./dot-product.ts";
import { exp } from "./elementary.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { columnOf, type Matrix, zeroMatrix } from "./matrix.ts";
import { orthonormalise } from "./qr.ts";

/** Why a resample has no fit. */
export type ResampleFailure = "one class" | "separation" | "collinearity" | "no convergence";

/** The linear predictor of every row from a fit on some of them, or why there is none. */
export type ResampledScores =
  | { readonly linear: Float64Array; readonly failure: null }
  | { readonly linear: null; readonly failure: ResampleFailure };

/** Newton steps from the fit of all rows before the careful search takes over. */
const QUICK_STEPS = 16;
/** Once a step was shorter than a tenth of a standard error the curvature is not computed again. */
const NEAR = 0.01;
/** A pivot that keeps less than this share of its diagonal belongs to a column that the resample cannot tell apart. */
const PIVOT = 1e-12;

/**
 * A logistic regression by maximum likelihood that is refitted on resample after resample of the same rows.
 *
 * @param design Predictors without a column of ones, shape [n, p]; columns that depend on others are left out.
 * @param outcome 1 = event, 0 = none; shape [n].
 * @returns A function of the rows of a resample, 0-based and repeated as drawn, that gives the linear predictor of all n
 *   rows. Rows count as weights: none is copied. The search starts from the fit of all rows on their orthonormal basis.
 * @throws {InputError} As `logisticRegression`.
 */
export function logisticResampler(
  design: Matrix,
  outcome: Uint8Array,
): (rows: ArrayLike<number>) => ResampledScores {
  const { rows: n, columns } = design;
  const matrix = zeroMatrix(n, columns + 1);
  columnOf(matrix, 0).fill(1);
  matrix.values.set(design.values, n);
  const { basis } = orthonormalise(matrix, 1e-11);
  const whole = quickFit(
    gather(basis, outcome, new Float64Array(n).fill(1)),
    new Float64Array(basis.columns),
  );
  const start = whole ?? new Float64Array(basis.columns);
  return (rows) => {
    const counts = new Float64Array(n);
    for (let k = 0; k < rows.length; k++) counts[rows[k]] += 1;
    const sample = gather(basis, outcome, counts);
    if (sample.events === 0 || sample.events === rows.length) return { linear: null, failure: "one class" };
    const coordinates = quickFit(sample, start);
    if (coordinates === null) return carefulFit(design, outcome, counts);
    return { linear: combination(basis, coordinates), failure: null };
  };
}

/** The distinct rows of a resample: their part of the basis, outcome and how often each was drawn. */
interface Sample {
  readonly basis: Matrix;
  readonly outcome: Float64Array;
  readonly counts: Float64Array;
  readonly events: number;
}

function gather(basis: Matrix, outcome: Uint8Array, counts: Float64Array): Sample {
  const n = counts.length;
  const positions = new Uint32Array(n);
  let [distinct, events] = [0, 0];
  for (let i = 0; i < n; i++) {
    if (counts[i] === 0) continue;
    positions[distinct++] = i;
    events += counts[i] * outcome[i];
  }
  const part = zeroMatrix(distinct, basis.columns);
  for (let j = 0; j < basis.columns; j++)
    for (let k = 0; k < distinct; k++) part.values[j * distinct + k] = basis.values[j * n + positions[k]];
  const [response, weights] = [new Float64Array(distinct), new Float64Array(distinct)];
  for (let k = 0; k < distinct; k++) {
    response[k] = outcome[positions[k]];
    weights[k] = counts[positions[k]];
  }
  return { basis: part, outcome: response, counts: weights, events };
}

/**
 * Newton's method without a line search; null where it does not settle, which the careful search then explains. Near the
 * solution the curvature hardly changes, and the factor of the step before serves again.
 */
function quickFit(sample: Sample, start: Float64Array): Float64Array | null {
  const { basis, outcome, counts } = sample;
  const coordinates = Float64Array.from(start);
  const [curvature, residual] = [new Float64Array(basis.rows), new Float64Array(basis.rows)];
  let before = Infinity;
  let factor: Matrix | null = null;
  for (let iteration = 0; iteration < QUICK_STEPS; iteration++) {
    const linear = combination(basis, coordinates);
    for (let i = 0; i < linear.length; i++) {
      const small = exp(-Math.abs(linear[i]));
      const rare = small / (1 + small);
      const p = linear[i] < 0 ? rare : 1 - rare;
      curvature[i] = counts[i] * rare * (1 - rare);
      residual[i] = counts[i] * (outcome[i] - p);
    }
    if (factor === null || before > NEAR) factor = factorOrNull(informationOf(basis, curvature));
    if (factor === null) return null;
    const score = Float64Array.from({ length: basis.columns }, (_, j) =>
      dotProduct(basis.values, j * basis.rows, residual, basis.rows),
    );
    const step = choleskySolve(factor, score);
    for (let k = 0; k < step.length; k++) coordinates[k] += step[k];
    // The step's squared length in standard errors; it may not grow on the way to the solution.
    const decrement = dotProduct(step, 0, score, step.length);
    if (decrement < 1e-12) return coordinates;
    if (!(decrement < before)) return null;
    before = decrement;
  }
  return null;
}

/** The Fisher information from its diagonal down, which is all that a factor reads. */
function informationOf(basis: Matrix, curvature: Float64Array): Matrix {
  const { rows, columns: rank, values } = basis;
  const information = zeroMatrix(rank, rank);
  const weighted = new Float64Array(rows);
  for (let j = 0; j < rank; j++) {
    for (let i = 0; i < rows; i++) weighted[i] = curvature[i] * values[j * rows + i];
    for (let k = j; k < rank; k++)
      information.values[j * rank + k] = dotProduct(values, k * rows, weighted, rows);
  }
  return information;
}

function factorOrNull(information: Matrix): Matrix | null {
  try {
    const factor = choleskyFactor(information);
    for (let k = 0; k < information.rows; k++) {
      const at = k * (information.rows + 1);
      if (factor.values[at] * factor.values[at] < PIVOT * information.values[at]) return null;
    }
    return factor;
  } catch (error) {
    if (error instanceof NumericalError) return null;
    throw error;
  }
}

function carefulFit(design: Matrix, outcome: Uint8Array, counts: Float64Array): ResampledScores {
  const fit = logisticRegression(design, outcome, { weights: counts });
  if (fit.separated) return { linear: null, failure: "separation" };
  if (fit.aliased.length > 0) return { linear: null, failure: "collinearity" };
  if (!fit.converged) return { linear: null, failure: "no convergence" };
  const linear = new Float64Array(design.rows).fill(fit.coefficients[0]);
  for (let j = 0; j < design.columns; j++)
    addMultiple(linear, fit.coefficients[j + 1], design.values, j * design.rows);
  return { linear, failure: null };
}

function combination(basis: Matrix, coordinates: Float64Array): Float64Array {
  const sum = new Float64Array(basis.rows);
  for (let k = 0; k < basis.columns; k++) addMultiple(sum, coordinates[k], basis.values, k * basis.rows);
  return sum;
}
