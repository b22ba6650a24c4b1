import { choleskyFactor, choleskySolve } from "./cholesky.ts";
import { dotProduct } from "./dot-product.ts";
import { log } from "./elementary.ts";
import { combination, informationMatrix, naturalCovariance, projections } from "./logistic-information.ts";
import { type LogisticInput, logisticInput, type LogisticRegressionOptions } from "./logistic-input.ts";
import { evaluateLogisticLoss, logisticTerms, type LogisticTerms } from "./logistic-loss.ts";
import { separates, separatingColumns } from "./logistic-separation.ts";
import type { Matrix } from "./matrix.ts";
import { multiplyTriangle, orthonormalise, solveTriangle } from "./qr.ts";

export type { LogisticRegressionOptions } from "./logistic-input.ts";

/** A logistic regression by maximum likelihood. Positions count the intercept, where there is one, as column 0. */
export interface LogisticFit {
  /** Intercept first if any; NaN where the column is aliased. */
  readonly coefficients: Float64Array;
  /** Inverse of the Fisher information; rows and columns of aliased coefficients are NaN. */
  readonly covariance: Matrix;
  readonly logLikelihood: number;
  readonly deviance: number;
  readonly iterations: number;
  /** Columns that depend linearly on columns to their left. */
  readonly aliased: readonly number[];
  /** False where the coefficients are no estimate: separation, or no convergence. */
  readonly converged: boolean;
  /** True where no finite estimate exists; the coefficients are then those of the last step on the way to infinity. */
  readonly separated: boolean;
  /** The columns that separate the outcomes; empty without separation. */
  readonly separatingColumns: readonly number[];
}

/** R's glm aliases a column of which less than this share is new. */
export const ALIAS_TOLERANCE = 1e-11;
const MAXIMUM_ITERATIONS = 60;

/**
 * A logistic regression by maximum likelihood: Newton's method on an orthonormal basis of the design.
 *
 * @param design Predictors, shape [n, p], without a column of ones.
 * @param outcome 1 = event, 0 = none, or a share of events; shape [n].
 * @throws {InputError} Unequal lengths, a value that is not finite, an outcome outside [0, 1], a negative weight, or
 *   outcomes that are all 0 or all 1.
 * @source McCullagh & Nelder 1989, Generalized Linear Models, 4.4; columns are aliased as in R's glm.
 * @example logisticRegression({ rows: 4, columns: 1, values: Float64Array.of(0, 0, 1, 1) }, [1, 0, 0, 1]).coefficients // => [0,0]
 */
export function logisticRegression(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: LogisticRegressionOptions = {},
): LogisticFit {
  const input = logisticInput(design, outcome, options);
  const { matrix } = input;
  const decomposition = orthonormalise(matrix, options.aliasTolerance ?? ALIAS_TOLERANCE);
  const { basis, triangle, kept, aliased } = decomposition;
  const { start } = options;
  const search = newton(
    basis,
    input,
    start === undefined
      ? new Float64Array(kept.length)
      : multiplyTriangle(
          triangle,
          Float64Array.from(kept, (column) => finiteOrZero(start[column])),
        ),
  );
  const columns = matrix.columns;
  const coefficients = new Float64Array(columns).fill(NaN);
  const solution = solveTriangle(triangle, search.coordinates);
  kept.forEach((column, k) => (coefficients[column] = solution[k]));
  const information = informationMatrix(basis, search.terms.curvature);
  return {
    coefficients,
    covariance: naturalCovariance(information, decomposition, columns),
    logLikelihood: -search.loss,
    deviance: 2 * (search.loss - saturatedLoss(input)),
    iterations: search.iterations,
    aliased,
    converged: search.converged,
    separated: search.separated,
    separatingColumns: search.separated ? separatingColumns(search.step, decomposition, matrix) : [],
  };
}

interface Search {
  readonly coordinates: Float64Array;
  readonly step: Float64Array;
  readonly terms: LogisticTerms;
  readonly loss: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly separated: boolean;
}

function newton(basis: Matrix, input: LogisticInput, start: Float64Array): Search {
  const { outcome, weights, offset } = input;
  const { rows, columns: rank } = basis;
  const terms = logisticTerms(rows);
  const coordinates = Float64Array.from(start);
  const linear = combination(basis, coordinates);
  for (let i = 0; i < rows; i++) linear[i] += offset[i];
  let loss = evaluateLogisticLoss(linear, outcome, weights, terms);
  let step: Float64Array = new Float64Array(rank);
  for (let iterations = 1; iterations <= MAXIMUM_ITERATIONS; iterations++) {
    const score = projections(basis, terms.residual);
    step = choleskySolve(choleskyFactor(informationMatrix(basis, terms.curvature)), score);
    const change = combination(basis, step);
    let share = 1;
    const before = linear.slice();
    const lossBefore = loss;
    for (;;) {
      for (let i = 0; i < rows; i++) linear[i] = before[i] + share * change[i];
      loss = evaluateLogisticLoss(linear, outcome, weights, terms);
      // Below 1e-8 the step is rounding noise and the loss cannot fall any more.
      if (loss <= lossBefore * (1 + 1e-14) || share < 1e-8) break;
      share /= 2;
    }
    for (let k = 0; k < rank; k++) coordinates[k] += share * step[k];
    const result = { coordinates, step, terms, loss, iterations };
    // Twice the loss that the quadratic model expects to save; Newton's error after the step is its square.
    if (dotProduct(step, 0, score, rank) < 1e-15 * (loss + 0.1))
      return { ...result, converged: true, separated: false };
    if (separates(change, outcome)) return { ...result, converged: false, separated: true };
  }
  return {
    coordinates,
    step,
    terms,
    loss,
    iterations: MAXIMUM_ITERATIONS,
    converged: false,
    separated: false,
  };
}

function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

/** Minus the log likelihood of a model that gives every row its own share of events. */
function saturatedLoss({ outcome, weights }: LogisticInput): number {
  let loss = 0;
  for (let i = 0; i < outcome.length; i++) {
    const y = outcome[i];
    if (y > 0 && y < 1) loss -= weights[i] * (y * log(y) + (1 - y) * log(1 - y));
  }
  return loss;
}
