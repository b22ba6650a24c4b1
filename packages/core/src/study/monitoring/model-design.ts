import type { PredictorTable } from "../../features/predictor-table.ts";
import type { Matrix } from "../../math/matrix.ts";
import { designMatrix } from "../../models/design-value.ts";
import { harmonise } from "../../models/harmonise.ts";
import type { FittedModel } from "../../models/model.ts";
import { predictorValues } from "../../models/predict.ts";

/**
 * The columns that a model adds up, for the patients of a table.
 *
 * @returns Null for a learner, which adds up nothing.
 */
export function modelDesign(model: FittedModel, given: PredictorTable): Matrix | null {
  if (model.kind !== "logistic" || model.predictor.columns.length === 0) return null;
  const table = harmonise(model.harmonisation, given);
  const scores = Object.fromEntries(
    Object.entries(model.scores).map(([name, score]) => [name, predictorValues(score, table, {})]),
  );
  return designMatrix(model.predictor.columns, table, scores);
}
