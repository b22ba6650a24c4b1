import { isMissing, type PredictorTable } from "../features/predictor-table.ts";
import type { Matrix } from "../math/matrix.ts";
import { decisionValues } from "../math/support-vectors/support-vector-machine.ts";
import { forestProbabilities } from "../math/trees/random-forest.ts";
import { boostedMargins } from "../math/trees/second-order-boosting.ts";
import { designMatrix, findPredictor, type ScoreValues } from "./design-value.ts";
import type { LearnedPredictor, Learner } from "./learner.ts";
import type { DesignColumn } from "./design-column.ts";
import { shareLogOdds } from "./tune-forest.ts";

/**
 * Log odds of every patient of a table by a fitted learner.
 *
 * @param scores Log odds of the scores that its columns use.
 * @returns Shape [n], finite. A value depends on the patient's own row only.
 * @throws {InputError} The table lacks a column or has it of another kind.
 */
export function learnedValues(
  predictor: LearnedPredictor,
  table: PredictorTable,
  scores: ScoreValues,
): Float64Array {
  const design = learnerDesign(predictor.columns, table, scores, predictor.kind);
  if (predictor.kind === "boosting") return boostedMargins(predictor.ensemble, design);
  const { calibration } = predictor;
  const raw =
    predictor.kind === "svm"
      ? decisionValues(predictor.machine, design)
      : shareLogOdds(forestProbabilities(predictor.forest, design), predictor.forest.trees.length);
  return raw.map((value) => calibration.intercept + calibration.slope * value);
}

/**
 * The design that a learner reads: standardised as learned; for boosted trees a missing value stays missing, since every
 * split has learned which way it goes.
 */
export function learnerDesign(
  columns: readonly DesignColumn[],
  table: PredictorTable,
  scores: ScoreValues,
  method: Learner["method"],
): Matrix {
  const design = designMatrix(columns, table, scores);
  if (method !== "boosting") return design;
  columns.forEach((column, j) => {
    if (column.kind === "score") return;
    const predictor = findPredictor(table, column.column);
    for (let row = 0; row < design.rows; row++)
      if (isMissing(predictor, row)) design.values[j * design.rows + row] = NaN;
  });
  return design;
}
