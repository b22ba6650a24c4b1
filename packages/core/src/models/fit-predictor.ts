import type { Finding } from "../errors.ts";
import type { Random } from "../math/random.ts";
import type { DesignColumn } from "./design-column.ts";
import { columnName, designMatrix, type ScoreValues } from "./design-value.ts";
import { fitLearner } from "./fit-learner.ts";
import { fitRegression } from "./fit-regression.ts";
import { learnerDesign } from "./learned-values.ts";
import type { Learner } from "./learner.ts";
import { toLinearPredictor } from "./linear-predictor.ts";
import type { BlockScore, Regression } from "./model.ts";
import type { TrainingData } from "./training-data.ts";

/** A regression, or the learner that takes its place. */
export interface PredictorMethod {
  readonly regression: Regression;
  readonly learner?: Learner;
}

/** Training patients with the columns that a method may use. */
export interface PredictorData extends TrainingData {
  readonly columns: readonly DesignColumn[];
  /** Cross-fitted log odds of the scores among the columns. */
  readonly scores: ScoreValues;
}

/** What a method made of training patients. */
export interface FittedPredictor {
  readonly predictor: BlockScore;
  /** Log odds of each training patient from fits that did not see the patient's outcome, shape [n]. */
  readonly outOfFold: Float64Array;
  readonly findings: readonly Finding[];
}

/**
 * Fits a regression or a learner on the columns of a design.
 *
 * @param folds Of the out-of-fold predictions where the regression has no penalty.
 * @throws {InputError} A class has fewer patients than folds.
 */
export function fitPredictor(
  { regression, learner }: PredictorMethod,
  { columns, table, outcome, scores }: PredictorData,
  folds: number,
  random: Random,
): FittedPredictor {
  if (learner !== undefined) {
    const design = learnerDesign(columns, table, scores, learner.method);
    return fitLearner({ design, columns, outcome }, learner, random);
  }
  const data = {
    design: designMatrix(columns, table, scores),
    outcome,
    names: columns.map(columnName),
    patients: table.patients,
  };
  const fitted = fitRegression(data, regression, folds, random);
  return {
    predictor: toLinearPredictor(columns, fitted),
    outOfFold: fitted.outOfFold,
    findings: fitted.findings,
  };
}
