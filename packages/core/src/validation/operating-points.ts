import { requireClasses, requireScores, type ClassCounts } from "./predictions.ts";
import { countBelow, sortClasses } from "./sorted-classes.ts";

/** What every possible cut-off of a score does; cut-offs are the distinct scores, from the highest to the lowest. */
export interface OperatingPoints extends ClassCounts {
  /** Patients at or above it are called positive. */
  readonly thresholds: Float64Array;
  /** Patients with the event who are called, one count a threshold. */
  readonly truePositives: Float64Array;
  /** Patients without the event who are called, one count a threshold. */
  readonly falsePositives: Float64Array;
}

/**
 * Counts of called patients at every distinct score.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param score Higher means more likely positive, on any scale; shape [n].
 * @returns One point a distinct score; tied scores share a point. The last calls everybody.
 * @throws {InputError} As `requireScores`, or a class without patients.
 * @example operatingPoints(Uint8Array.of(0, 1, 1), Float64Array.of(0.2, 0.2, 0.9)).thresholds.length // => 2
 */
export function operatingPoints(outcome: Uint8Array, score: Float64Array): OperatingPoints {
  const counts = requireClasses(requireScores(outcome, score), 1, "an operating point");
  const { positive, negative } = sortClasses(outcome, score);
  const ascending = score.toSorted();
  const thresholds = ascending.filter((value, i) => i === 0 || value !== ascending[i - 1]).reverse();
  return {
    ...counts,
    thresholds,
    truePositives: thresholds.map((value) => positive.length - countBelow(positive, value)),
    falsePositives: thresholds.map((value) => negative.length - countBelow(negative, value)),
  };
}
