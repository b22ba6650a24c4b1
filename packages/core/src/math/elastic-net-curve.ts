import { InputError } from "../errors.ts";
import { exp, log } from "./elementary.ts";
import { columnOf, type Matrix } from "./matrix.ts";
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
 * The cross-validated performance at each lambda, from predictions of patients in folds that the models did not see.
 *
 * @param linear Out-of-fold linear predictors, one row a patient, one column a lambda (descending).
 * @param outcome 0 or 1, shape [n].
 * @param folds Fold of each patient, 0..k-1 with k at least 3, shape [n].
 * @throws {InputError} Unequal lengths, or fewer than 3 folds.
 * @source glmnet 4.1, cv.glmnet with grouped = TRUE: folds are averaged with their sizes as weights.
 */
export function penaltyCurve(
  linear: Matrix,
  outcome: ArrayLike<number>,
  folds: Int32Array,
  measure: PenaltyMeasure = "deviance",
): PenaltyCurve {
  const members = foldMembers(folds);
  if (members.length < 3 || outcome.length !== linear.rows || folds.length !== linear.rows)
    throw new InputError(
      `cross-validation of a penalty needs 3 folds and one outcome per row; got ${members.length} folds, ${outcome.length} outcomes, ${linear.rows} rows`,
    );
  const means = new Float64Array(linear.columns);
  const standardErrors = new Float64Array(linear.columns);
  for (let k = 0; k < linear.columns; k++) {
    const column = columnOf(linear, k);
    const byFold = members.map((rows) => foldPerformance(column, outcome, rows, measure));
    [means[k], standardErrors[k]] = weightedMean(byFold, members);
  }
  const sign = measure === "auc" ? -1 : 1;
  const losses = means.map((mean) => sign * mean);
  const minimum = losses.reduce((best, loss, k) => (loss < losses[best] ? k : best), 0);
  const limit = losses[minimum] + standardErrors[minimum];
  return { means, standardErrors, minimum, oneStandardError: losses.findIndex((loss) => loss <= limit) };
}

function foldMembers(folds: Int32Array): readonly number[][] {
  const members: number[][] = [];
  folds.forEach((fold, row) => (members[fold] ??= []).push(row));
  return members.filter((rows) => rows !== undefined);
}

/** Mean over folds with a class each; an area under the curve does not exist in the others. */
function weightedMean(
  byFold: readonly number[],
  members: readonly number[][],
): [mean: number, standardError: number] {
  const used = byFold
    .map((value, fold) => ({ value, size: members[fold].length }))
    .filter(({ value }) => !Number.isNaN(value));
  const total = used.reduce((sum, { size }) => sum + size, 0);
  const mean = used.reduce((sum, { value, size }) => sum + value * size, 0) / total;
  const spread =
    used.reduce((sum, { value, size }) => sum + (value - mean) * (value - mean) * size, 0) / total;
  return [mean, Math.sqrt(spread / (used.length - 1))];
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
