import { spearman } from "../../math/statistics.ts";
import type { FittedModel, LinearPredictor } from "../../models/model.ts";
import type { LearnedPredictor } from "../../models/learner.ts";
import type { WatchedColumn } from "./watched-stream.ts";

/** Most features that are watched: those that move the risk most. */
const MOST_FEATURES = 12;
/** Features that repeat one that is watched by more than this are left out. */
const MOST_CORRELATION = 0.9;

/**
 * The image features that move a model's risk most, without those that repeat one another.
 *
 * @param columns Image features that the model reads, of training patients.
 * @returns At most 12, by the absolute coefficient per standard deviation; in the given order where the model has none.
 */
export function leadingFeatures(
  model: FittedModel,
  columns: readonly WatchedColumn[],
): readonly WatchedColumn[] {
  const weights = featureWeights(model);
  const order = columns
    .map((column, index) => ({ column, index, weight: weights.get(column.name) ?? 0 }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  const chosen: WatchedColumn[] = [];
  for (const { column } of order) {
    if (chosen.length === MOST_FEATURES) break;
    if (column.kind === "numeric" && chosen.every((other) => !repeats(column.values, other)))
      chosen.push(column);
  }
  return chosen;
}

/** Absolute coefficients of columns, those behind a score times that of the score. */
function featureWeights({ predictor, scores }: FittedModel): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  const add = (own: LinearPredictor | LearnedPredictor, factor: number) => {
    if ("kind" in own) return;
    for (const column of own.columns) {
      const weight = Math.abs(column.coefficient * factor);
      if (column.kind === "score") add(scores[column.name], weight / column.scale);
      else weights.set(column.column, (weights.get(column.column) ?? 0) + weight);
    }
  };
  add(predictor, 1);
  return weights;
}

function repeats(values: Float64Array, other: WatchedColumn): boolean {
  if (other.kind !== "numeric") return false;
  const rows = [...values.keys()].filter(
    (row) => !Number.isNaN(values[row]) && !Number.isNaN(other.values[row]),
  );
  const [own, others] = [values, other.values].map((all) => rows.map((row) => all[row]));
  const varies = (list: readonly number[]) => list.some((value) => value !== list[0]);
  return varies(own) && varies(others) && Math.abs(spearman(own, others)) > MOST_CORRELATION;
}
