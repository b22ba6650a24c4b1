import { InputError, NumericalError } from "../errors.ts";
import { log, logistic } from "../math/elementary.ts";
import { type Estimate, waldEstimate } from "./estimate.ts";
import { placementAuc, placementCovariance, placements } from "./placements.ts";

/**
 * Area under the ROC curve with DeLong's Wald interval, clipped to [0, 1].
 *
 * @param outcome 1 = nodal metastasis, 0 = none; shape [n], at least two patients of each.
 * @param score Higher means more likely positive, on any monotone scale; shape [n]. The direction is never flipped.
 * @param level Confidence level in (0, 1).
 * @returns AUC in [0, 1]. The interval has zero width when the classes separate perfectly.
 * @throws {InputError} Unequal lengths, an outcome that is not 0 or 1, a non-finite score, a class of fewer than two.
 * @source DeLong et al. 1988, Biometrics 44:837-845.
 * @example delongAuc(Uint8Array.of(0, 0, 1, 1), Float64Array.of(0.1, 0.4, 0.35, 0.8)).value // => 0.75
 */
export function delongAuc(outcome: Uint8Array, score: Float64Array, level = 0.95): Estimate {
  const components = placements(outcome, score);
  const standardError = Math.sqrt(placementCovariance(components, components));
  return waldEstimate({ value: placementAuc(components), standardError, level, method: "DeLong" }, [0, 1]);
}

/**
 * Area under the ROC curve with DeLong's interval made on the logit scale, which stays inside (0, 1).
 *
 * @param outcome As {@link delongAuc}.
 * @param score As {@link delongAuc}.
 * @param level Confidence level in (0, 1).
 * @throws {InputError} As {@link delongAuc}.
 * @throws {NumericalError} The AUC is exactly 0 or 1, which has no logit.
 * @source Pepe 2003, The Statistical Evaluation of Medical Tests for Classification and Prediction, section 5.2.
 */
export function delongLogitAuc(outcome: Uint8Array, score: Float64Array, level = 0.95): Estimate {
  const components = placements(outcome, score);
  const value = placementAuc(components);
  if (value === 0 || value === 1)
    throw new NumericalError(
      `an AUC interval on the logit scale needs an AUC between 0 and 1; got ${value}; use the Wald interval`,
    );
  const standardError = Math.sqrt(placementCovariance(components, components)) / (value * (1 - value));
  const onLogit = waldEstimate({ value: log(value / (1 - value)), standardError, level, method: "" });
  return {
    value,
    lower: logistic(onLogit.lower),
    upper: logistic(onLogit.upper),
    method: "DeLong on the logit scale",
  };
}

/**
 * DeLong's variance of the AUC.
 *
 * @param outcome As {@link delongAuc}.
 * @param score As {@link delongAuc}.
 * @returns At least 0; 0 for a perfect or a constant score.
 * @throws {InputError} As {@link delongAuc}.
 * @example delongVariance(Uint8Array.of(0, 0, 1, 1), Float64Array.of(0.1, 0.4, 0.35, 0.8)) // => 0.125
 */
export function delongVariance(outcome: Uint8Array, score: Float64Array): number {
  const components = placements(outcome, score);
  return placementCovariance(components, components);
}

/**
 * DeLong's covariance matrix of the AUCs of several scores of the same patients.
 *
 * @param outcome As {@link delongAuc}.
 * @param scores One score or more, each as in {@link delongAuc}.
 * @returns Symmetric rows of k numbers, in the order of `scores`.
 * @throws {InputError} No score, or as {@link delongAuc}.
 */
export function delongCovariance(
  outcome: Uint8Array,
  scores: readonly Float64Array[],
): readonly (readonly number[])[] {
  if (scores.length === 0)
    throw new InputError("DeLong's covariance needs a score; got none; pass one score a model");
  const components = scores.map((score) => placements(outcome, score));
  return components.map((first) => components.map((second) => placementCovariance(first, second)));
}
