import { stratifiedFolds } from "../cohort/folds.ts";
import { type Finding } from "../errors.ts";
import { takePatients } from "../features/predictor-table.ts";
import { type Random } from "../math/random.ts";
import { columnName, designMatrix } from "./design-value.ts";
import { fitRegression } from "./fit-regression.ts";
import { learnDesign } from "./learn-design.ts";
import { toLinearPredictor } from "./linear-predictor.ts";
import { type BlockSpecification, type LinearPredictor, type Regression } from "./model.ts";
import { linearPredictorValues } from "./predict.ts";
import { type TrainingData } from "./training-data.ts";

/** A block with the regression that makes it one score. */
export interface ScoreSpecification extends BlockSpecification {
  readonly regression: Regression;
}

/** A score of a block: the model for new patients, and values for the training patients that are not its own echo. */
export interface FittedScore {
  /** Fitted on all training patients. */
  readonly predictor: LinearPredictor;
  /** Linear predictor of each training patient by a fit that did not see the patient, shape [n]. */
  readonly crossFitted: Float64Array;
  readonly findings: readonly Finding[];
}

/**
 * A score whose values for training patients come from folds that did not see them. A score fitted on the same patients
 * that then learn its weight would look far better than it is on new ones.
 *
 * @param folds At least 2; every step of the preparation is learned anew in each.
 * @throws {InputError} A class has fewer patients than folds.
 */
export function crossFittedScore(
  block: ScoreSpecification,
  training: TrainingData,
  folds: number,
  random: Random,
): FittedScore {
  const { table, outcome } = training;
  const final = fitScore(block, training, random.fork("all"));
  const foldOf = stratifiedFolds(outcome, folds, random.fork("folds"));
  const crossFitted = new Float64Array(outcome.length);
  for (let fold = 0; fold < folds; fold++) {
    const rows = [...foldOf.keys()];
    const [inside, outside] = [
      rows.filter((row) => foldOf[row] === fold),
      rows.filter((row) => foldOf[row] !== fold),
    ];
    const others = {
      table: takePatients(table, outside),
      outcome: Uint8Array.from(outside, (row) => outcome[row]),
    };
    const { predictor } = fitScore(block, others, random.fork(`fold/${String(fold)}`));
    const linear = linearPredictorValues(predictor, takePatients(table, inside), {});
    inside.forEach((row, index) => (crossFitted[row] = linear[index]));
  }
  return { predictor: final.predictor, crossFitted, findings: final.findings };
}

function fitScore(
  block: ScoreSpecification,
  { table, outcome }: TrainingData,
  random: Random,
): { predictor: LinearPredictor; findings: readonly Finding[] } {
  const { columns, findings } = learnDesign(block, table);
  const fitted = fitRegression(
    { design: designMatrix(columns, table, {}), outcome, names: columns.map(columnName) },
    block.regression,
    SCORE_FOLDS,
    random,
  );
  return {
    predictor: toLinearPredictor(columns, fitted),
    findings: [
      ...findings,
      ...fitted.findings.map((finding) => ({
        ...finding,
        message: `score ${block.name}: ${finding.message}`,
      })),
    ],
  };
}

/** Folds of the out-of-fold predictions of a score by maximum likelihood, which nothing uses further. */
const SCORE_FOLDS = 3;
