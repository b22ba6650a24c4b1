import { gammaCdf, gammaLogUpper, gammaQuantile, gammaUpper } from "./gamma.ts";
import { checkDegreesOfFreedom } from "./probability.ts";

/**
 * Probability that a chi-squared variable is at most x.
 *
 * @param x Any number but NaN; 0 below 0.
 * @param df Degrees of freedom, greater than 0, also fractional.
 * @returns In [0, 1].
 * @throws {InputError} Degrees of freedom not above 0, or a NaN.
 * @source Abramowitz & Stegun 26.4.1.
 * @example chiSquaredCdf(2, 2) // => 0.6321205588285577
 */
export function chiSquaredCdf(x: number, df: number): number {
  checkDegreesOfFreedom(df);
  return gammaCdf(0.5 * x, 0.5 * df);
}

/**
 * Probability that a chi-squared variable exceeds x: the p-value of a test.
 *
 * @param x Any number but NaN; 1 below 0.
 * @param df Degrees of freedom, greater than 0, also fractional.
 * @returns In [0, 1], with relative accuracy also in the far tail.
 * @throws {InputError} Degrees of freedom not above 0, or a NaN.
 * @source Abramowitz & Stegun 26.4.2.
 * @example chiSquaredUpper(2, 2) // => 0.36787944117144233
 */
export function chiSquaredUpper(x: number, df: number): number {
  checkDegreesOfFreedom(df);
  return gammaUpper(0.5 * x, 0.5 * df);
}

/**
 * Logarithm of {@link chiSquaredUpper}.
 *
 * @param x Any number but NaN.
 * @param df Degrees of freedom, greater than 0.
 * @returns At most 0.
 * @throws {InputError} Degrees of freedom not above 0, or a NaN.
 * @example chiSquaredLogUpper(4000, 2) // => -2000
 */
export function chiSquaredLogUpper(x: number, df: number): number {
  checkDegreesOfFreedom(df);
  return gammaLogUpper(0.5 * x, 0.5 * df);
}

/**
 * Quantile of a chi-squared variable: the inverse of {@link chiSquaredCdf}.
 *
 * @param p Probability in [0, 1].
 * @param df Degrees of freedom, greater than 0.
 * @returns 0 at p = 0, Infinity at 1.
 * @throws {InputError} p outside [0, 1], or degrees of freedom not above 0.
 * @example chiSquaredQuantile(0.95, 1) // => 3.841458820694124
 */
export function chiSquaredQuantile(p: number, df: number): number {
  checkDegreesOfFreedom(df);
  return 2 * gammaQuantile(p, 0.5 * df);
}
