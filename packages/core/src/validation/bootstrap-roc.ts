import { InputError, NumericalError } from "../errors.ts";
import { normalUpper } from "../math/distributions.ts";
import { sampleStandardDeviation, sortedQuantile } from "../math/statistics.ts";
import type { Estimate } from "./estimate.ts";
import { partialAreaOfCounts } from "./partial-auc-interval.ts";
import { aucOfCounts, type GroupCounts, measureResamples, scoreGroups } from "./score-groups.ts";
import type { ThresholdRule } from "./thresholds.ts";

/** Outcome and score of the same patients. */
export interface Scores {
  /** 1 = event, 0 = none; shape [n], at least one patient of each. */
  readonly outcome: Uint8Array;
  /** Higher means more likely positive; shape [n]. */
  readonly score: Float64Array;
}

/** A bootstrap test that two AUCs of the same patients are equal. */
export interface BootstrapTest extends Estimate {
  /** AUC of the first score minus AUC of the second, over the standard deviation of that in the samples. */
  readonly z: number;
  readonly pValue: number;
}

/** A threshold and what it does, each with the uncertainty of the choice itself. */
export interface BootstrapThreshold {
  readonly threshold: Estimate;
  readonly sensitivity: Estimate;
  readonly specificity: Estimate;
}

/**
 * AUC with a percentile bootstrap interval.
 *
 * @param scores Outcome and score.
 * @param resamples From `stratifiedResamples`, as pROC draws by default, or `bootstrapResamples`; 2000 are usual.
 * @param level Confidence level in (0, 1).
 * @returns Type-7 quantiles of the samples that hold both classes; zero width when the classes separate perfectly.
 * @throws {InputError} As `scoreGroups`, or no sample that holds both classes.
 * @source Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 13; pROC's ci.auc(method = "bootstrap").
 */
export function bootstrapAuc(scores: Scores, resamples: readonly Int32Array[], level = 0.95): Estimate {
  const { value, replicates } = measureResamples(
    scoreGroups(scores.outcome, scores.score),
    resamples,
    aucOfCounts,
  );
  return percentileEstimate(value, replicates, level);
}

/**
 * Area under a part of the ROC curve with a percentile bootstrap interval.
 *
 * @param scores Outcome and score.
 * @param part Which measure is bounded, and its smallest value, as `partialAuc`.
 * @param resamples As {@link bootstrapAuc}.
 * @param level Confidence level in (0, 1).
 * @throws {InputError} As `partialAuc`, or no sample that holds both classes.
 * @source pROC's ci.auc(partial.auc = ...), for the uncorrected area.
 */
export function bootstrapPartialAuc(
  scores: Scores,
  part: { readonly axis: "specificity" | "sensitivity"; readonly minimum: number },
  resamples: readonly Int32Array[],
  level = 0.95,
): Estimate {
  const { axis, minimum } = part;
  if (!(minimum >= 0 && minimum < 1))
    throw new InputError(`a partial AUC needs a smallest ${axis} from 0 to below 1; got ${minimum}; use 0.9`);
  const { value, replicates } = measureResamples(
    scoreGroups(scores.outcome, scores.score),
    resamples,
    (counts) => partialAreaOfCounts(counts, axis, minimum),
  );
  return percentileEstimate(value, replicates, level);
}

/**
 * The bootstrap test that two scores of the same patients have equal AUC.
 *
 * @param first Outcome and first score.
 * @param second The other score; shape [n].
 * @param resamples As {@link bootstrapAuc}.
 * @param level Confidence level of the percentile interval in (0, 1).
 * @throws {InputError} As {@link bootstrapAuc}.
 * @throws {NumericalError} The difference is the same in all samples.
 * @source Hanley & McNeil 1983 as pROC's roc.test(method = "bootstrap"): z is the difference over its bootstrap standard
 *   deviation.
 */
export function bootstrapAucTest(
  first: Scores,
  second: Float64Array,
  resamples: readonly Int32Array[],
  level = 0.95,
): BootstrapTest {
  const [a, b] = [first.score, second].map((score) =>
    measureResamples(scoreGroups(first.outcome, score), resamples, aucOfCounts),
  );
  const differences = a.replicates.map((value, k) => value - b.replicates[k]);
  const estimate = percentileEstimate(a.value - b.value, differences, level);
  const deviation = sampleStandardDeviation(differences.filter((value) => !Number.isNaN(value)));
  if (deviation === 0)
    throw new NumericalError(
      "a bootstrap test needs an AUC difference that varies; got one value in all samples; read the difference alone",
    );
  const z = estimate.value / deviation;
  return { ...estimate, z, pValue: 2 * normalUpper(Math.abs(z)) };
}

/**
 * A threshold with percentile intervals that count the uncertainty of choosing it: the rule is applied anew in every sample.
 *
 * @param rule How the threshold is chosen; of a fixed one only sensitivity and specificity vary.
 * @param scores Outcome and score.
 * @param resamples As {@link bootstrapAuc}.
 * @param level Confidence level in (0, 1).
 * @throws {InputError} As {@link bootstrapAuc}, or a maximum outside [0, 1).
 * @source pROC's ci.coords(x = "best"); of several best thresholds the lowest, which misses fewest.
 */
export function bootstrapThreshold(
  rule: ThresholdRule,
  scores: Scores,
  resamples: readonly Int32Array[],
  level = 0.95,
): BootstrapThreshold {
  if (rule.kind === "fnr" && !(rule.maximum >= 0 && rule.maximum < 1))
    throw new InputError(
      `a largest false-negative rate needs a number from 0 to below 1; got ${rule.maximum}; use 0.05`,
    );
  const groups = scoreGroups(scores.outcome, scores.score);
  const bootstrapped = (measure: (counts: GroupCounts) => number) => {
    const { value, replicates } = measureResamples(groups, resamples, measure);
    return percentileEstimate(value, replicates, level);
  };
  const choose = (counts: GroupCounts) => chosenGroup(rule, groups.scores, counts);
  return {
    threshold: bootstrapped((counts) => (rule.kind === "fixed" ? rule.value : groups.scores[choose(counts)])),
    sensitivity: bootstrapped((counts) => from(counts.ofPositives, choose(counts)) / counts.positives),
    specificity: bootstrapped((counts) => 1 - from(counts.ofNegatives, choose(counts)) / counts.negatives),
  };
}

/**
 * An estimate with percentile limits over samples.
 *
 * @param value The estimate on all patients.
 * @param replicates One a sample; NaN where it does not exist there.
 * @param level Confidence level in (0, 1).
 * @returns `method` says how many samples had no value.
 * @throws {InputError} No sample has a value, or a level outside (0, 1).
 */
export function percentileEstimate(value: number, replicates: Float64Array, level: number): Estimate {
  const known = replicates.filter((replicate) => !Number.isNaN(replicate));
  if (!(level > 0 && level < 1) || known.length === 0)
    throw new InputError(
      `a bootstrap interval needs samples with a value and a level between 0 and 1; got ${known.length} samples and ${level}; draw stratified samples`,
    );
  const ascending = known.toSorted();
  const tail = (1 - level) / 2;
  const lost = replicates.length - known.length;
  return {
    value,
    lower: sortedQuantile(ascending, tail),
    upper: sortedQuantile(ascending, 1 - tail),
    method: `bootstrap percentile, ${known.length} samples${lost > 0 ? `, ${lost} without a value left out` : ""}`,
  };
}

/** The lowest group that is called positive; the number of groups where none is. */
function chosenGroup(rule: ThresholdRule, scores: Float64Array, counts: GroupCounts): number {
  const { ofPositives, ofNegatives, positives, negatives } = counts;
  let [called, alarms, best, chosen] = [0, 0, -Infinity, scores.length];
  for (let g = scores.length - 1; g >= 0; g--) {
    if (rule.kind === "fixed" && scores[g] < rule.value) break;
    called += ofPositives[g];
    alarms += ofNegatives[g];
    // A score that the sample does not hold is no threshold of it.
    if (rule.kind !== "fixed" && ofPositives[g] + ofNegatives[g] === 0) continue;
    const merit = rule.kind === "youden" ? called * negatives - alarms * positives : -g;
    if (rule.kind === "fnr") {
      if ((positives - called) / positives <= rule.maximum) return g;
    } else if (rule.kind === "fixed" || merit >= best) [best, chosen] = [merit, g];
  }
  return chosen;
}

function from(counts: Float64Array, group: number): number {
  let sum = 0;
  for (let g = group; g < counts.length; g++) sum += counts[g];
  return sum;
}
