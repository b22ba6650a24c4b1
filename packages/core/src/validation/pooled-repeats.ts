import { InputError, NumericalError } from "../errors.ts";
import { mean } from "../math/statistics.ts";
import { calibrationCurve, type CalibrationPoint, evenGrid } from "./calibration-curve.ts";
import { type DecisionCurvePoint, decisionCurve } from "./decision-curve.ts";
import { delongVariance } from "./delong.ts";
import { type PairedTest, testOfDifference } from "./delong-test.ts";
import { type Estimate, waldEstimate } from "./estimate.ts";
import { placementAuc, placementCovariance, placements, subtractPlacements } from "./placements.ts";
import { auc } from "./roc.ts";

/**
 * AUC of a repeated cross-validation: the mean over repeats of the AUC of that repeat's pooled out-of-fold predictions.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least two patients of each.
 * @param repeats Out-of-fold predictions, one array of shape [n] a repeat; at least one.
 * @param level Confidence level in (0, 1).
 * @returns The Wald interval uses the mean of the repeats' DeLong variances: repeats re-use the same patients, so their
 *   number must not narrow it. One repeat gives DeLong's interval.
 * @throws {InputError} No repeat, or as `delongAuc`.
 */
export function pooledDelongAuc(
  outcome: Uint8Array,
  repeats: readonly Float64Array[],
  level = 0.95,
): Estimate {
  requireRepeats(repeats);
  const value = mean(repeats.map((score) => auc(outcome, score)));
  const standardError = Math.sqrt(mean(repeats.map((score) => delongVariance(outcome, score))));
  return waldEstimate(
    { value, standardError, level, method: pooledMethod("DeLong", repeats.length) },
    [0, 1],
  );
}

/**
 * DeLong's paired test for repeated cross-validation: mean difference over repeats, mean of the repeats' variances.
 *
 * @param outcome As {@link pooledDelongAuc}.
 * @param first Predictions of the first model, one array a repeat.
 * @param second Predictions of the second model on the same repeats.
 * @param level Confidence level in (0, 1).
 * @returns The difference is first minus second; no p-value but a reason where it has no variance.
 * @throws {InputError} No repeat, another number of repeats, or as `delongTest`.
 */
export function pooledDelongTest(
  outcome: Uint8Array,
  first: readonly Float64Array[],
  second: readonly Float64Array[],
  level = 0.95,
): PairedTest {
  requireRepeats(first);
  if (first.length !== second.length)
    throw new InputError(
      `a comparison needs both models on the same repeats; got ${first.length} and ${second.length}; use one plan`,
    );
  const paired = first.map((score, r) =>
    subtractPlacements(placements(outcome, score), placements(outcome, second[r])),
  );
  const variance = mean(paired.map((difference) => placementCovariance(difference, difference)));
  return testOfDifference(mean(paired.map(placementAuc)), variance, level);
}

/**
 * The mean of symmetric Wald intervals of the same patients: mean value, mean variance.
 *
 * @param estimates One a repeat, at least one, all at the same level.
 * @throws {InputError} No estimate.
 * @example poolWald([{ value: 1, lower: 0, upper: 2, method: "Wald" }, { value: 3, lower: 2, upper: 4, method: "Wald" }]).upper // => 3
 */
export function poolWald(estimates: readonly Estimate[]): Estimate {
  requireRepeats(estimates);
  const value = mean(estimates.map((estimate) => estimate.value));
  const halfWidth = meanHalfWidth(estimates);
  const method = pooledMethod(estimates[0].method, estimates.length);
  return { value, lower: value - halfWidth, upper: value + halfWidth, method };
}

/**
 * A Wald interval after cross-validation that is about the model fitted on all patients: its variance is doubled.
 *
 * A Wald variance counts the patients on whom predictions are judged and takes the model as given. Cross-validation judges
 * other models than the one that is delivered, learned from the same patients, whose true calibration slope varies from one
 * training set to the next about as much as an observed slope varies between test sets of that size.
 *
 * @param estimate Symmetric, with a method's name.
 * @source Nadeau & Bengio 2003, Mach Learn 52:239-281: one over the number of folds grows by testing over training
 *   patients, which doubles it and a little more; how often the interval holds the truth: docs/coverage.md.
 * @example countTraining({ value: 1, lower: 0, upper: 2, method: "Wald" }).method // => "Wald, variance doubled for the training of the model"
 */
export function countTraining(estimate: Estimate): Estimate {
  const { value, lower, upper, method } = estimate;
  const halfWidth = (Math.SQRT2 * (upper - lower)) / 2;
  return {
    value,
    lower: value - halfWidth,
    upper: value + halfWidth,
    method: `${method}, variance doubled for the training of the model`,
  };
}

/**
 * The mean over repeats of the calibration curve, on places that all repeats' predictions reach.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param repeats Predicted risk in [0, 1], one array of shape [n] a repeat.
 * @param level Confidence level of the pointwise band in (0, 1).
 * @returns The band uses the mean of the repeats' variances.
 * @throws {InputError} No repeat, or as `calibrationCurve`.
 * @throws {NumericalError} The repeats' predictions share no range.
 */
export function pooledCalibrationCurve(
  outcome: Uint8Array,
  repeats: readonly Float64Array[],
  level = 0.95,
): readonly CalibrationPoint[] {
  requireRepeats(repeats);
  const minimum = Math.max(...repeats.map((probability) => probability.reduce((a, b) => Math.min(a, b))));
  const maximum = Math.min(...repeats.map((probability) => probability.reduce((a, b) => Math.max(a, b))));
  if (!(minimum < maximum))
    throw new NumericalError(
      "a calibration curve needs predictions that differ; got one value; report calibration in the large",
    );
  const at = evenGrid(minimum, maximum);
  const curves = repeats.map((probability) => calibrationCurve(outcome, probability, { at, level }));
  return curves[0].map(({ predicted }, k) => {
    const observed = mean(curves.map((curve) => curve[k].observed));
    const halfWidth = meanHalfWidth(curves.map((curve) => curve[k]));
    return { predicted, observed, lower: observed - halfWidth, upper: observed + halfWidth };
  });
}

/**
 * The mean over repeats of the decision curve.
 *
 * @param outcome As `decisionCurve`.
 * @param repeats Predicted risk in [0, 1], one array of shape [n] a repeat.
 * @param thresholds As `decisionCurve`.
 * @throws {InputError} No repeat, or as `decisionCurve`.
 */
export function pooledDecisionCurve(
  outcome: Uint8Array,
  repeats: readonly Float64Array[],
  thresholds: ArrayLike<number>,
): readonly DecisionCurvePoint[] {
  requireRepeats(repeats);
  const curves = repeats.map((probability) => decisionCurve(outcome, probability, thresholds));
  return curves[0].map((point, k) => ({
    ...point,
    netBenefit: mean(curves.map((curve) => curve[k].netBenefit)),
    avoidedPer100: mean(curves.map((curve) => curve[k].avoidedPer100)),
    standardisedNetBenefit:
      point.standardisedNetBenefit === null
        ? null
        : mean(curves.map((curve) => curve[k].standardisedNetBenefit ?? 0)),
  }));
}

/**
 * How a method is printed when it was applied to every repeat.
 *
 * @param method The method of one repeat.
 * @param repeats Number of repeats.
 * @example pooledMethod("DeLong", 20) // => "DeLong; mean over 20 repeats, interval from the mean of their variances"
 */
export function pooledMethod(method: string, repeats: number): string {
  if (repeats === 1) return method;
  return `${method}; mean over ${repeats} repeats, interval from the mean of their variances`;
}

/** Root of the mean squared half width, which is the half width of the mean variance. */
function meanHalfWidth(intervals: readonly { readonly lower: number; readonly upper: number }[]): number {
  return Math.sqrt(mean(intervals.map(({ lower, upper }) => ((upper - lower) * (upper - lower)) / 4)));
}

function requireRepeats(repeats: readonly unknown[]): void {
  if (repeats.length === 0)
    throw new InputError("pooled measures need predictions of a repeat; got none; evaluate one repeat");
}
