import { NumericalError } from "../errors.ts";
import { log } from "../math/elementary.ts";
import { mean } from "../math/statistics.ts";
import { requireProbabilities } from "./predictions.ts";

/**
 * Mean squared distance of the predicted probability from the outcome.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient.
 * @param probability Predicted risk in [0, 1]; shape [n].
 * @returns From 0 (perfect) to 1.
 * @throws {InputError} No patient, unequal lengths, an outcome that is not 0 or 1, or a probability outside [0, 1].
 * @source Brier 1950, Mon Weather Rev 78:1-3.
 * @example brierScore(Uint8Array.of(0, 1), Float64Array.of(0.5, 1)) // => 0.125
 */
export function brierScore(outcome: Uint8Array, probability: Float64Array): number {
  requireProbabilities(outcome, probability);
  return mean(probability.map((p, i) => (p - outcome[i]) * (p - outcome[i])));
}

/**
 * Brier score relative to predicting the prevalence for everybody: 1 - Brier / (prevalence · (1 - prevalence)).
 *
 * @param outcome As {@link brierScore}.
 * @param probability As {@link brierScore}.
 * @returns 1 is perfect, 0 no better than the prevalence, negative worse.
 * @throws {InputError} As {@link brierScore}.
 * @throws {NumericalError} All patients have the same outcome.
 * @source Steyerberg et al. 2010, Epidemiology 21:128-138.
 * @example scaledBrierScore(Uint8Array.of(0, 1), Float64Array.of(0.5, 1)) // => 0.5
 */
export function scaledBrierScore(outcome: Uint8Array, probability: Float64Array): number {
  const { positives, negatives } = requireProbabilities(outcome, probability);
  if (positives === 0 || negatives === 0)
    throw new NumericalError(
      `a scaled Brier score needs patients with and without the event; got ${positives} and ${negatives}; report the Brier score`,
    );
  const prevalence = positives / outcome.length;
  return 1 - brierScore(outcome, probability) / (prevalence * (1 - prevalence));
}

/**
 * Mean negative log-likelihood of the outcome under the predicted probability.
 *
 * @param outcome As {@link brierScore}.
 * @param probability As {@link brierScore}.
 * @returns At least 0; Infinity where a probability of exactly 0 or 1 was wrong.
 * @throws {InputError} As {@link brierScore}.
 * @example logLoss(Uint8Array.of(0, 1), Float64Array.of(0.5, 0.5)) // => 0.6931471805599453
 */
export function logLoss(outcome: Uint8Array, probability: Float64Array): number {
  requireProbabilities(outcome, probability);
  return mean(probability.map((p, i) => -log(outcome[i] === 1 ? p : 1 - p)));
}
