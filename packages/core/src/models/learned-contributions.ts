import type { PredictorTable } from "../features/predictor-table.ts";
import { columnOf, type Matrix, zeroMatrix } from "../math/matrix.ts";
import { isConstant, mean, spearman } from "../math/statistics.ts";
import { boostedShapValues, treeShapValues } from "../math/trees/tree-shap.ts";
import { columnName, designValues, findPredictor, type ScoreValues } from "./design-value.ts";
import { harmonise } from "./harmonise.ts";
import { learnerDesign } from "./learned-values.ts";
import type { LearnedPredictor } from "./learner.ts";
import type { LearnedModel } from "./model.ts";
import { predictorValues } from "./predict.ts";

/** What each input adds to the answer of a learner for each patient. */
export interface LearnedContributions {
  /** Log odds; for a forest the share of its trees, which is only later calibrated. */
  readonly scale: "log odds" | "probability";
  /** Mean answer of the training patients. */
  readonly expected: number;
  /** Inputs and scores, in the order of the model's columns. */
  readonly names: readonly string[];
  /** One array an input, shape [n]: `expected` and the contributions of a patient sum to the answer. */
  readonly contributions: readonly Float64Array[];
}

/**
 * Exact Shapley values of a learner: path-dependent ones of trees, slope times value of a linear machine. The levels of a
 * class belong to one input, and a score is one input.
 *
 * @param given Patients to be explained.
 * @returns Null for a support vector machine with a radial kernel, which has no exact values in polynomial time.
 * @throws {InputError} The table lacks a column of the model.
 * @source Lundberg, Erion & Lee 2018, arXiv:1802.03888.
 */
export function learnedContributions(
  model: Pick<LearnedModel, "predictor" | "scores" | "harmonisation">,
  given: PredictorTable,
): LearnedContributions | null {
  const { predictor } = model;
  const table = harmonise(model.harmonisation, given);
  const scores = scoresOf(model, table);
  const design = learnerDesign(predictor.columns, table, scores, predictor.kind);
  const shap = shapOf(predictor, design);
  if (shap === null) return null;
  const sums = new Map<string, Float64Array>();
  predictor.columns.forEach((column, j) => {
    const name = columnName(column);
    const sum = sums.get(name) ?? new Float64Array(design.rows);
    columnOf(shap, j).forEach((value, row) => (sum[row] += value));
    sums.set(name, sum);
  });
  return {
    scale: predictor.kind === "forest" ? "probability" : "log odds",
    expected: columnOf(shap, design.columns)[0] ?? NaN,
    names: [...sums.keys()],
    contributions: [...sums.values()],
  };
}

function scoresOf({ scores }: Pick<LearnedModel, "scores">, table: PredictorTable): ScoreValues {
  return Object.fromEntries(
    Object.entries(scores).map(([name, score]) => [name, predictorValues(score, table, {})]),
  );
}

/** Shape [n, columns + 1], last the mean answer. */
function shapOf(predictor: LearnedPredictor, design: Matrix): Matrix | null {
  if (predictor.kind === "boosting") return boostedShapValues(predictor.ensemble, design);
  if (predictor.kind === "forest") {
    const { trees } = predictor.forest;
    const sums = treeShapValues(trees, design);
    return { ...sums, values: sums.values.map((sum) => sum / trees.length) };
  }
  const { machine, calibration } = predictor;
  if (machine.kind !== "linear") return null;
  const shap = zeroMatrix(design.rows, design.columns + 1);
  // Columns are standardised on the training patients: their mean is 0.
  for (let j = 0; j < design.columns; j++)
    for (let row = 0; row < design.rows; row++)
      shap.values[j * design.rows + row] =
        calibration.slope * machine.slopes[j] * design.values[j * design.rows + row];
  columnOf(shap, design.columns).fill(calibration.intercept + calibration.slope * machine.intercept);
  return shap;
}

/** How much a learner uses an input, without any patient's value. */
export interface ContributionRow {
  readonly name: string;
  readonly label: string;
  readonly meanAbsolute: number;
  /** Spearman's correlation of value and contribution, in [-1, 1]; null for levels without order and constant ones. */
  readonly direction: number | null;
}

/** The contributions of a model, the largest first; see {@link learnedContributions}. */
export interface ContributionSummary {
  readonly scale: LearnedContributions["scale"];
  readonly rows: readonly ContributionRow[];
}

/**
 * Mean absolute Shapley values of a learner's inputs over some patients.
 *
 * @returns Null where there are no exact values.
 */
export function summariseContributions(
  model: Pick<LearnedModel, "predictor" | "scores" | "harmonisation" | "inputs">,
  given: PredictorTable,
): ContributionSummary | null {
  const explained = learnedContributions(model, given);
  if (explained === null) return null;
  const table = harmonise(model.harmonisation, given);
  const scores = scoresOf(model, table);
  const rows = explained.names.map((name, k): ContributionRow => {
    const contributions = explained.contributions[k];
    const values = name in scores ? scores[name] : orderedValues(model.predictor, name, table);
    return {
      name,
      label: model.inputs.find((input) => input.name === name)?.label ?? `Score ${name}`,
      meanAbsolute: mean(contributions.map(Math.abs)),
      direction:
        values === null || isConstant(values) || isConstant(contributions)
          ? null
          : spearman(values, contributions),
    };
  });
  return { scale: explained.scale, rows: rows.sort((a, b) => b.meanAbsolute - a.meanAbsolute) };
}

/** Values of an input whose single column orders patients; null for an unordered class of several levels. */
function orderedValues(
  { columns }: LearnedPredictor,
  name: string,
  table: PredictorTable,
): Float64Array | null {
  const own = columns.filter((column) => columnName(column) === name);
  const predictor = findPredictor(table, name);
  const isUnordered = predictor.kind === "categorical" && !predictor.ordered && predictor.levels.length > 2;
  return isUnordered ? null : designValues(own[0], table, {});
}
