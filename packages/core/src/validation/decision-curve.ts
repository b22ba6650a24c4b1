import { InputError } from "../errors.ts";
import { type ClassCounts, requireClasses, requireProbabilities } from "./predictions.ts";
import { countBelow, sortClasses } from "./sorted-classes.ts";

/** Net benefit of a model at one threshold; that of treating nobody is 0. */
export interface DecisionCurvePoint {
  readonly threshold: number;
  readonly netBenefit: number;
  /** Net benefit of treating everybody. */
  readonly treatAll: number;
  /** Treatments avoided per 100 patients at equal net benefit, against treating everybody. */
  readonly avoidedPer100: number;
  /** Net benefit divided by its maximum, the prevalence; null without events. */
  readonly standardisedNetBenefit: number | null;
  /** Bootstrap interval of the net benefit, where one was asked for. */
  readonly lower?: number;
  readonly upper?: number;
}

/** Shares of all patients at one threshold. */
export interface TreatedShares {
  readonly truePositives: number;
  readonly falsePositives: number;
}

/**
 * Net benefit of treating the patients whose probability is at or above each threshold.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param probability Predicted risk in [0, 1]; shape [n].
 * @param thresholds Each in (0, 1).
 * @param prevalence Of the population, where the patients are a case-control sample; the patients' own without it.
 * @returns One point a threshold, in the order given.
 * @throws {InputError} A threshold outside (0, 1), unequal lengths, a probability outside [0, 1]; with a prevalence also
 *   a class without patients or a prevalence outside (0, 1).
 * @source Vickers & Elkin 2006, Med Decis Making 26:565-574; avoided: Vickers et al. 2008, BMC Med Inform Decis Mak 8:53.
 * @example decisionCurve(Uint8Array.of(0, 1), Float64Array.of(0.1, 0.9), [0.5])[0].netBenefit // => 0.5
 */
export function decisionCurve(
  outcome: Uint8Array,
  probability: Float64Array,
  thresholds: ArrayLike<number>,
  prevalence?: number,
): readonly DecisionCurvePoint[] {
  const counts = requireProbabilities(outcome, probability);
  const share = prevalence ?? counts.positives / outcome.length;
  return treatedShares(outcome, probability, thresholds, prevalence).map((treated, k) => {
    const threshold = thresholds[k];
    const odds = threshold / (1 - threshold);
    const netBenefit = treated.truePositives - treated.falsePositives * odds;
    const treatAll = share - (1 - share) * odds;
    return {
      threshold,
      netBenefit,
      treatAll,
      avoidedPer100: (100 * (netBenefit - treatAll)) / odds,
      standardisedNetBenefit: share === 0 ? null : netBenefit / share,
    };
  });
}

/**
 * True and false positives as shares of all patients, at each threshold.
 *
 * @param outcome As {@link decisionCurve}.
 * @param probability As {@link decisionCurve}.
 * @param thresholds As {@link decisionCurve}.
 * @param prevalence As {@link decisionCurve}.
 * @throws {InputError} As {@link decisionCurve}.
 */
export function treatedShares(
  outcome: Uint8Array,
  probability: Float64Array,
  thresholds: ArrayLike<number>,
  prevalence?: number,
): readonly TreatedShares[] {
  const counts = requireProbabilities(outcome, probability);
  const { positive, negative } = sortClasses(outcome, probability);
  const [ofPositive, ofNegative] = patientWeights(counts, prevalence);
  return Array.from(thresholds, (threshold) => {
    requireThreshold(threshold);
    return {
      truePositives: (positive.length - countBelow(positive, threshold)) * ofPositive,
      falsePositives: (negative.length - countBelow(negative, threshold)) * ofNegative,
    };
  });
}

/**
 * Nothing for a threshold that a decision curve can use.
 *
 * @throws {InputError} The threshold lies outside (0, 1).
 */
export function requireThreshold(threshold: number): void {
  if (!(threshold > 0 && threshold < 1))
    throw new InputError(`a decision curve needs thresholds between 0 and 1; got ${threshold}; leave it out`);
}

/** What one patient of each class stands for. */
function patientWeights(counts: ClassCounts, prevalence: number | undefined): readonly [number, number] {
  const n = counts.positives + counts.negatives;
  if (prevalence === undefined) return [1 / n, 1 / n];
  if (!(prevalence > 0 && prevalence < 1))
    throw new InputError(`a prevalence needs a number between 0 and 1; got ${prevalence}; correct it`);
  requireClasses(counts, 1, "a decision curve at another prevalence");
  return [prevalence / counts.positives, (1 - prevalence) / counts.negatives];
}
