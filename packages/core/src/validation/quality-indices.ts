import { exp, log } from "../math/elementary.ts";
import { calibrationSlope } from "./calibration.ts";
import { countClasses } from "./predictions.ts";

/** Harrell's indices of predicted probabilities, from their log-likelihood. */
export interface QualityIndices {
  /** D: what the predictions gain on the prevalence, a patient. */
  readonly discrimination: number;
  /** U: what recalibration would gain on the predictions, a patient; about 0 if calibrated. */
  readonly unreliability: number;
  /** Q = D - U. */
  readonly quality: number;
  /** Nagelkerke's R² of the predictions as they are. */
  readonly nagelkerke: number;
}

/**
 * Discrimination, unreliability and quality index, and Nagelkerke's R², as rms::val.prob prints them.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param probability Predicted risk in [0, 1]; shape [n]; 0 and 1 are clipped as for the calibration slope.
 * @throws {InputError} As `calibrationSlope`.
 * @throws {NumericalError} As `calibrationSlope`.
 * @source Harrell 2015, Regression Modeling Strategies, section 10.9; Nagelkerke 1991, Biometrika 78:691-692.
 */
export function qualityIndices(outcome: Uint8Array, probability: Float64Array): QualityIndices {
  const { deviance, logLikelihood } = calibrationSlope(outcome, probability);
  const { positives, negatives } = countClasses(outcome);
  const n = positives + negatives;
  const atPrevalence = positives * log(positives / n) + negatives * log(negatives / n);
  // The deviance is what the calibration line saves, so this is the gain of the predictions themselves.
  const gain = 2 * (logLikelihood - atPrevalence) - deviance;
  const [discrimination, unreliability] = [(gain - 1) / n, (deviance - 2) / n];
  return {
    discrimination,
    unreliability,
    quality: discrimination - unreliability,
    nagelkerke: (1 - exp(-gain / n)) / (1 - exp((2 * atPrevalence) / n)),
  };
}
