import { InputError } from "../errors.ts";
import { radixOrder } from "./radix-order.ts";

/**
 * The order that sorts the values upward; equal values keep their order.
 *
 * @param values Shape [n], none NaN.
 * @returns Indices into `values`, shape [n].
 * @throws {InputError} A value is NaN.
 * @example ascendingOrder([3, 1, 2]) // => [1, 2, 0]
 */
export function ascendingOrder(values: ArrayLike<number>): Uint32Array {
  for (let i = 0; i < values.length; i++)
    if (Number.isNaN(values[i]))
      throw new InputError(`ranks need comparable values; value ${i + 1} is missing`);
  return radixOrder(values instanceof Float64Array ? values : Float64Array.from(values));
}

/**
 * Ranks from 1, where equal values share the mean of their ranks.
 *
 * @param values Shape [n], none NaN.
 * @returns In [1, n], halves included; they sum to n(n + 1) / 2.
 * @throws {InputError} A value is NaN.
 * @example midranks([10, 20, 10, 30]) // => [1.5, 3, 1.5, 4]
 */
export function midranks(values: ArrayLike<number>): Float64Array {
  const order = ascendingOrder(values);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    // places start + 1 .. end share their mean
    for (let k = start; k < end; k++) ranks[order[k]] = 0.5 * (start + 1 + end);
    start = end;
  }
  return ranks;
}

/**
 * Sizes of the groups of equal values, ascending by value; a value of its own is a group of 1.
 *
 * @param values Shape [n], none NaN.
 * @returns Counts that sum to n.
 * @throws {InputError} A value is NaN.
 * @example tieSizes([10, 20, 10, 30]) // => [2, 1, 1]
 */
export function tieSizes(values: ArrayLike<number>): number[] {
  const order = ascendingOrder(values);
  const sizes: number[] = [];
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    sizes.push(end - start);
    start = end;
  }
  return sizes;
}
