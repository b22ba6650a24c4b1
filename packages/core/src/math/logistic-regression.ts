import { choleskyFactor, choleskyOrNull, choleskySolve } from "./cholesky.ts";
import { addMultiple, dotProduct } from "./dot-product.ts";
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
  /** Inverse of the Fisher information; NaN for aliased coefficients, and for all where it is singular. */
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
/** The last step gains less than this share of the loss, half the digits of coefficients. */
const FINE = 1e-15;
/** A gain below this share of the loss may be rounding. */
const NOISE = 1e-12;
/** Shorter steps than this share of Newton's are rounding noise. */
const SHORTEST_STEP = 1e-8;

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

/** Where the search is; everything is overwritten as it moves. */
interface Place {
  readonly coordinates: Float64Array;
  readonly linear: Float64Array;
  readonly terms: LogisticTerms;
  loss: number;
}

function newton(basis: Matrix, input: LogisticInput, start: Float64Array): Search {
  const place = firstPlace(basis, input, start);
  const { terms, coordinates } = place;
  let step: Float64Array = new Float64Array(basis.columns);
  let iterations = 0;
  let [converged, separated] = [false, false];
  while (!converged && !separated && iterations < MAXIMUM_ITERATIONS) {
    iterations++;
    const score = projections(basis, terms.residual);
    const factor = choleskyOrNull(informationMatrix(basis, terms.curvature));
    step = choleskySolve(factor ?? boundFactor(basis, input.weights), score);
    // Twice the loss that the quadratic model expects to save; Newton's error after the step is its square.
    const gain = dotProduct(step, 0, score, score.length);
    const isLast = gain < FINE * (place.loss + 0.1);
    let change = combination(basis, step);
    const moved = descend(input, place, { step, change });
    if (!moved && factor !== null && gain > NOISE * (place.loss + 0.1)) {
      step = choleskySolve(boundFactor(basis, input.weights), score);
      change = combination(basis, step);
      descend(input, place, { step, change });
    }
    converged = isLast && factor !== null;
    separated = !converged && separates(change, input.outcome);
    if (isLast) break;
  }
  return { coordinates, step, terms, loss: place.loss, iterations, converged, separated };
}

/** The start, or coordinates of zero where they are better. */
function firstPlace(basis: Matrix, { outcome, weights, offset }: LogisticInput, start: Float64Array): Place {
  const terms = logisticTerms(basis.rows);
  const linear = combination(basis, start);
  addMultiple(linear, 1, offset, 0);
  const started = evaluateLogisticLoss(linear, outcome, weights, terms);
  if (start.every((coordinate) => coordinate === 0))
    return { coordinates: start.slice(), linear, terms, loss: started };
  const loss = evaluateLogisticLoss(offset, outcome, weights, terms);
  if (!(started <= loss))
    return { coordinates: new Float64Array(start.length), linear: offset.slice(), terms, loss };
  evaluateLogisticLoss(linear, outcome, weights, terms);
  return { coordinates: start.slice(), linear, terms, loss: started };
}

/** A step in the coordinates with the change of the linear predictor that it makes. */
interface Move {
  readonly step: Float64Array;
  readonly change: Float64Array;
}

/** Moves along a step, halved until the loss does not rise; false where no part of it helps. */
function descend({ outcome, weights }: LogisticInput, place: Place, { step, change }: Move): boolean {
  const { linear, coordinates, terms, loss: before } = place;
  const old = linear.slice();
  for (let share = 1; share > SHORTEST_STEP; share /= 2) {
    for (let i = 0; i < linear.length; i++) linear[i] = old[i] + share * change[i];
    place.loss = evaluateLogisticLoss(linear, outcome, weights, terms);
    if (place.loss <= before * (1 + 1e-14)) {
      addMultiple(coordinates, share, step, 0);
      return true;
    }
  }
  linear.set(old);
  place.loss = evaluateLogisticLoss(linear, outcome, weights, terms);
  return false;
}

/**
 * The Cholesky factor of an upper bound of the information, a quarter of each weight: steps with it are short but never
 * make the fit worse. It serves where offsets leave hardly any doubt and the information is singular.
 *
 * @source Boehning & Lindsay 1988, Ann Inst Stat Math 40:641-663.
 */
function boundFactor(basis: Matrix, weights: Float64Array): Matrix {
  return choleskyFactor(
    informationMatrix(
      basis,
      weights.map((weight) => 0.25 * weight),
    ),
  );
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
