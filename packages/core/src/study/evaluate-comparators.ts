import type { Finding } from "../errors.ts";
import { comparePredictions } from "../validation/compare.ts";
import type { EvaluationOptions, PredictionSet } from "../validation/evaluate.ts";
import type { Comparison } from "../validation/evaluation.ts";
import type { ComparatorPredictions } from "./comparator-predictions.ts";
import { evaluateModels, type ModelEvaluation } from "./evaluate-set.ts";
import type { JudgedPredictions } from "./judged-predictions.ts";

/** How the comparators of a set do, and how the models do against them. */
export interface ComparatorEvaluation {
  /** One a comparator that says something of a patient of the set. */
  readonly evaluations: readonly ModelEvaluation[];
  readonly comparisons: readonly Comparison[];
  /** Of the comparisons, and of patients who are left out. */
  readonly findings: readonly Finding[];
}

/**
 * Judges every comparator of a set on the patients of whom it says something, and compares every model with it on the same
 * patients. Nobody's missing score is imputed: who is left out is counted in a finding.
 *
 * @param judged Predictions of the models and of the comparators.
 * @param models Names of the models that are compared.
 * @param optionsOf Options of a comparator's evaluation, by its name.
 */
export function evaluateComparators(
  judged: JudgedPredictions,
  models: readonly string[],
  optionsOf: (comparator: string) => EvaluationOptions,
): ComparatorEvaluation {
  const results = (judged.comparators ?? []).map((own) => {
    const { name } = own.comparator;
    if (own.rows.length === 0) return { evaluations: [], comparisons: [], findings: leftOut(judged, own) };
    const evaluations = evaluateModels(withScore(judged, own), judged.dataset, optionsOf(name)).map(
      withoutKnown,
    );
    const compared = judged.method === "apparent" ? [] : comparisonsWith(judged, own, models);
    return {
      evaluations,
      comparisons: compared.map(({ comparison }) => comparison),
      findings: [...leftOut(judged, own), ...compared.flatMap(({ findings: ofComparison }) => ofComparison)],
    };
  });
  return {
    evaluations: results.flatMap(({ evaluations }) => evaluations),
    comparisons: results.flatMap(({ comparisons }) => comparisons),
    findings: results.flatMap(({ findings }) => findings),
  };
}

/** What the models' findings say of the set is not said again of fewer patients of it. */
function withoutKnown(result: ModelEvaluation): ModelEvaluation {
  return {
    ...result,
    findings: result.findings.filter(({ code }) => code !== "calibration-curve-imprecise"),
  };
}

/** The patients of whom a comparator says something, with what it says. */
function withScore(
  judged: JudgedPredictions,
  { comparator, rows, repeats }: ComparatorPredictions,
): JudgedPredictions {
  return {
    ...judged,
    patients: rows.map((row) => judged.patients[row]),
    outcome: Uint8Array.from(rows, (row) => judged.outcome[row]),
    models: [{ model: comparator.name, repeats }],
  };
}

function comparisonsWith(
  judged: JudgedPredictions,
  { comparator, rows, repeats }: ComparatorPredictions,
  compared: readonly string[],
) {
  const outcome = Uint8Array.from(rows, (row) => judged.outcome[row]);
  const { dataset, method } = judged;
  const scores = repeats.map((repeat) => repeat.score ?? repeat.probability);
  return judged.models
    .filter(({ model }) => compared.includes(model))
    .map(({ model, repeats: own }) => {
      const subject = { first: model, second: comparator.name, dataset, method };
      const { comparison, findings } = comparePredictions(subject, outcome, ofRows(own, rows), scores);
      return { comparison: { ...comparison, patients: rows.length }, findings };
    });
}

function ofRows(repeats: readonly PredictionSet[], rows: readonly number[]): Float64Array[] {
  return repeats.map(({ probability }) => Float64Array.from(rows, (row) => probability[row]));
}

function leftOut(
  { dataset, method, patients }: JudgedPredictions,
  { comparator, rows }: ComparatorPredictions,
): readonly Finding[] {
  const missing = patients.length - rows.length;
  // The same patients stand in the cross-validated set.
  if (missing === 0 || method === "apparent") return [];
  const message = `${comparator.name} on ${dataset}, ${method}: ${String(missing)} of ${String(patients.length)} patients have no value of its inputs, or lie outside its scope; they are left out of its evaluation and of the comparisons with it`;
  return [{ code: "comparator-incomplete", severity: "info", message }];
}
