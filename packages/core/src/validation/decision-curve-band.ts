import { InputError } from "../errors.ts";
import { sampleStandardDeviation, sortedQuantile } from "../math/statistics.ts";
import { requireThreshold } from "./decision-curve.ts";
import { requireProbabilities } from "./predictions.ts";
import { countUpTo } from "./sorted-classes.ts";

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
  return intervals(thresholds, bootstrapped(outcome, repeats, thresholds, { resamples, gain: netBenefit }));
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
    bootstrapped(outcome, repeats, thresholds, { resamples, gain: netBenefit }),
  );
  return intervals(
    thresholds,
    first.map((values, k) => values.map((value, b) => value - second[k][b])),
  );
}

/**
 * Percentile intervals of the interventions avoided per 100 patients, against treating everybody.
 *
 * @param outcome As {@link netBenefitBand}.
 * @param repeats As {@link netBenefitBand}.
 * @param thresholds As {@link netBenefitBand}.
 * @param resamples As {@link netBenefitBand}.
 * @returns As {@link netBenefitBand}; the prevalence is that of each sample.
 * @throws {InputError} As {@link netBenefitBand}.
 * @source Vickers et al. 2008, BMC Med Inform Decis Mak 8:53.
 */
export function interventionsAvoidedBand(
  outcome: Uint8Array,
  repeats: readonly Float64Array[],
  thresholds: ArrayLike<number>,
  resamples: readonly Int32Array[],
): readonly NetBenefitInterval[] {
  return intervals(
    thresholds,
    bootstrapped(outcome, repeats, thresholds, { resamples, gain: avoidedPer100 }),
  );
}

/** Shares of a sample: treated with and without the event, and all with it. */
type Gain = (truePositives: number, falsePositives: number, prevalence: number, odds: number) => number;

const netBenefit: Gain = (truePositives, falsePositives, _, odds) => truePositives - falsePositives * odds;

/** True negatives less the missed events that they are worth, per 100. */
const avoidedPer100: Gain = (truePositives, falsePositives, prevalence, odds) =>
  100 * (1 - prevalence - falsePositives - (prevalence - truePositives) / odds);

function intervals(
  thresholds: ArrayLike<number>,
  replicates: readonly Float64Array[],
): readonly NetBenefitInterval[] {
  return replicates.map((values, k) => {
    const ascending = values.toSorted();
    return {
      threshold: thresholds[k],
      lower: sortedQuantile(ascending, 0.025),
      upper: sortedQuantile(ascending, 0.975),
      standardError: sampleStandardDeviation(values),
    };
  });
}

/** The gain of every sample, one array a threshold. */
function bootstrapped(
  outcome: Uint8Array,
  repeats: readonly Float64Array[],
  thresholds: ArrayLike<number>,
  { resamples, gain }: { readonly resamples: readonly Int32Array[]; readonly gain: Gain },
): readonly Float64Array[] {
  if (repeats.length === 0 || resamples.length < 2)
    throw new InputError(
      `a bootstrap band needs predictions and at least two samples; got ${repeats.length} and ${resamples.length}; draw 1000 samples`,
    );
  for (let k = 0; k < thresholds.length; k++) requireThreshold(thresholds[k]);
  for (const probability of repeats) requireProbabilities(outcome, probability);
  const ascending = Float64Array.from(thresholds).toSorted();
  // A patient is treated at the thresholds below this position.
  const reach = repeats.map((probability) => Uint32Array.from(probability, (p) => countUpTo(ascending, p)));
  const place = Uint32Array.from(thresholds, (threshold) => countUpTo(ascending, threshold) - 1);
  const replicates = Array.from(thresholds, () => new Float64Array(resamples.length));
  const [events, others] = [new Float64Array(ascending.length + 1), new Float64Array(ascending.length + 1)];
  resamples.forEach((rows, b) => {
    const total = countTreated(outcome, reach, rows, [events, others]);
    const size = rows.length * repeats.length;
    for (let k = 0; k < thresholds.length; k++) {
      const odds = thresholds[k] / (1 - thresholds[k]);
      const at = place[k];
      replicates[k][b] = gain(events[at] / size, others[at] / size, total / rows.length, odds);
    }
  });
  return replicates;
}

/** Fills in how many patients of a sample each threshold treats, with and without the event; returns the events. */
function countTreated(
  outcome: Uint8Array,
  reach: readonly Uint32Array[],
  rows: Int32Array,
  [events, others]: readonly [Float64Array, Float64Array],
): number {
  const n = outcome.length;
  events.fill(0);
  others.fill(0);
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!(row >= 0 && row < n))
      throw new InputError(`a bootstrap sample needs rows from 0 to ${n - 1}; got another; draw it again`);
    total += outcome[row];
  }
  for (const positions of reach)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (outcome[row] === 1) events[positions[row]] += 1;
      else others[positions[row]] += 1;
    }
  // Position p stands for the thresholds 0..p-1, so threshold k treats all positions above it.
  let [eventsAbove, othersAbove] = [0, 0];
  for (let k = events.length - 1; k >= 0; k--) {
    const [ofEvents, ofOthers] = [events[k], others[k]];
    events[k] = eventsAbove;
    others[k] = othersAbove;
    eventsAbove += ofEvents;
    othersAbove += ofOthers;
  }
  return total;
}
