import type { Finding } from "../errors.ts";
import { evaluateRepeats, type EvaluationOptions } from "../validation/evaluate.ts";
import { joinFindings } from "../validation/evaluation-findings.ts";
import type { Evaluation } from "../validation/evaluation.ts";
import type { JudgedPredictions } from "./judged-predictions.ts";

/** How well all models do on one set of patients, and what a reader must know. */
export interface SetEvaluation {
  /** In the order of the models. */
  readonly evaluations: readonly Evaluation[];
  readonly findings: readonly Finding[];
}

/**
 * Judges every model on one set of predictions.
 *
 * @param dataset As printed in the results.
 */
export function evaluateSet(
  judged: JudgedPredictions,
  dataset: string,
  options: EvaluationOptions,
): SetEvaluation {
  const results = judged.models.map(({ model, repeats }) => ({
    model,
    ...evaluateRepeats({ model, dataset, method: judged.method }, judged.outcome, repeats, options),
  }));
  return { evaluations: results.map(({ evaluation }) => evaluation), findings: joinFindings(results) };
}
