import type { Estimate } from "./estimate.ts";
import { twoSidedNormal } from "./estimate.ts";
import { countClasses, requireClasses } from "./predictions.ts";
import { auc } from "./roc.ts";

/**
 * AUC with Newcombe's score-type interval, which has width also where the classes separate perfectly.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param score Higher means more likely positive; shape [n].
 * @param level Confidence level in (0, 1).
 * @returns Limits in [0, 1]: the AUCs that lie a normal quantile of their own standard errors from the estimate.
 * @throws {InputError} As `auc`, or a level outside (0, 1).
 * @source Newcombe 2006, Stat Med 25:559-573, method 5: Hanley and McNeil's variance with both class sizes in its
 *   correction terms replaced by their mean.
 * @example newcombeAuc(Uint8Array.of(0, 0, 0, 1, 1, 1), Float64Array.of(1, 2, 3, 4, 5, 6)).upper // => 1
 */
export function newcombeAuc(outcome: Uint8Array, score: Float64Array, level = 0.95): Estimate {
  const { positives, negatives } = requireClasses(countClasses(outcome), 1, "an AUC");
  const value = auc(outcome, score);
  const z = twoSidedNormal(level);
  const pairs = positives * negatives;
  const others = (positives + negatives) / 2 - 1;
  const variance = (area: number) =>
    (area * (1 - area) * (1 + others * ((1 - area) / (2 - area) + area / (1 + area)))) / pairs;
  // Inside the interval the distance is shorter than the quantile times the standard error at that AUC.
  const isInside = (area: number) => (value - area) * (value - area) <= z * z * variance(area);
  const limit = (end: 0 | 1) => {
    if (value === end) return value;
    let [inside, outside] = [value, end as number];
    for (let step = 0; step < 60; step++) {
      const middle = (inside + outside) / 2;
      if (isInside(middle)) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return { value, lower: limit(0), upper: limit(1), method: "Newcombe's score interval" };
}
