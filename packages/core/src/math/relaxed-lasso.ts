import { InputError } from "../errors.ts";
import type { PenalisedModel } from "./elastic-net.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { columnOf, type Matrix, matrixOfColumns } from "./matrix.ts";

/** Coefficients on the scale of the design. */
export interface LinearModel {
  readonly intercept: number;
  /** Shape [p]. */
  readonly coefficients: Float64Array;
}

/** A penalised model with the fit of its columns by maximum likelihood. */
export interface RelaxedModel {
  readonly penalised: PenalisedModel;
  readonly relaxed: LinearModel;
  /** False where the columns have no maximum likelihood estimate: `relaxed` is then that of a larger lambda. */
  readonly isOwn: boolean;
}

/** Beside the columns of a relaxed fit at least as many patients are left, as in glmnet. */
const SPARE_ROWS = 3;

/** At the largest lambda a coefficient may move the linear predictor by so little, where exact arithmetic has 0. */
const ROUNDING = 1e-10;

/**
 * The models of a path with the fit of the columns that each of them chose, without penalty.
 *
 * A choice without a finite estimate - more columns than patients less three, or columns that separate the outcomes - keeps
 * the relaxed fit of the lambda before; glmnet reports where its search for infinity happened to end.
 *
 * @param design Predictors, shape [n, p], those of the path.
 * @param outcome 1 = event, 0 = none, shape [n].
 * @param models Of a path with descending lambdas.
 * @throws {InputError} As `logisticRegression`, or a model of another number of columns.
 * @source Meinshausen 2007, Comput Stat Data Anal 52:374-393; Hastie, Tibshirani & Tibshirani 2020, Stat Sci 35:579-592.
 */
export function relaxPath(
  design: Matrix,
  outcome: ArrayLike<number>,
  models: readonly PenalisedModel[],
): readonly RelaxedModel[] {
  const spreads = Array.from({ length: design.columns }, (_, j) => spreadOf(columnOf(design, j)));
  let key: string | null = null;
  let before: { readonly relaxed: LinearModel; readonly isOwn: boolean } | null = null;
  return models.map((penalised) => {
    if (penalised.coefficients.length !== design.columns)
      throw new InputError(
        `a relaxed path needs models of its design; got ${penalised.coefficients.length} coefficients for ${design.columns} columns`,
      );
    const active = [...penalised.coefficients.keys()].filter(
      (j) => Math.abs(penalised.coefficients[j]) * spreads[j] > ROUNDING,
    );
    if (before === null || active.join() !== key) {
      const own = refit(design, outcome, active, before?.relaxed ?? penalised);
      before =
        own === null
          ? { relaxed: before?.relaxed ?? penalised, isOwn: false }
          : { relaxed: own, isOwn: true };
      key = active.join();
    }
    return { penalised, ...before };
  });
}

/** Largest less smallest value. */
function spreadOf(column: Float64Array): number {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of column) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return highest - lowest;
}

/** The maximum likelihood fit of some columns, null where there is none. */
function refit(
  design: Matrix,
  outcome: ArrayLike<number>,
  active: readonly number[],
  near: LinearModel,
): LinearModel | null {
  if (active.length > design.rows - SPARE_ROWS) return null;
  const chosen = matrixOfColumns(
    design.rows,
    active.map((j) => columnOf(design, j)),
  );
  const start = [near.intercept, ...active.map((j) => near.coefficients[j])];
  const fit = logisticRegression(chosen, outcome, { start });
  if (!fit.converged) return null;
  const coefficients = new Float64Array(design.columns);
  // A column that repeats others adds nothing.
  active.forEach(
    (j, k) => (coefficients[j] = Number.isNaN(fit.coefficients[k + 1]) ? 0 : fit.coefficients[k + 1]),
  );
  return { intercept: fit.coefficients[0], coefficients };
}

/**
 * The model between the penalised fit and the relaxed one.
 *
 * @param gamma 1 the penalised fit, 0 the relaxed one.
 * @returns Coefficients gamma times penalised plus 1 - gamma times relaxed.
 * @source Hastie, Tibshirani & Tibshirani 2020, Stat Sci 35:579-592, equation 4.
 */
export function blendRelaxed({ penalised, relaxed }: RelaxedModel, gamma: number): LinearModel {
  // One fit alone stays as it is, to the last bit.
  if (gamma === 1) return { intercept: penalised.intercept, coefficients: penalised.coefficients };
  if (gamma === 0) return relaxed;
  const between = (first: number, second: number) => gamma * first + (1 - gamma) * second;
  return {
    intercept: between(penalised.intercept, relaxed.intercept),
    coefficients: penalised.coefficients.map((b, j) => between(b, relaxed.coefficients[j])),
  };
}
