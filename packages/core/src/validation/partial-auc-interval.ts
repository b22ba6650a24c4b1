import type { Estimate } from "./estimate.ts";
import { waldEstimate } from "./estimate.ts";
import { partialAuc } from "./partial-auc.ts";
import { requireClasses } from "./predictions.ts";
import { type GroupCounts, measureResamples, scoreGroups } from "./score-groups.ts";

/**
 * Area under a part of the ROC curve with an interval like DeLong's, from the placements of both classes.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least two patients of each.
 * @param score Higher means more likely positive; shape [n].
 * @param part Which measure is bounded, and its smallest value, as `partialAuc`.
 * @param level Confidence level in (0, 1).
 * @returns The uncorrected area. With a smallest value of 0 the interval is DeLong's.
 * @throws {InputError} As `partialAuc`, or a class of fewer than two.
 * @source He & Escobar 2008, Stat Med 27:5291-5308; ties are crossed on the slanted step as in the area itself.
 */
export function partialAucEstimate(
  outcome: Uint8Array,
  score: Float64Array,
  part: { readonly axis: "specificity" | "sensitivity"; readonly minimum: number },
  level = 0.95,
): Estimate {
  const { area } = partialAuc(outcome, score, part.axis, part.minimum);
  const all = [Int32Array.from(outcome.keys())];
  const { value: variance } = measureResamples(scoreGroups(outcome, score), all, (counts) => {
    requireClasses(counts, 2, "the variance of a partial AUC");
    return partialVariance(oriented(counts, part.axis), 1 - part.minimum);
  });
  const standardError = Math.sqrt(variance);
  return waldEstimate({ value: area, standardError, level, method: "DeLong-type placements" }, [
    0,
    1 - part.minimum,
  ]);
}

/**
 * Area under a part of the ROC curve of the patients that are counted.
 *
 * @param counts From `measureResamples`.
 * @param axis Which measure is bounded.
 * @param minimum Its smallest value in [0, 1).
 * @returns From 0 to 1 - minimum.
 */
export function partialAreaOfCounts(
  counts: GroupCounts,
  axis: "specificity" | "sensitivity",
  minimum: number,
): number {
  const { ofPositives, ofNegatives, positives, negatives } = oriented(counts, axis);
  const limit = 1 - minimum;
  let [passed, area] = [0, 0];
  for (let g = ofPositives.length - 1; g >= 0; g--) {
    const [start, end] = [passed / negatives, (passed + ofNegatives[g]) / negatives];
    area += (ofPositives[g] / positives) * meanRemainder(start, end, limit);
    passed += ofNegatives[g];
    if (start >= limit) break;
  }
  return area;
}

/** The problem with the bounded measure as specificity: sensitivity is that of the other class, scores reversed. */
function oriented(counts: GroupCounts, axis: "specificity" | "sensitivity"): GroupCounts {
  if (axis === "specificity") return counts;
  return {
    ofPositives: counts.ofNegatives.toReversed(),
    ofNegatives: counts.ofPositives.toReversed(),
    positives: counts.negatives,
    negatives: counts.positives,
  };
}

/** The mean of max(0, limit - u) with u uniform from `start` to `end`: what a patient on a slanted step adds. */
function meanRemainder(start: number, end: number, limit: number): number {
  if (start >= limit) return 0;
  const reach = Math.min(end, limit);
  if (end === start) return limit - start;
  return ((reach - start) * (limit - (start + reach) / 2)) / (end - start);
}

/** Sums of squares of both classes' components about their means, over n (n - 1). */
function partialVariance(
  { ofPositives, ofNegatives, positives, negatives }: GroupCounts,
  limit: number,
): number {
  const groups = ofPositives.length;
  const [first, second] = [new Float64Array(groups), new Float64Array(groups)];
  let passed = 0;
  // Positives that count within the limit, by group; a negative answers for those below it, half of those tied.
  const inside = new Float64Array(groups);
  for (let g = groups - 1; g >= 0; g--) {
    const [start, end] = [passed / negatives, (passed + ofNegatives[g]) / negatives];
    first[g] = meanRemainder(start, end, limit);
    const share =
      end === start ? Number(start < limit) : Math.max(0, Math.min(end, limit) - start) / (end - start);
    inside[g] = (share * ofPositives[g]) / positives;
    passed += ofNegatives[g];
  }
  let below = 0;
  for (let g = 0; g < groups; g++) {
    second[g] = below + inside[g] / 2;
    below += inside[g];
  }
  return varianceOfMean(first, ofPositives, positives) + varianceOfMean(second, ofNegatives, negatives);
}

function varianceOfMean(values: Float64Array, counts: Float64Array, total: number): number {
  let sum = 0;
  for (let g = 0; g < values.length; g++) sum += counts[g] * values[g];
  const mean = sum / total;
  let squares = 0;
  for (let g = 0; g < values.length; g++) squares += counts[g] * (values[g] - mean) * (values[g] - mean);
  return squares / (total - 1) / total;
}
