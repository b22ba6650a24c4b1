import { InputError } from "../errors.ts";
import { betaLogitQuantile } from "./beta.ts";
import { chiSquaredCdf, chiSquaredQuantile, chiSquaredUpper } from "./chi-squared.ts";
import { exp } from "./exponential.ts";
import { incompleteBeta } from "./incomplete-beta.ts";
import type { Tails } from "./incomplete-gamma.ts";
import { log } from "./logarithm.ts";
import { checkDegreesOfFreedom, checkProbability } from "./probability.ts";
import { logPoissonKernel } from "./saddle-point.ts";

/**
 * Probability that an F variable is at most x.
 *
 * @param x Any number but NaN; 0 below 0.
 * @param df1 Degrees of freedom of the numerator, greater than 0 and finite.
 * @param df2 Degrees of freedom of the denominator, greater than 0; Infinity gives a chi-squared variable over df1.
 * @returns In [0, 1].
 * @throws {InputError} Degrees of freedom outside their domain, or a NaN.
 * @source Abramowitz & Stegun 26.6.2: I_w(df1/2, df2/2) with odds w / (1 - w) = x·df1 / df2.
 * @example fCdf(1, 4, 4) // => 0.5
 */
export function fCdf(x: number, df1: number, df2: number): number {
  checkF(df1, df2);
  const value = x * df1;
  if (!isNearlyChiSquared(value, df2)) return tails(x, df1, df2).lower;
  return chiSquaredCdf(value, df1) - gain(value, df1, df2);
}

/**
 * Probability that an F variable exceeds x: the p-value of a test.
 *
 * @param x Any number but NaN; 1 below 0.
 * @param df1 Degrees of freedom of the numerator, greater than 0 and finite.
 * @param df2 Degrees of freedom of the denominator, greater than 0; Infinity gives a chi-squared variable over df1.
 * @returns In [0, 1], with relative accuracy also in the far tail.
 * @throws {InputError} Degrees of freedom outside their domain, or a NaN.
 * @source Abramowitz & Stegun 26.6.2.
 * @example fUpper(3, 2, 2) // => 0.25
 */
export function fUpper(x: number, df1: number, df2: number): number {
  checkF(df1, df2);
  const value = x * df1;
  if (!isNearlyChiSquared(value, df2)) return tails(x, df1, df2).upper;
  return chiSquaredUpper(value, df1) + gain(value, df1, df2);
}

/**
 * Quantile of an F variable: the inverse of {@link fCdf}.
 *
 * @param p Probability in [0, 1].
 * @param df1 Degrees of freedom of the numerator, greater than 0 and finite.
 * @param df2 Degrees of freedom of the denominator, greater than 0.
 * @returns 0 at p = 0, Infinity at 1; relative accuracy about 1e-13.
 * @throws {InputError} p outside [0, 1], or degrees of freedom outside their domain.
 * @example fQuantile(0.75, 2, 2) // => 3
 */
export function fQuantile(p: number, df1: number, df2: number): number {
  checkProbability(p);
  checkF(df1, df2);
  const limit = chiSquaredQuantile(p, df1);
  if (isNearlyChiSquared(limit, df2)) return (limit / df1) * (1 + drift(limit, df1, df2));
  return exp(betaLogitQuantile(p, 1 - p, 0.5 * df1, 0.5 * df2) + log(df2 / df1));
}

function tails(x: number, df1: number, df2: number): Tails {
  const odds = x > 0 ? (x * df1) / df2 : Number.isNaN(x) ? NaN : 0;
  const w = odds === Infinity ? 1 : odds / (1 + odds);
  return incompleteBeta(0.5 * df1, 0.5 * df2, w, 1 / (1 + odds));
}

/** With this many degrees of freedom the incomplete beta function loses digits, and a series in their inverse has them. */
function isNearlyChiSquared(value: number, df2: number): boolean {
  return df2 === Infinity || (df2 > 1e7 && value * value < 1e-5 * df2);
}

/** By which share a chi-squared value grows when the variance it is compared with has df2 degrees of freedom. */
function drift(value: number, df1: number, df2: number): number {
  return (0.5 * (value - df1) + 1) / df2;
}

/** What a tail of the chi-squared distribution gains above a value, to first order in 1 / df2: density times growth. */
function gain(value: number, df1: number, df2: number): number {
  if (!(value > 0) || df2 === Infinity) return 0;
  return 0.5 * df1 * exp(logPoissonKernel(0.5 * df1, 0.5 * value)) * drift(value, df1, df2);
}

function checkF(df1: number, df2: number): void {
  checkDegreesOfFreedom(df1);
  checkDegreesOfFreedom(df2);
  if (df1 === Infinity)
    throw new InputError("an F distribution needs finite degrees of freedom of the numerator");
}
