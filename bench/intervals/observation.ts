/** One interval or estimate beside the truth that it is about. */
import type { Evaluation } from "../../packages/core/src/validation/evaluation.ts";
import type { ThresholdTruth, Truth } from "./truth.ts";
import { DECISION_THRESHOLDS } from "./study.ts";

/** A measure without limits has only a bias; one without a value counts as undefined. */
export interface Measured {
  readonly value: number | null;
  readonly lower?: number | null | undefined;
  readonly upper?: number | null | undefined;
}

/** A measure that a cohort has not. */
export const NO_VALUE: Measured = { value: null };

/** What one cohort says about one measure. */
export interface Observation {
  /** Scenario, model, patients judged, measure, method and estimand, separated by `|`. */
  readonly key: string;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly truth: number;
}

/** Where observations of a scenario are gathered. */
export interface Notebook {
  readonly scenario: string;
  readonly observations: Observation[];
}

/** What is judged, in words of the key. */
export interface Place {
  readonly model: string;
  /** `test 494`, `cross-validation` and so on. */
  readonly judged: string;
  /** What the truth is the truth of. */
  readonly estimand: string;
}

/** Writes an estimate beside its truth; a truth that does not exist is left out. */
export function note(
  { scenario, observations }: Notebook,
  { model, judged, estimand }: Place,
  measure: readonly [name: string, method: string],
  seen: { readonly measured: Measured; readonly truth: number },
): void {
  const { value, lower = null, upper = null } = seen.measured;
  if (!Number.isFinite(seen.truth)) return;
  const key = [scenario, model, judged, ...measure, estimand].join("|");
  observations.push({ key, value, lower, upper, truth: seen.truth });
}

/** Truths of a model: of its ranks and risks, and at thresholds. */
export interface ModelTruth {
  readonly overall: Truth;
  readonly at: (threshold: number) => ThresholdTruth;
}

/** Writes down all intervals that a run prints of an evaluation. */
export function noteEvaluation(
  book: Notebook,
  place: Place,
  evaluation: Evaluation,
  truth: ModelTruth,
): void {
  const { auc, brier, calibration } = evaluation;
  const put = (measure: string, measured: Measured, value: number) =>
    note(book, place, [measure, "as printed"], { measured, truth: value });
  put("AUC", auc, truth.overall.auc);
  put("Brier score", brier, truth.overall.brier);
  put("calibration slope", calibration.slope, truth.overall.slope);
  put("calibration intercept", calibration.intercept, truth.overall.intercept);
  for (const threshold of DECISION_THRESHOLDS) {
    const point = evaluation.decisionCurve.find((one) => Math.abs(one.threshold - threshold) < 1e-9)!;
    const { netBenefit, lower, upper } = point;
    const measured = { value: netBenefit, lower, upper };
    put(`net benefit at ${String(threshold)}`, measured, truth.at(threshold).netBenefit);
  }
}

/**
 * Writes down the shares at the thresholds of an evaluation.
 *
 * @param thresholds Of the model that is delivered, in the order of the evaluation's.
 */
export function noteThresholds(
  book: Notebook,
  place: Place,
  evaluation: Evaluation,
  { truth, thresholds }: { readonly truth: ModelTruth; readonly thresholds: readonly number[] },
): void {
  evaluation.thresholds.forEach((printed, k) => {
    const shares = truth.at(thresholds[k]);
    for (const share of ["sensitivity", "specificity", "ppv", "npv"] as const)
      note(book, place, [`${share} at ${printed.name}`, "as printed"], {
        measured: printed[share],
        truth: shares[share],
      });
  });
}
