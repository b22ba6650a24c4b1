import { InputError } from "../errors.ts";
import { linearPredictor } from "./elastic-net-cross-validation.ts";
import {
  type PenaltyCurve,
  penaltyCurve,
  type PenaltyMeasure,
  penaltyPerformance,
} from "./elastic-net-curve.ts";
import { type ElasticNetOptions, elasticNetPath } from "./elastic-net.ts";
import { type Matrix, takeRows } from "./matrix.ts";
import { blendRelaxed, relaxPath, type RelaxedModel } from "./relaxed-lasso.ts";

/** Settings of a relaxed cross-validation; what is left out is as in cv.glmnet. */
export interface RelaxedChoiceOptions extends ElasticNetOptions {
  /** Blends that are tried, from 0 relaxed to 1 penalised; 0, 0.25, 0.5, 0.75 and 1 without them. */
  readonly gammas?: readonly number[];
  /** What the curves count; the deviance without it. */
  readonly measure?: PenaltyMeasure;
}

/** A lambda and a blend, by their positions. */
export interface RelaxedChoice {
  readonly lambda: number;
  readonly gamma: number;
}

/** The relaxed path of all rows, and how its lambdas and blends did in cross-validation. */
export interface CrossValidatedRelaxedPath {
  /** One per lambda. */
  readonly models: readonly RelaxedModel[];
  readonly gammas: readonly number[];
  /** One per gamma. */
  readonly curves: readonly PenaltyCurve[];
  /** Of the best mean; of equal ones the largest lambda, then the largest gamma. */
  readonly minimum: RelaxedChoice;
  /** The largest lambda, then gamma, whose mean is within one standard error of the best. */
  readonly oneStandardError: RelaxedChoice;
}

/**
 * The relaxed path of all rows with the cross-validated performance of its lambdas and blends, as cv.glmnet(relax = TRUE)
 * with given folds and lambdas.
 *
 * @param design Predictors, shape [n, p]; standardised anew within every fold.
 * @param outcome 0 or 1, shape [n].
 * @param folds Fold of each row, 0..k-1 with k at least 3, shape [n].
 * @throws {InputError} As `elasticNetPath` for the whole or a fold, folds of another number, fewer than 3, or a gamma
 *   outside [0, 1].
 * @source Hastie, Tibshirani & Tibshirani 2020, Stat Sci 35:579-592; glmnet 4.1, cv.relaxed.
 */
export function crossValidateRelaxed(
  design: Matrix,
  outcome: ArrayLike<number>,
  folds: Int32Array,
  options: RelaxedChoiceOptions,
): CrossValidatedRelaxedPath {
  const { gammas = [0, 0.25, 0.5, 0.75, 1], measure = "deviance" } = options;
  const names = [...new Set(folds)];
  checkChoice(design, folds, names.length, gammas);
  const path = elasticNetPath(design, outcome, options);
  const lambdas = path.models.map(({ lambda }) => lambda);
  const predicted = gammas.map(() => lambdas.map(() => new Float64Array(design.rows)));
  const members = names.map((fold) => rowsWhere(folds, (other) => other === fold));
  names.forEach((fold, index) => {
    const training = rowsWhere(folds, (other) => other !== fold);
    const known = takeRows(design, training);
    const events = training.map((row) => outcome[row]);
    const { models } = elasticNetPath(known, events, { ...options, lambdas });
    const tested = takeRows(design, members[index]);
    relaxPath(known, events, models).forEach((model, k) => {
      gammas.forEach((gamma, g) => {
        const linear = linearPredictor(blendRelaxed(model, gamma), tested);
        members[index].forEach((row, i) => (predicted[g][k][row] = linear[i]));
      });
    });
  });
  const curves = predicted.map((ofGamma) =>
    penaltyCurve(
      ofGamma.map((linear) => penaltyPerformance(linear, outcome, members, measure)),
      measure,
    ),
  );
  return {
    models: relaxPath(design, outcome, path.models),
    gammas,
    curves,
    ...choices(curves, gammas, measure),
  };
}

function choices(
  curves: readonly PenaltyCurve[],
  gammas: readonly number[],
  measure: PenaltyMeasure,
): { readonly minimum: RelaxedChoice; readonly oneStandardError: RelaxedChoice } {
  const sign = measure === "auc" ? -1 : 1;
  const places = curves
    .flatMap(({ means, standardErrors }, gamma) =>
      Array.from(means, (mean, lambda) => ({
        gamma,
        lambda,
        loss: sign * mean,
        error: standardErrors[lambda],
      })),
    )
    .filter(({ loss }) => !Number.isNaN(loss))
    .sort((a, b) => a.lambda - b.lambda || gammas[b.gamma] - gammas[a.gamma]);
  const best = places.reduce((first, place) => (place.loss < first.loss ? place : first));
  const near = places.find(({ loss }) => loss <= best.loss + best.error)!;
  const chosen = ({ lambda, gamma }: RelaxedChoice) => ({ lambda, gamma });
  return { minimum: chosen(best), oneStandardError: chosen(near) };
}

function rowsWhere(folds: Int32Array, wanted: (fold: number) => boolean): number[] {
  return [...folds.keys()].filter((row) => wanted(folds[row]));
}

function checkChoice(design: Matrix, folds: Int32Array, count: number, gammas: readonly number[]): void {
  if (folds.length !== design.rows || count < 3)
    throw new InputError(
      `cross-validation of a penalty needs one fold per row and at least 3 folds; got ${folds.length} for ${design.rows} rows and ${count} folds`,
    );
  if (gammas.length === 0 || gammas.some((gamma) => !(gamma >= 0 && gamma <= 1)))
    throw new InputError(
      `a relaxed path needs blends from 0 to 1, one at least; got ${gammas.length} of which one is outside or none`,
    );
}
