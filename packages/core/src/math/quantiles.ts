import { InputError } from "../errors.ts";

/** Hyndman and Fan's numbers of the sample quantiles kept here: 2 (SAS), 6 (SPSS, Minitab), 7 (R's default). */
export type QuantileType = 2 | 6 | 7;

/**
 * Sample quantile of type 7, the linear interpolation between order statistics that R, NumPy and Excel use.
 *
 * @param values In any order; shape [n], at least one, none NaN.
 * @param p Probability in [0, 1].
 * @returns Between the smallest and the largest value.
 * @throws {InputError} No values, a NaN, or p outside [0, 1].
 * @source Hyndman & Fan 1996, The American Statistician 50:361-365, definition 7.
 * @example quantile([4, 1, 3, 2], 0.25) // => 1.75
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  return sortedQuantile(sorted(values), p);
}

/**
 * Sample quantile of the type asked for.
 *
 * @param values In any order; shape [n], at least one, none NaN.
 * @param p Probability in [0, 1].
 * @param type Hyndman and Fan's number.
 * @returns Between the smallest and the largest value.
 * @throws {InputError} No values, a NaN, or p outside [0, 1].
 * @source Hyndman & Fan 1996, The American Statistician 50:361-365, definitions 2, 6 and 7.
 * @example quantileOfType([4, 1, 3, 2], 0.25, 6) // => 1.25
 */
export function quantileOfType(values: ArrayLike<number>, p: number, type: QuantileType): number {
  return sortedQuantile(sorted(values), p, type);
}

/**
 * Sample quantile of values that are sorted already, for many probabilities of one sample.
 *
 * @param ascending Sorted upward; shape [n], at least one, none NaN.
 * @param p Probability in [0, 1].
 * @param type Hyndman and Fan's number, 7 unless said.
 * @returns Between the first and the last value.
 * @throws {InputError} No values, or p outside [0, 1].
 * @source Hyndman & Fan 1996, The American Statistician 50:361-365, definitions 2, 6 and 7.
 * @example sortedQuantile([1, 2, 3, 4], 0.5) // => 2.5
 */
export function sortedQuantile(ascending: ArrayLike<number>, p: number, type: QuantileType = 7): number {
  const n = ascending.length;
  if (n === 0) throw new InputError("a quantile needs at least one value; got none");
  if (!(p >= 0 && p <= 1)) throw new InputError(`a quantile's probability must be in [0, 1]; got ${p}`);
  const place = placeOf(p, n, type);
  // A place a few ulp below an order statistic is that order statistic.
  const j = Math.floor(place + 4 * Number.EPSILON * n);
  let weight = place - j;
  if (Math.abs(weight) < 4 * Number.EPSILON * n) weight = 0;
  if (type === 2) weight = weight > 0 ? 1 : 0.5;
  const lower = ascending[Math.min(n, Math.max(1, j)) - 1];
  const upper = ascending[Math.min(n, Math.max(1, j + 1)) - 1];
  // Equal neighbours need no arithmetic, which infinities would spoil.
  if (weight === 0 || lower === upper) return lower;
  return weight === 1 ? upper : lower + weight * (upper - lower);
}

/**
 * Median.
 *
 * @param values In any order; shape [n], at least one, none NaN.
 * @throws {InputError} No values or a NaN.
 * @example median([5, 1, 3, 2]) // => 2.5
 */
export function median(values: ArrayLike<number>): number {
  return sortedQuantile(sorted(values), 0.5);
}

/** Place of the quantile among order statistics 1..n. */
function placeOf(p: number, n: number, type: QuantileType): number {
  switch (type) {
    case 2:
      return n * p;
    case 6:
      return (n + 1) * p;
    case 7:
      return 1 + (n - 1) * p;
  }
}

function sorted(values: ArrayLike<number>): Float64Array {
  const ascending = Float64Array.from(values).sort((a, b) => a - b);
  // NaN is unordered: look for it everywhere
  const missing = ascending.findIndex((value) => Number.isNaN(value));
  if (missing >= 0)
    throw new InputError("a quantile needs comparable values; got a missing one, leave it out first");
  return ascending;
}
