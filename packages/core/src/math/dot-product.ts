/**
 * The sum of products of two stretches of numbers, in an order that never changes.
 *
 * @param a Holds the first stretch, `a[aStart .. aStart + length - 1]`.
 * @param b Holds the second stretch from index 0.
 * @returns The sum; four running sums hide the latency of addition and are joined at the end.
 * @example dotProduct(Float64Array.of(9, 1, 2, 3), 1, Float64Array.of(4, 5, 6), 3) // => 32
 */
export function dotProduct(a: Float64Array, aStart: number, b: Float64Array, length: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  const unrolled = length - (length & 3);
  let i = 0;
  for (; i < unrolled; i += 4) {
    first += a[aStart + i] * b[i];
    second += a[aStart + i + 1] * b[i + 1];
    third += a[aStart + i + 2] * b[i + 2];
    fourth += a[aStart + i + 3] * b[i + 3];
  }
  for (; i < length; i++) first += a[aStart + i] * b[i];
  return first + second + (third + fourth);
}

/**
 * Adds a multiple of one stretch of numbers to another, in place.
 *
 * @param target Changed from index 0: `target[i] += factor * source[start + i]` for `i < length`.
 */
export function addMultiple(target: Float64Array, factor: number, source: Float64Array, start: number): void {
  const length = target.length;
  for (let i = 0; i < length; i++) target[i] += factor * source[start + i];
}
