import { requireScores } from "./predictions.ts";

/** The scores of each class in ascending order. */
export interface SortedClasses {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
}

/**
 * The scores of each class in ascending order.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param score Any finite number a patient; shape [n].
 * @throws {InputError} As `requireScores`.
 */
export function sortClasses(outcome: Uint8Array, score: Float64Array): SortedClasses {
  requireScores(outcome, score);
  return {
    positive: score.filter((_, i) => outcome[i] === 1).toSorted(),
    negative: score.filter((_, i) => outcome[i] === 0).toSorted(),
  };
}

/**
 * How many of the ascending values are below a number.
 *
 * @param sorted Ascending values.
 * @returns A count from 0 to the number of values.
 * @example countBelow(Float64Array.of(1, 2, 2, 3), 2) // => 1
 */
export function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How many of the ascending values are at or below a number.
 *
 * @param sorted Ascending values.
 * @returns A count from 0 to the number of values.
 * @example countUpTo(Float64Array.of(1, 2, 2, 3), 2) // => 3
 */
export function countUpTo(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
