import { exp, log } from "./elementary.ts";
import { midranks } from "./statistics.ts";

/** What a cross-validation of the penalty counts: deviance per patient, area under the ROC curve, share of errors. */
export type PenaltyMeasure = "deviance" | "auc" | "error";

/** Cross-validated performance along a sequence of lambdas. */
export interface PenaltyCurve {
  /** Mean over folds, weighted by their size, shape [l]. */
  readonly means: Float64Array;
  /** Standard error of the mean over folds, shape [l]. */
  readonly standardErrors: Float64Array;
  /** Position of the best mean; the largest lambda where several are equal. */
  readonly minimum: number;
  /** Position of the largest lambda whose mean is within one standard error of the best. */
  readonly oneStandardError: number;
}

/** Probabilities are kept this far from 0 and 1 before a deviance is taken. */
const NEAREST_TO_CERTAIN = 1e-5;

/**
 * The performance of one lambda: mean over folds, weighted by their size, and its standard error.
 *
 * @param linear Out-of-fold linear predictor of each patient, shape [n].
 * @param outcome 0 or 1, shape [n].
 * @param folds The rows of each fold.
 * @returns Folds in which the measure does not exist, one class for an area under the curve, are left out.
 * @source glmnet 4.1, cv.glmnet with grouped = TRUE.
 */
export function penaltyPerformance(
  linear: Float64Array,
  outcome: ArrayLike<number>,
  folds: readonly (readonly number[])[],
  measure: PenaltyMeasure,
): { readonly mean: number; readonly standardError: number } {
  const used = folds
    .map((rows) => ({ value: foldPerformance(linear, outcome, rows, measure), size: rows.length }))
    .filter(({ value }) => !Number.isNaN(value));
  const total = used.reduce((sum, { size }) => sum + size, 0);
  const mean = used.reduce((sum, { value, size }) => sum + value * size, 0) / total;
  const spread =
    used.reduce((sum, { value, size }) => sum + (value - mean) * (value - mean) * size, 0) / total;
  return { mean, standardError: Math.sqrt(spread / (used.length - 1)) };
}

/**
 * The curve of a measure along descending lambdas with its two usual choices.
 *
 * @param performances In the order of the lambdas, at least one.
 */
export function penaltyCurve(
  performances: readonly { readonly mean: number; readonly standardError: number }[],
  measure: PenaltyMeasure,
): PenaltyCurve {
  const means = Float64Array.from(performances, ({ mean }) => mean);
  const standardErrors = Float64Array.from(performances, ({ standardError }) => standardError);
  const sign = measure === "auc" ? -1 : 1;
  const losses = means.map((mean) => sign * mean);
  const minimum = losses.reduce((best, loss, k) => (loss < losses[best] ? k : best), 0);
  const limit = losses[minimum] + standardErrors[minimum];
  return { means, standardErrors, minimum, oneStandardError: losses.findIndex((loss) => loss <= limit) };
}

function foldPerformance(
  linear: Float64Array,
  outcome: ArrayLike<number>,
  rows: readonly number[],
  measure: PenaltyMeasure,
): number {
  switch (measure) {
    case "deviance":
      return rows.reduce((sum, row) => sum + deviance(linear[row], outcome[row]), 0) / rows.length;
    case "error":
      return rows.filter((row) => linear[row] > 0 !== (outcome[row] === 1)).length / rows.length;
    case "auc":
      return areaUnderCurve(linear, outcome, rows);
  }
}

function deviance(linear: number, outcome: number): number {
  const probability = 1 / (1 + exp(-linear));
  const kept = Math.min(Math.max(probability, NEAREST_TO_CERTAIN), 1 - NEAREST_TO_CERTAIN);
  return -2 * log(outcome === 1 ? kept : 1 - kept);
}

function areaUnderCurve(linear: Float64Array, outcome: ArrayLike<number>, rows: readonly number[]): number {
  const ranks = midranks(rows.map((row) => linear[row]));
  let [rankSum, events] = [0, 0];
  rows.forEach((row, i) => {
    if (outcome[row] !== 1) return;
    rankSum += ranks[i];
    events += 1;
  });
  return (rankSum - (events * (events + 1)) / 2) / (events * (rows.length - events));
}
