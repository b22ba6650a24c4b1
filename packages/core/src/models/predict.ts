import { InputError } from "../errors.ts";
import { isMissing, type PredictorTable, takePatients } from "../features/predictor-table.ts";
import { logistic } from "../math/elementary.ts";
import { designValues, findPredictor, type ScoreValues } from "./design-value.ts";
import { harmonise } from "./harmonise.ts";
import { completePatients } from "./imputation/complete-patients.ts";
import { learnedValues } from "./learned-values.ts";
import type { LearnedPredictor } from "./learner.ts";
import type { FittedModel, InputColumn, LinearPredictor } from "./model.ts";

/**
 * The predicted risk of every patient of a table.
 *
 * @param model As `fitModel` gave it, also after a round trip through JSON.
 * @param given Columns that the model needs, in any order; others are ignored. Missing values are imputed as learned.
 * @returns Probabilities in [0, 1], shape [n]; a patient's is the same bits alone and among others.
 * @throws {InputError} A column is missing or of another kind, a level is unknown to the model, or a centre has not been
 *   learned by its harmonisation.
 */
export function predictProbability(model: FittedModel, given: PredictorTable): Float64Array {
  const table = harmonise(model.harmonisation, given);
  for (const input of model.inputs) checkInput(input, table);
  const probabilities = completeProbability(model, table);
  if (model.imputer === undefined) return probabilities;
  const columns = model.imputer.columns.map(({ name }) => findPredictor(table, name));
  const rows = [...table.patients.keys()].filter((row) => columns.some((column) => isMissing(column, row)));
  if (rows.length === 0) return probabilities;
  // The risk given what is known is the mean of the risk over what is not; that of the mean value would be too extreme.
  const sums = new Float64Array(rows.length);
  const completed = completePatients(model.imputer, takePatients(table, rows));
  for (const one of completed)
    completeProbability(model, one).forEach((risk, index) => (sums[index] += risk));
  rows.forEach((row, index) => (probabilities[row] = sums[index] / completed.length));
  return probabilities;
}

/** The risk from a table as it stands; columns without equations are imputed by their one value. */
function completeProbability(model: FittedModel, table: PredictorTable): Float64Array {
  const scores = Object.fromEntries(
    Object.entries(model.scores).map(([name, score]) => [name, predictorValues(score, table, {})]),
  );
  return predictorValues(model.predictor, table, scores).map(logistic);
}

/**
 * The log odds of every patient by a regression or a learner.
 *
 * @param scores Log odds of the scores that it uses.
 */
export function predictorValues(
  predictor: LinearPredictor | LearnedPredictor,
  table: PredictorTable,
  scores: ScoreValues,
): Float64Array {
  return "kind" in predictor
    ? learnedValues(predictor, table, scores)
    : linearPredictorValues(predictor, table, scores);
}

/**
 * The linear predictor of every patient: intercept plus the sum of coefficients times standardised values.
 *
 * @param scores Linear predictors of the scores that it uses.
 */
export function linearPredictorValues(
  predictor: LinearPredictor,
  table: PredictorTable,
  scores: ScoreValues,
): Float64Array {
  const linear = new Float64Array(table.patients.length).fill(predictor.intercept);
  for (const column of predictor.columns) {
    if (column.coefficient === 0) continue;
    const values = designValues(column, table, scores);
    for (let row = 0; row < linear.length; row++) linear[row] += column.coefficient * values[row];
  }
  return linear;
}

/** Refuses levels that the model has not learned; which patient has them is not said. */
function checkInput(input: InputColumn, table: PredictorTable): void {
  const column = findPredictor(table, input.name);
  if (column.kind !== input.kind)
    throw new InputError(
      `the model needs ${input.name} as ${input.kind}; got ${column.kind}; correct its type`,
    );
  if (input.kind === "numeric" || column.kind === "numeric") return;
  const known = new Set(input.levels);
  const unknown = column.levels.filter((level, code) => !known.has(level) && column.codes.includes(code));
  if (unknown.length > 0)
    throw new InputError(
      `the model knows ${input.levels.length} levels of ${input.name}; got ${unknown.length} others; correct the table or its code-book`,
    );
}
