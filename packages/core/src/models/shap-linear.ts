import type { PredictorTable } from "../features/predictor-table.ts";
import { mean } from "../math/statistics.ts";
import { designValues, type ScoreValues } from "./design-value.ts";
import { harmonise } from "./harmonise.ts";
import type { DesignColumn, LinearPredictor, LogisticModel } from "./model.ts";
import { predictorValues } from "./predict.ts";

/** What each input adds to the linear predictor of each patient, against the average of a background. */
export interface LinearShap {
  /** Mean linear predictor of the background. */
  readonly expected: number;
  /** Inputs, and scores where these are not opened, in the order of the model's columns. */
  readonly names: readonly string[];
  /** One array an input, shape [n]: `expected` and the contributions of a patient sum to the linear predictor. */
  readonly contributions: readonly Float64Array[];
}

/** Against whom contributions count, and whether a score is one contribution or those of its inputs. */
export interface LinearShapOptions {
  /** Patients whose average is the starting point; null: the training patients, whose averages the model holds. */
  readonly background: PredictorTable | null;
  readonly openScores: boolean;
}

/**
 * Exact Shapley values of a linear predictor: coefficient times value minus its mean in the background, summed over the
 * columns of an input.
 *
 * They are interventional: an input is replaced by background values whatever the correlated others are. The parts of a
 * spline and the levels of a class belong to one input.
 *
 * A score of a learner is one contribution, opened or not.
 *
 * @param patients Patients to be explained.
 * @throws {InputError} The table or the background lacks a column of the model.
 * @source Lundberg & Lee 2017, NeurIPS 30, corollary 1.
 */
export function linearShap(
  model: Pick<LogisticModel, "predictor" | "scores" | "harmonisation">,
  patients: PredictorTable,
  options: LinearShapOptions,
): LinearShap {
  const { openScores } = options;
  const table = harmonise(model.harmonisation, patients);
  const background = options.background === null ? null : harmonise(model.harmonisation, options.background);
  const sums = new Map<string, Float64Array>();
  const n = table.patients.length;
  const outer = partsOf(model, openScores);
  const scoreValues = (of: PredictorTable): ScoreValues =>
    Object.fromEntries(
      Object.entries(model.scores).map(([name, score]) => [name, predictorValues(score, of, {})]),
    );
  const [scores, backgroundScores] = [scoreValues(table), background === null ? {} : scoreValues(background)];
  let expected = outer.constant;
  for (const { column, weight, trainingMean } of outer.parts) {
    const values = designValues(column, table, scores);
    const centre =
      background === null ? trainingMean : mean(designValues(column, background, backgroundScores));
    expected += weight * centre;
    const name = column.kind === "score" ? column.name : column.column;
    const sum = sums.get(name) ?? new Float64Array(n);
    for (let row = 0; row < n; row++) sum[row] += weight * (values[row] - centre);
    sums.set(name, sum);
  }
  return { expected, names: [...sums.keys()], contributions: [...sums.values()] };
}

interface Part {
  readonly column: DesignColumn;
  readonly weight: number;
  /** Of the standardised column in the training patients. */
  readonly trainingMean: number;
}

/** The linear predictor as a constant and weighted columns, those of opened scores in place of the score. */
function partsOf(
  { predictor, scores }: Pick<LogisticModel, "predictor" | "scores">,
  openScores: boolean,
): { readonly constant: number; readonly parts: readonly Part[] } {
  let constant = predictor.intercept;
  const parts = predictor.columns.flatMap((column): Part[] => {
    const { coefficient: weight } = column;
    if (column.kind !== "score") return [{ column, weight, trainingMean: 0 }];
    const score = scores[column.name];
    // What trees answer on average is taken as the mean of the score that they gave the training patients.
    if ("kind" in score) return [{ column, weight, trainingMean: 0 }];
    if (!openScores)
      return [{ column, weight, trainingMean: (score.intercept - column.center) / column.scale }];
    constant += (weight * (score.intercept - column.center)) / column.scale;
    return innerParts(score, weight / column.scale);
  });
  return { constant, parts };
}

/** Columns are standardised on the training patients, so that their mean there is 0. */
function innerParts(score: LinearPredictor, factor: number): Part[] {
  return score.columns.map((column) => ({ column, weight: factor * column.coefficient, trainingMean: 0 }));
}
