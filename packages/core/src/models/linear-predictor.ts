import { type PredictorTable } from "../features/predictor-table.ts";
import { addMultiple } from "../math/dot-product.ts";
import { designMatrix, type ScoreValues } from "./design-matrix.ts";
import { type LinearPredictor } from "./model.ts";

/**
 * The linear predictor of every patient of a table.
 *
 * @param scores Values of the scores that the predictor names.
 * @returns Log odds, shape [n]; columns whose coefficient is 0 are not looked at.
 * @throws {InputError} As `designMatrix`.
 */
export function linearPredictorOf(predictor: LinearPredictor, table: PredictorTable, scores: ScoreValues): Float64Array {
  const used = predictor.columns.filter(({ coefficient }) => coefficient !== 0);
  const design = designMatrix(used, table, scores);
  const linear = new Float64Array(design.rows).fill(predictor.intercept);
  used.forEach(({ coefficient }, j) => addMultiple(linear, coefficient, design.values, j * design.rows));
  return linear;
}

/** The values of a model's scores for every patient of a table. */
export function scoreValues(
  scores: Readonly<Record<string, LinearPredictor>>,
  table: PredictorTable,
): ScoreValues {
  return new Map(
    Object.entries(scores).map(([name, score]) => [name, linearPredictorOf(score, table, new Map())]),
  );
}
