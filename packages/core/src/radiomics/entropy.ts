import { log2 } from "../math/elementary.ts";

/** n log2(n) of small counts, which texture matrices are full of; n log2(n) of 0 is 0, its limit. */
const tabulated = Float64Array.from({ length: 4096 }, (_, n) => (n < 2 ? 0 : n * log2(n)));

/**
 * n log2(n) of a count, the term that entropies are sums of.
 *
 * @param count At least 0, a whole number unless counts are weighted.
 * @example countLogCount(8) // => 24
 */
export function countLogCount(count: number): number {
  if (count < tabulated.length && Number.isInteger(count)) return tabulated[count];
  return count * log2(count);
}

/**
 * Entropy in bits of the distribution that counts describe.
 *
 * @param counts Whole numbers of at least 0.
 * @param total Their sum, above 0.
 * @returns At least 0; 0 where one count holds all.
 * @example entropyOfCounts(Float64Array.of(1, 1, 2), 4) // => 1.5
 */
export function entropyOfCounts(counts: Float64Array, total: number): number {
  let sum = 0;
  for (const count of counts) sum += countLogCount(count);
  return entropyFromSum(sum, total);
}

/**
 * Entropy in bits from the sum of n log2(n) over the cells of a matrix: log2(N) - sum / N.
 *
 * @example entropyFromSum(2, 4) // => 1.5
 */
export function entropyFromSum(sum: number, total: number): number {
  const entropy = log2(total) - sum / total;
  // Rounding: two cells or more have an entropy of at least log2(N) / N.
  return entropy < 1e-12 ? 0 : entropy;
}
