import { InputError } from "../errors.ts";
import type { PredictorTable } from "../features/predictor-table.ts";
import { logistic } from "../math/elementary.ts";
import { designValues, findPredictor, type ScoreValues } from "./design-value.ts";
import type { FittedModel, InputColumn, LinearPredictor } from "./model.ts";

/**
 * The predicted risk of every patient of a table.
 *
 * @param model As `fitModel` gave it, also after a round trip through JSON.
 * @param table Columns that the model needs, in any order; others are ignored. Missing values are imputed as learned.
 * @returns Probabilities in [0, 1], shape [n]; a patient's is the same bits alone and among others.
 * @throws {InputError} A column is missing or of another kind, or a level is unknown to the model.
 */
export function predictProbability(model: FittedModel, table: PredictorTable): Float64Array {
  for (const input of model.inputs) checkInput(input, table);
  const scores = Object.fromEntries(
    Object.entries(model.scores).map(([name, score]) => [name, linearPredictorValues(score, table, {})]),
  );
  return linearPredictorValues(model.predictor, table, scores).map(logistic);
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
