import { NumericalError } from "../errors.ts";
import { exp, log, logit } from "../math/elementary.ts";
import { logisticRegression } from "../math/logistic-regression.ts";
import { matrixOfColumns } from "../math/matrix.ts";
import { mean, sum } from "../math/statistics.ts";
import { type Estimate, twoSidedNormal, waldEstimate } from "./estimate.ts";
import { requireClasses, requireProbabilities } from "./predictions.ts";

/** Probabilities nearer to 0 or 1 than this are moved to it before a logit is taken. */
export const LOGIT_CLIP = 1e-8;

/** Logits of predicted probabilities, and how many had to be clipped to have one. */
export interface ClippedLogits {
  readonly values: Float64Array;
  readonly clipped: number;
}

/** The line logit P(event) = intercept + slope · logit(prediction). */
export interface CalibrationLine {
  /** 1 is perfect; below 1 the predictions are too extreme. */
  readonly slope: Estimate;
  /** Intercept beside the free slope. Not calibration in the large, whose slope is 1. */
  readonly jointIntercept: Estimate;
  /** Deviance that the line saves against intercept 0 and slope 1; chi-squared with 2 degrees of freedom. */
  readonly deviance: number;
  /** Log-likelihood of the line. */
  readonly logLikelihood: number;
  readonly clipped: number;
}

/**
 * The logits of probabilities, with probabilities within {@link LOGIT_CLIP} of 0 or 1 clipped to it.
 *
 * @param probability In [0, 1]; shape [n].
 * @example clippedLogits(Float64Array.of(0, 0.5)).clipped // => 1
 */
export function clippedLogits(probability: Float64Array): ClippedLogits {
  let clipped = 0;
  const values = probability.map((p) => {
    const inside = Math.min(1 - LOGIT_CLIP, Math.max(LOGIT_CLIP, p));
    if (inside !== p) clipped += 1;
    return logit(inside);
  });
  return { values, clipped };
}

/**
 * Calibration in the large: how far, on the logit scale, observed risk lies above predicted risk.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param probability Predicted risk in [0, 1]; shape [n]; clipped as {@link clippedLogits}.
 * @param level Confidence level of the Wald interval in (0, 1).
 * @returns 0 is perfect; positive where risk is underestimated.
 * @throws {InputError} A class without patients, unequal lengths, or a probability outside [0, 1].
 * @throws {NumericalError} No finite estimate.
 * @source Cox 1958, Biometrika 45:562-565: intercept of a logistic regression with the logit as offset.
 */
export function calibrationInTheLarge(
  outcome: Uint8Array,
  probability: Float64Array,
  level = 0.95,
): Estimate {
  requireClasses(requireProbabilities(outcome, probability), 1, "calibration in the large");
  const offset = clippedLogits(probability).values;
  const fit = logisticRegression(matrixOfColumns(outcome.length, []), outcome, { offset });
  if (!fit.converged)
    throw new NumericalError(
      "calibration in the large needs a finite intercept; the regression found none; check the probabilities",
    );
  const [value] = fit.coefficients;
  return waldEstimate({ value, standardError: Math.sqrt(fit.covariance.values[0]), level, method: "Wald" });
}

/**
 * Calibration slope: the coefficient of the predictions' logit in a logistic regression of the outcome.
 *
 * @param outcome As {@link calibrationInTheLarge}.
 * @param probability As {@link calibrationInTheLarge}.
 * @param level Confidence level of the Wald intervals in (0, 1).
 * @throws {InputError} As {@link calibrationInTheLarge}.
 * @throws {NumericalError} All predictions are equal, or they separate the outcomes.
 * @source Cox 1958, Biometrika 45:562-565; Miller et al. 1993, J Clin Epidemiol 46:1053-1060.
 */
export function calibrationSlope(
  outcome: Uint8Array,
  probability: Float64Array,
  level = 0.95,
): CalibrationLine {
  requireClasses(requireProbabilities(outcome, probability), 1, "a calibration slope");
  const { values, clipped } = clippedLogits(probability);
  const fit = logisticRegression(matrixOfColumns(outcome.length, [values]), outcome);
  if (fit.aliased.length > 0)
    throw new NumericalError(
      "a calibration slope needs predictions that differ; got one value for all patients; report calibration in the large",
    );
  if (fit.separated || !fit.converged)
    throw new NumericalError(
      "a calibration slope needs predictions that overlap between the outcomes; got complete separation; report the curve",
    );
  const estimate = (k: number): Estimate =>
    waldEstimate({
      value: fit.coefficients[k],
      standardError: Math.sqrt(fit.covariance.values[3 * k]),
      level,
      method: "Wald",
    });
  const deviance = 2 * (fit.logLikelihood - logLikelihoodOf(outcome, values));
  return {
    slope: estimate(1),
    jointIntercept: estimate(0),
    deviance,
    logLikelihood: fit.logLikelihood,
    clipped,
  };
}

/** Events observed for each event that the predictions expect. */
export interface ObservedExpected {
  readonly ratio: Estimate;
  readonly observed: number;
  readonly expected: number;
}

/**
 * Ratio of observed to expected events with its interval on the log scale.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one event.
 * @param probability Predicted risk in [0, 1]; shape [n].
 * @param level Confidence level in (0, 1).
 * @returns 1 is perfect; above 1 where risk is underestimated.
 * @throws {InputError} Unequal lengths, or a probability outside [0, 1].
 * @throws {NumericalError} No event is observed, or none expected.
 * @source Debray et al. 2017, BMJ 356:i6460, appendix: var(log(O/E)) = (1 - prevalence) / events.
 */
export function observedExpectedRatio(
  outcome: Uint8Array,
  probability: Float64Array,
  level = 0.95,
): ObservedExpected {
  const { positives } = requireProbabilities(outcome, probability);
  const expected = sum(probability);
  if (positives === 0 || expected === 0)
    throw new NumericalError(
      `a ratio of observed to expected events needs both above 0; got ${positives} observed events; report the counts`,
    );
  const value = positives / expected;
  const factor = exp(twoSidedNormal(level) * Math.sqrt((1 - mean(outcome)) / positives));
  const ratio = { value, lower: value / factor, upper: value * factor, method: "Wald on the log scale" };
  return { ratio, observed: positives, expected };
}

function logLikelihoodOf(outcome: Uint8Array, logits: Float64Array): number {
  // log P(y) = -log(1 + exp(-z)) with z the logit towards the observed class.
  return -sum(logits.map((z, i) => softplus(outcome[i] === 1 ? -z : z)));
}

function softplus(z: number): number {
  return Math.max(z, 0) + log(1 + exp(-Math.abs(z)));
}
