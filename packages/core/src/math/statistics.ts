import { InputError, NumericalError } from "../errors.ts";
import { midranks } from "./ranks.ts";

export { midranks } from "./ranks.ts";
export { median, quantile, quantileOfType, sortedQuantile } from "./quantiles.ts";

/**
 * Sum with Neumaier's compensation, so that it does not depend on cancellation between large terms.
 *
 * @param values Numbers of any sign; shape [n].
 * @returns The sum, 0 for no values; as IEEE addition where a value is infinite or NaN.
 * @source Neumaier 1974, ZAMM 54:39-51.
 * @example sum([1e100, 1, -1e100]) // => 1
 */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let compensation = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const next = total + value;
    compensation += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return Number.isFinite(compensation) ? total + compensation : total;
}

/**
 * Arithmetic mean.
 *
 * @param values Shape [n], at least one.
 * @throws {InputError} No values.
 * @example mean([1, 2, 6]) // => 3
 */
export function mean(values: ArrayLike<number>): number {
  needs("a mean", values, 1);
  return sum(values) / values.length;
}

/**
 * Sum of squared deviations from the mean, in two passes with the correction for the mean's own rounding.
 *
 * @param values Shape [n], at least one.
 * @returns At least 0.
 * @throws {InputError} No values.
 * @source Chan, Golub & LeVeque 1983, The American Statistician 37:242-247, equation 1.7.
 * @example squaredDeviations([1, 2, 6]) // => 14
 */
export function squaredDeviations(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i] - centre;
    squares += deviation * deviation;
    rest += deviation;
  }
  return Math.max(0, squares - (rest * rest) / values.length);
}

/**
 * Variance with denominator n - 1.
 *
 * @param values Shape [n], at least two.
 * @returns At least 0.
 * @throws {InputError} Fewer than two values.
 * @example sampleVariance([1, 2, 6]) // => 7
 */
export function sampleVariance(values: ArrayLike<number>): number {
  needs("a sample variance", values, 2);
  return squaredDeviations(values) / (values.length - 1);
}

/**
 * Standard deviation with denominator n - 1.
 *
 * @param values Shape [n], at least two.
 * @returns At least 0.
 * @throws {InputError} Fewer than two values.
 * @example sampleStandardDeviation([1, 1, 3, 3, 7]) // => 2.449489742783178
 */
export function sampleStandardDeviation(values: ArrayLike<number>): number {
  needs("a sample standard deviation", values, 2);
  return Math.sqrt(sampleVariance(values));
}

/**
 * Sample covariance of two variables, denominator n - 1.
 *
 * @param first Shape [n], at least two.
 * @param second Shape [n], the order of `first`.
 * @throws {InputError} Unequal lengths or fewer than two values.
 * @example sampleCovariance([1, 2, 3], [2, 4, 9]) // => 3.5
 */
export function sampleCovariance(first: ArrayLike<number>, second: ArrayLike<number>): number {
  needs("a sample covariance", first, 2);
  return crossDeviations(first, second) / (first.length - 1);
}

/**
 * Pearson's product-moment correlation.
 *
 * @param first Shape [n], at least two.
 * @param second Shape [n], the order of `first`.
 * @returns In [-1, 1].
 * @throws {InputError} Unequal lengths or fewer than two values.
 * @throws {NumericalError} A variable is constant.
 * @example pearson([1, 2, 3], [2, 4, 6]) // => 1
 */
export function pearson(first: ArrayLike<number>, second: ArrayLike<number>): number {
  needs("a correlation", first, 2);
  const cross = crossDeviations(first, second);
  if (isConstant(first) || isConstant(second))
    throw new NumericalError(
      `a correlation needs two variables that vary; the ${isConstant(first) ? "first" : "second"} is constant`,
    );
  const [a, b] = [squaredDeviations(first), squaredDeviations(second)];
  // the root of the product is exact for proportional variables; the product of roots cannot overflow
  const inRange = a * b > 1e-290 && a * b < 1e290;
  const scale = inRange ? Math.sqrt(a * b) : Math.sqrt(a) * Math.sqrt(b);
  return Math.min(1, Math.max(-1, cross / scale));
}

/**
 * Spearman's rank correlation: Pearson's of the midranks.
 *
 * @param first Shape [n], at least two.
 * @param second Shape [n], the order of `first`.
 * @returns In [-1, 1].
 * @throws {InputError} Unequal lengths, fewer than two values, or a value that is NaN.
 * @throws {NumericalError} A variable is constant.
 * @example spearman([1, 2, 3, 4], [1, 8, 27, 64]) // => 1
 */
export function spearman(first: ArrayLike<number>, second: ArrayLike<number>): number {
  return pearson(midranks(first), midranks(second));
}

/**
 * Whether all values are equal, which rounding hides from a variance.
 *
 * @param values Shape [n].
 * @returns True also for no values.
 * @example isConstant([0.1, 0.1, 0.1]) // => true
 */
export function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

function crossDeviations(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length !== second.length)
    throw new InputError(`two variables need equal lengths; got ${first.length} and ${second.length} values`);
  const [centreFirst, centreSecond] = [mean(first), mean(second)];
  let cross = 0;
  let restFirst = 0;
  let restSecond = 0;
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i] - centreFirst, second[i] - centreSecond];
    cross += a * b;
    restFirst += a;
    restSecond += b;
  }
  return cross - (restFirst * restSecond) / first.length;
}

function needs(measure: string, values: ArrayLike<number>, least: number): void {
  if (values.length < least)
    throw new InputError(`${measure} needs at least ${least} values; got ${values.length}`);
}
