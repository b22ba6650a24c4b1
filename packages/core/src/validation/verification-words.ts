import { exp } from "../math/elementary.ts";
import { FURTHEST_DELTA, type TippingPoint } from "./tipping-point.ts";
import type { VerificationMeasure, VerificationSensitivity } from "./verification-bias.ts";

const WORDS: Readonly<Record<VerificationMeasure, string>> = {
  prevalence: "prevalence",
  auc: "AUC",
  sensitivity: "sensitivity",
  specificity: "specificity",
  ppv: "positive predictive value",
  npv: "negative predictive value",
};

/**
 * A tipping point in words for the reader of a report.
 *
 * @example tippingWords({ claim: { measure: "npv", atLeast: 0.9, threshold: 0.1 }, atRandom: 0.88, delta: 0 }) // => "The negative predictive value of 0.88 does not reach 0.9 even if patients without verification have events as often as verified patients of the same predicted risk."
 */
export function tippingWords({ claim, atRandom, delta }: TippingPoint): string {
  const measure = WORDS[claim.measure];
  const value = rounded(atRandom);
  if (delta === 0)
    return `The ${measure} of ${value} does not reach ${claim.atLeast} even if patients without verification have events as often as verified patients of the same predicted risk.`;
  if (delta === null)
    return `The ${measure}, ${value} if verification depends on the predicted risk alone, stays at or above ${claim.atLeast} even if the odds of the event are ${Math.round(exp(FURTHEST_DELTA))} times higher without verification than with it.`;
  return `The ${measure}, ${value} if verification depends on the predicted risk alone, falls below ${claim.atLeast} once the odds of the event without verification are more than ${rounded(exp(delta))} times those of verified patients of the same predicted risk.`;
}

/**
 * What the analysis assumes and shows, in words.
 *
 * @param sensitivity Of {@link verificationSensitivity}.
 */
export function verificationWords({ patients, verified, failedResamples }: VerificationSensitivity): string {
  const share = Math.round((100 * (patients - verified)) / patients);
  const failed =
    failedResamples === 0 ? "" : ` ${failedResamples} bootstrap samples gave no answer and are left out.`;
  return `Of ${patients} patients, ${patients - verified} (${share}%) have no verified outcome. A delta of 0 takes it that among patients of the same predicted risk verification does not depend on the outcome (missing at random), which the data cannot show; each other delta multiplies the odds of the event of unverified patients by its exponential. No delta is an estimate: the table shows how much of the conclusion rests on the assumption.${failed}`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
