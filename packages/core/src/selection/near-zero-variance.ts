/** The most frequent value may be at most this many times as frequent as the next. */
const LARGEST_RATIO = 95 / 5;
/** Only columns with at most this share of different values are looked at. */
const LARGEST_DISTINCT_SHARE = 0.1;

/**
 * Whether a column hardly varies: one value dominates and there are few different ones.
 *
 * @param values NaN where missing; missing values do not count.
 * @returns True for a column without two different values.
 * @source Kuhn 2008, J Stat Softw 28(5), section 3: frequency ratio above 95/5 and at most 10 per cent different values.
 * @example hasNearZeroVariance([0, 0, 0, 0]) // => true
 */
export function hasNearZeroVariance(values: ArrayLike<number>): boolean {
  const counts = new Map<number, number>();
  let present = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    present++;
    counts.set(values[i], (counts.get(values[i]) ?? 0) + 1);
  }
  if (counts.size < 2) return true;
  if (counts.size > LARGEST_DISTINCT_SHARE * present) return false;
  let [first, second] = [0, 0];
  for (const count of counts.values())
    if (count > first) [first, second] = [count, first];
    else second = Math.max(second, count);
  return first > LARGEST_RATIO * second;
}
