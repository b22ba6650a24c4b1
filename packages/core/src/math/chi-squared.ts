import { gammaQuantile, gammaTails } from "./gamma.ts";
import { checkDegreesOfFreedom } from "./probability.ts";
import type { Tails } from "./tails.ts";

/**
 * Both tail probabilities of a chi-squared variable, and their logarithms.
 *
 * @param x Any number but NaN.
 * @param df Degrees of freedom, greater than 0 and finite, also fractional.
 * @returns Relative accuracy 1e-12 where the probabilities are doubles; the logarithms also beyond.
 * @throws {InputError} Degrees of freedom not above 0, or a NaN.
 * @source Abramowitz & Stegun 26.4.19: a gamma variable of shape df/2 and rate 1/2.
 * @example chiSquaredTails(4000, 2).logUpper // => -2000
 */
export function chiSquaredTails(x: number, df: number): Tails {
  checkDegreesOfFreedom(df);
  return gammaTails(x, 0.5 * df, 0.5);
}

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
  return chiSquaredTails(x, df).lower;
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
  return chiSquaredTails(x, df).upper;
}

/**
 * Logarithm of {@link chiSquaredCdf}.
 *
 * @param x Any number but NaN.
 * @param df Degrees of freedom, greater than 0.
 * @returns At most 0.
 * @throws {InputError} Degrees of freedom not above 0, or a NaN.
 * @example chiSquaredLogCdf(2, 2) // => -0.45867514538708193
 */
export function chiSquaredLogCdf(x: number, df: number): number {
  return chiSquaredTails(x, df).logLower;
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
  return chiSquaredTails(x, df).logUpper;
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
