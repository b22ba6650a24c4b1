import { exp } from "./elementary.ts";

/**
 * Gini's mean difference: the mean absolute difference of two values drawn without replacement, in one pass after sorting.
 *
 * @param values Finite, at least two.
 * @returns At least 0; NaN of fewer than two values. Of the linear predictor it is Harrell's g.
 * @source David 1968, Biometrika 55:573-575.
 * @example giniMeanDifference([1, 2, 4]) // => 2
 */
export function giniMeanDifference(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort((a, b) => a - b);
  const n = sorted.length;
  if (n < 2) return NaN;
  // From the middle value, so that large values keep their digits.
  const origin = sorted[n >> 1];
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (2 * i - n + 1) * (sorted[i] - origin);
  return (2 * sum) / (n * (n - 1));
}

/**
 * The factor of odds between two patients who differ by the mean difference of the linear predictor: Harrell's g_r.
 *
 * @param linear Linear predictor, shape [n].
 * @example giniOddsRatio([0, 0]) // => 1
 */
export function giniOddsRatio(linear: ArrayLike<number>): number {
  return exp(giniMeanDifference(linear));
}
