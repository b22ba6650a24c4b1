import { operatingPoints } from "./operating-points.ts";
import { requireClasses } from "./predictions.ts";
import { doubledRank, sortClasses } from "./sorted-classes.ts";

/** A point of the ROC curve. */
export interface RocPoint {
  /** Patients at or above it are called positive; null at the corner where nobody is. */
  readonly threshold: number | null;
  readonly sensitivity: number;
  readonly specificity: number;
}

/**
 * The empirical ROC curve with a point for every distinct score.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param score Higher means more likely positive, on any scale; shape [n]. The direction is never flipped.
 * @returns From (sensitivity 0, specificity 1) to (1, 0). Tied scores of both classes give one slanted step.
 * @throws {InputError} A class without patients, unequal lengths, or a score that is not finite.
 * @example rocPoints(Uint8Array.of(0, 1), Float64Array.of(0.2, 0.9))[1] // => {"threshold":0.9,"sensitivity":1,"specificity":1}
 */
export function rocPoints(outcome: Uint8Array, score: Float64Array): readonly RocPoint[] {
  return curve(outcome, score, false);
}

/**
 * The empirical ROC curve without the points that lie on a straight line between their neighbours.
 *
 * @param outcome As {@link rocPoints}.
 * @param score As {@link rocPoints}.
 * @returns The same curve as {@link rocPoints}, drawn with the fewest points.
 * @throws {InputError} As {@link rocPoints}.
 * @example rocCurve(Uint8Array.of(0, 0, 1, 1), Float64Array.of(0.1, 0.2, 0.3, 0.4)).length // => 3
 */
export function rocCurve(outcome: Uint8Array, score: Float64Array): readonly RocPoint[] {
  return curve(outcome, score, true);
}

/**
 * Area under the empirical ROC curve: the chance that a patient with the event scores higher, ties counted half.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param score Higher means more likely positive, on any scale; shape [n]. The direction is never flipped.
 * @returns AUC in [0, 1]; below 0.5 where the score ranks the wrong way.
 * @throws {InputError} A class without patients, unequal lengths, or a score that is not finite.
 * @source Bamber 1975, J Math Psychol 12:387-415.
 * @example auc(Uint8Array.of(0, 0, 1, 1), Float64Array.of(0.1, 0.4, 0.35, 0.8)) // => 0.75
 */
export function auc(outcome: Uint8Array, score: Float64Array): number {
  const { positive, negative } = sortClasses(outcome, score);
  requireClasses({ positives: positive.length, negatives: negative.length }, 1, "an AUC");
  let doubled = 0;
  for (const value of positive) doubled += doubledRank(negative, value);
  return doubled / (2 * positive.length * negative.length);
}

function curve(outcome: Uint8Array, score: Float64Array, cornersOnly: boolean): readonly RocPoint[] {
  const { thresholds, truePositives, falsePositives, positives, negatives } = operatingPoints(outcome, score);
  const points: RocPoint[] = [{ threshold: null, sensitivity: 0, specificity: 1 }];
  let [x, y] = [0, 0];
  for (let k = 0; k < thresholds.length; k++) {
    const [atX, atY] = [falsePositives[k], truePositives[k]];
    const last = k + 1 === thresholds.length;
    // Counts are integers, so the cross product of the two steps is exact.
    const straight =
      !last && (atX - x) * (truePositives[k + 1] - atY) === (atY - y) * (falsePositives[k + 1] - atX);
    if (cornersOnly && straight) continue;
    points.push({
      threshold: thresholds[k],
      sensitivity: atY / positives,
      specificity: (negatives - atX) / negatives,
    });
    [x, y] = [atX, atY];
  }
  return points;
}
