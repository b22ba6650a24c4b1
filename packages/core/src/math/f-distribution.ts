import { InputError } from "../errors.ts";
import { betaLogitQuantile } from "./beta.ts";
import { chiSquaredCdf, chiSquaredQuantile, chiSquaredUpper } from "./chi-squared.ts";
import { exp } from "./exponential.ts";
import { incompleteBeta } from "./incomplete-beta.ts";
import type { Tails } from "./incomplete-gamma.ts";
import { log } from "./logarithm.ts";
import { checkDegreesOfFreedom, checkProbability } from "./probability.ts";

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
  return df2 === Infinity ? chiSquaredCdf(x * df1, df1) : tails(x, df1, df2).lower;
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
  return df2 === Infinity ? chiSquaredUpper(x * df1, df1) : tails(x, df1, df2).upper;
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
  if (df2 === Infinity) return chiSquaredQuantile(p, df1) / df1;
  return exp(betaLogitQuantile(p, 1 - p, 0.5 * df1, 0.5 * df2) + log(df2 / df1));
}

function tails(x: number, df1: number, df2: number): Tails {
  const odds = x > 0 ? (x * df1) / df2 : Number.isNaN(x) ? NaN : 0;
  const w = odds === Infinity ? 1 : odds / (1 + odds);
  return incompleteBeta(0.5 * df1, 0.5 * df2, w, 1 / (1 + odds));
}

function checkF(df1: number, df2: number): void {
  checkDegreesOfFreedom(df1);
  checkDegreesOfFreedom(df2);
  if (df1 === Infinity)
    throw new InputError("an F distribution needs finite degrees of freedom of the numerator");
}
