import type { Finding } from "../errors.ts";
import { evaluateRepeats, type EvaluationOptions, type EvaluationResult } from "../validation/evaluate.ts";
import { joinFindings } from "../validation/evaluation-findings.ts";
import type { Evaluation } from "../validation/evaluation.ts";
import type { JudgedPredictions } from "./judged-predictions.ts";

/** How well all models do on one set of patients, and what a reader must know. */
export interface SetEvaluation {
  /** In the order of the models. */
  readonly evaluations: readonly Evaluation[];
  readonly findings: readonly Finding[];
}

/** A model's evaluation, with the findings that name it. */
export interface ModelEvaluation extends EvaluationResult {
  readonly model: string;
}

/**
 * Judges every model on one set of predictions, one result a model.
 *
 * @param dataset As printed in the results.
 */
export function evaluateModels(
  judged: JudgedPredictions,
  dataset: string,
  options: EvaluationOptions,
): readonly ModelEvaluation[] {
  return judged.models.map(({ model, repeats }) => ({
    model,
    ...evaluateRepeats({ model, dataset, method: judged.method }, judged.outcome, repeats, options),
  }));
}

/**
 * Judges every model on one set of predictions, findings that several models share said once.
 *
 * @param dataset As printed in the results.
 */
export function evaluateSet(
  judged: JudgedPredictions,
  dataset: string,
  options: EvaluationOptions,
): SetEvaluation {
  return joinEvaluations(evaluateModels(judged, dataset, options));
}

/** The results of several models as one. */
export function joinEvaluations(results: readonly ModelEvaluation[]): SetEvaluation {
  return { evaluations: results.map(({ evaluation }) => evaluation), findings: joinFindings(results) };
}
