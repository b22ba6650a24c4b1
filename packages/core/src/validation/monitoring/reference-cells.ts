import { normalQuantile } from "../../math/normal.ts";

/** The distribution of a quantity among patients of a reference, in cells of at least {@link LEAST_COUNT} of them. */
export interface ReferenceCells {
  /** Upper limits of all cells but the last, ascending; a value on a limit lies below it. */
  readonly upTo: readonly number[];
  /** Patients in each cell; one more than `upTo`. */
  readonly counts: readonly number[];
}

/** A cell holds at least so many patients, so that none can be told from it. */
export const LEAST_COUNT = 10;
/** And at least this share of them. */
const LEAST_SHARE = 0.05;

/**
 * The distribution of some values, coarse enough to leave no patient in sight: cells of equal values or neighbouring ones.
 *
 * @param values NaN where missing, which is left out.
 * @returns At most 20 cells, limits between neighbouring values with six digits; one cell where the values hardly differ.
 * @example referenceCells(Float64Array.from({ length: 40 }, (_, i) => (i < 12 ? 0 : 1))) // => {"upTo":[0.5],"counts":[12,28]}
 */
export function referenceCells(values: ArrayLike<number>): ReferenceCells {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  const most = Math.max(1, Math.floor(sorted.length / Math.max(LEAST_COUNT, LEAST_SHARE * sorted.length)));
  const least = Math.max(LEAST_COUNT, Math.floor(sorted.length / most));
  const upTo: number[] = [];
  const counts: number[] = [];
  let start = 0;
  for (let end = 1; end < sorted.length; end++) {
    const isDue = end >= ((upTo.length + 1) * sorted.length) / most;
    if (!isDue || end - start < least || sorted.length - end < least || sorted[end] === sorted[end - 1])
      continue;
    const limit = Number(((sorted[end - 1] + sorted[end]) / 2).toPrecision(6));
    // A limit that rounding moved beyond a neighbour would miscount.
    if (!(limit >= sorted[end - 1] && limit < sorted[end])) continue;
    upTo.push(limit);
    counts.push(end - start);
    start = end;
  }
  return { upTo, counts: [...counts, sorted.length - start] };
}

/**
 * The cell of a value.
 *
 * @returns Index into `counts`.
 * @example cellOf({ upTo: [0.5, 2], counts: [10, 10, 10] }, 2) // => 1
 */
export function cellOf({ upTo }: ReferenceCells, value: number): number {
  let [low, high] = [0, upTo.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= upTo[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Normal scores of the cells: the normal quantile of the middle rank of each, with mean 0 and variance 1 over the patients
 * of the reference. They depend on ranks alone, so that one stray value moves no mean.
 *
 * @returns One per cell, ascending; 0 where there is one cell.
 * @source Van der Waerden's scores, Blom's form aside: the middle of a cell stands for its patients.
 */
export function cellScores({ counts }: ReferenceCells): Float64Array {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let before = 0;
  const scores = Float64Array.from(counts, (count) => {
    before += count;
    return normalQuantile((before - count / 2) / all);
  });
  const mean = scores.reduce((sum, score, cell) => sum + score * counts[cell], 0) / all;
  const variance =
    scores.reduce((sum, score, cell) => sum + (score - mean) * (score - mean) * counts[cell], 0) / all;
  return scores.map((score) => (variance > 0 ? (score - mean) / Math.sqrt(variance) : 0));
}
