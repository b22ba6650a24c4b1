import { InputError } from "../errors.ts";
import { quantile, sampleStandardDeviation } from "../math/statistics.ts";
import { requireThreshold } from "./decision-curve.ts";
import { requireProbabilities } from "./predictions.ts";

/** Percentile interval of a bootstrapped quantity at one threshold. */
export interface NetBenefitInterval {
  readonly threshold: number;
  readonly lower: number;
  readonly upper: number;
  readonly standardError: number;
}

/**
 * Percentile intervals of the net benefit over bootstrap samples of patients.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param repeats Predicted risk in [0, 1], one array of shape [n] a repeat of cross-validation, or a single one; the net
 *   benefit is the mean over repeats.
 * @param thresholds Each in (0, 1).
 * @param resamples At least two samples of rows, as `bootstrapResamples` draws.
 * @returns 95 % intervals from type-7 quantiles, one a threshold.
 * @throws {InputError} No repeat, fewer than two samples, a row outside the patients, or as `decisionCurve`.
 */
export function netBenefitBand(
  outcome: Uint8Array,
  repeats: readonly Float64Array[],
  thresholds: ArrayLike<number>,
  resamples: readonly Int32Array[],
): readonly NetBenefitInterval[] {
  return intervals(thresholds, bootstrapNetBenefits(outcome, repeats, thresholds, resamples));
}

/**
 * Percentile intervals of the difference of two models' net benefit over bootstrap samples of the same patients.
 *
 * @param outcome As {@link netBenefitBand}.
 * @param models Repeats of the first model and of the second; the difference is first minus second.
 * @param thresholds As {@link netBenefitBand}.
 * @param resamples As {@link netBenefitBand}.
 * @throws {InputError} As {@link netBenefitBand}.
 */
export function netBenefitDifferenceBand(
  outcome: Uint8Array,
  models: readonly [first: readonly Float64Array[], second: readonly Float64Array[]],
  thresholds: ArrayLike<number>,
  resamples: readonly Int32Array[],
): readonly NetBenefitInterval[] {
  const [first, second] = models.map((repeats) =>
    bootstrapNetBenefits(outcome, repeats, thresholds, resamples),
  );
  return intervals(
    thresholds,
    first.map((values, k) => values.map((value, b) => value - second[k][b])),
  );
}

function intervals(
  thresholds: ArrayLike<number>,
  replicates: readonly Float64Array[],
): readonly NetBenefitInterval[] {
  return replicates.map((values, k) => ({
    threshold: thresholds[k],
    lower: quantile(values, 0.025),
    upper: quantile(values, 0.975),
    standardError: sampleStandardDeviation(values),
  }));
}

/** Net benefit of every sample, one array a threshold. */
function bootstrapNetBenefits(
  outcome: Uint8Array,
  repeats: readonly Float64Array[],
  thresholds: ArrayLike<number>,
  resamples: readonly Int32Array[],
): readonly Float64Array[] {
  if (repeats.length === 0 || resamples.length < 2)
    throw new InputError(
      `a bootstrap band needs predictions and at least two samples; got ${repeats.length} and ${resamples.length}; draw 1000 samples`,
    );
  for (let k = 0; k < thresholds.length; k++) requireThreshold(thresholds[k]);
  const n = outcome.length;
  const gains = meanGains(outcome, repeats, thresholds);
  const replicates = gains.map(() => new Float64Array(resamples.length));
  resamples.forEach((rows, b) => {
    if (rows.some((row) => !(row >= 0 && row < n)))
      throw new InputError(`a bootstrap sample needs rows from 0 to ${n - 1}; got another; draw it again`);
    gains.forEach((gain, k) => {
      let total = 0;
      for (const row of rows) total += gain[row];
      replicates[k][b] = total / rows.length;
    });
  });
  return replicates;
}

/** What each patient adds to the net benefit, the mean over repeats; one array a threshold. */
function meanGains(
  outcome: Uint8Array,
  repeats: readonly Float64Array[],
  thresholds: ArrayLike<number>,
): readonly Float64Array[] {
  for (const probability of repeats) requireProbabilities(outcome, probability);
  return Array.from(thresholds, (threshold) => {
    const gains = Float64Array.from(outcome, (event) => (event === 1 ? 1 : -threshold / (1 - threshold)));
    return gains.map((gain, i) => {
      let treated = 0;
      for (const probability of repeats) if (probability[i] >= threshold) treated += 1;
      return (gain * treated) / repeats.length;
    });
  });
}
