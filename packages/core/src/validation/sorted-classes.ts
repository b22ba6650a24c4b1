import { requireScores } from "./predictions.ts";

/** The scores of each class. */
export interface ScoresByClass {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
}

/**
 * The scores of each class in the patients' order.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param score Any finite number a patient; shape [n].
 * @throws {InputError} As `requireScores`.
 * @example partitionByClass(Uint8Array.of(1, 0, 1), Float64Array.of(3, 2, 1)).positive // => [3,1]
 */
export function partitionByClass(outcome: Uint8Array, score: Float64Array): ScoresByClass {
  const { positives, negatives } = requireScores(outcome, score);
  const [positive, negative] = [new Float64Array(positives), new Float64Array(negatives)];
  let [atPositive, atNegative] = [0, 0];
  for (let i = 0; i < outcome.length; i++) {
    if (outcome[i] === 1) positive[atPositive++] = score[i];
    else negative[atNegative++] = score[i];
  }
  return { positive, negative };
}

/**
 * The scores of each class in ascending order.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param score Any finite number a patient; shape [n].
 * @throws {InputError} As `requireScores`.
 * @example sortClasses(Uint8Array.of(1, 0, 1), Float64Array.of(3, 2, 1)).positive // => [1,3]
 */
export function sortClasses(outcome: Uint8Array, score: Float64Array): ScoresByClass {
  const { positive, negative } = partitionByClass(outcome, score);
  return { positive: positive.toSorted(), negative: negative.toSorted() };
}

/**
 * How many of the ascending values are below a number.
 *
 * @param sorted Ascending values.
 * @returns A count from 0 to the number of values.
 * @example countBelow(Float64Array.of(1, 2, 2, 3), 2) // => 1
 */
export function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
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
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Twice the number of ascending values below a number, those equal to it counted half.
 *
 * @param sorted Ascending values.
 * @returns An integer from 0 to twice the number of values.
 * @example doubledRank(Float64Array.of(1, 2, 2, 3), 2) // => 4
 */
export function doubledRank(sorted: Float64Array, value: number): number {
  const below = countBelow(sorted, value);
  const tied = below < sorted.length && sorted[below] === value;
  return below + (tied ? countUpTo(sorted, value) : below);
}
