import { InputError } from "../errors.ts";
import { radixOrder } from "../math/radix-order.ts";
import { type ClassCounts, requireClasses, requireScores } from "./predictions.ts";

/** Patients grouped by equal scores, the groups in ascending order of the score. */
export interface ScoreGroups {
  readonly outcome: Uint8Array;
  /** Group of every patient. */
  readonly groupOf: Uint32Array;
  /** Score of every group, ascending. */
  readonly scores: Float64Array;
}

/** How many patients of each class a sample holds in every group of equal scores. */
export interface GroupCounts extends ClassCounts {
  readonly ofPositives: Float64Array;
  readonly ofNegatives: Float64Array;
}

/**
 * Patients grouped by equal scores: ranked once, counted in every sample.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param score Any finite number a patient; shape [n].
 * @throws {InputError} A class without patients, unequal lengths, or a score that is not finite.
 * @example scoreGroups(Uint8Array.of(0, 1, 1), Float64Array.of(0.2, 0.9, 0.2)).scores // => [0.2,0.9]
 */
export function scoreGroups(outcome: Uint8Array, score: Float64Array): ScoreGroups {
  requireClasses(requireScores(outcome, score), 1, "a ROC curve");
  const order = radixOrder(score);
  const groupOf = new Uint32Array(order.length);
  const scores = new Float64Array(order.length);
  let groups = 0;
  for (let k = 0; k < order.length; k++) {
    const value = score[order[k]];
    if (k === 0 || value !== scores[groups - 1]) scores[groups++] = value;
    groupOf[order[k]] = groups - 1;
  }
  return { outcome, groupOf, scores: scores.slice(0, groups) };
}

/**
 * A measure of the patients themselves and of every sample of them.
 *
 * @param groups From {@link scoreGroups}.
 * @param resamples Rows of each sample.
 * @param measure Of the counts of a sample, which are valid during the call only.
 * @returns The value of all patients, and one a sample; NaN where a sample lacks a class.
 * @throws {InputError} No sample, or a row outside the patients.
 */
export function measureResamples(
  groups: ScoreGroups,
  resamples: readonly Int32Array[],
  measure: (counts: GroupCounts) => number,
): { readonly value: number; readonly replicates: Float64Array } {
  const { outcome, groupOf, scores } = groups;
  const n = outcome.length;
  if (resamples.length === 0) throw new InputError("a bootstrap needs samples; got none; draw 2000");
  const [ofPositives, ofNegatives] = [new Float64Array(scores.length), new Float64Array(scores.length)];
  const measured = (rows: Int32Array): number => {
    ofPositives.fill(0);
    ofNegatives.fill(0);
    let positives = 0;
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k];
      if (!(row >= 0 && row < n))
        throw new InputError(`a bootstrap sample needs rows from 0 to ${n - 1}; got another; draw it again`);
      if (outcome[row] === 1) {
        positives += 1;
        ofPositives[groupOf[row]] += 1;
      } else ofNegatives[groupOf[row]] += 1;
    }
    const negatives = rows.length - positives;
    if (positives === 0 || negatives === 0) return NaN;
    return measure({ ofPositives, ofNegatives, positives, negatives });
  };
  return {
    value: measured(Int32Array.from(outcome.keys())),
    replicates: Float64Array.from(resamples, measured),
  };
}

/**
 * AUC of the patients that are counted.
 *
 * @returns In [0, 1].
 */
export function aucOfCounts({ ofPositives, ofNegatives, positives, negatives }: GroupCounts): number {
  let [below, doubled] = [0, 0];
  for (let g = 0; g < ofPositives.length; g++) {
    doubled += ofPositives[g] * (2 * below + ofNegatives[g]);
    below += ofNegatives[g];
  }
  return doubled / (2 * positives * negatives);
}
