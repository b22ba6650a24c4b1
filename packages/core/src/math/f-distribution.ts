import { InputError } from "../errors.ts";
import { betaLogitQuantile } from "./beta.ts";
import { chiSquaredQuantile } from "./chi-squared.ts";
import { exp } from "./exponential.ts";
import { gammaTails } from "./gamma.ts";
import { incompleteBetaAt, nearEnd } from "./incomplete-beta.ts";
import { log } from "./logarithm.ts";
import { checkDegreesOfFreedom, checkProbability } from "./probability.ts";
import { exchanged, type Tails } from "./tails.ts";

/**
 * Both tail probabilities of an F variable, and their logarithms.
 *
 * @param x Any number but NaN.
 * @param df1 Degrees of freedom of the numerator, greater than 0 and finite.
 * @param df2 Degrees of freedom of the denominator, greater than 0; Infinity gives a chi-squared variable over df1.
 * @returns Relative accuracy 1e-12 where the probabilities are doubles; the logarithms also beyond.
 * @throws {InputError} Degrees of freedom outside their domain, or a NaN.
 * @source Abramowitz & Stegun 26.6.2: I_w(df1/2, df2/2) with odds w / (1 - w) = x·df1 / df2.
 * @example fTails(3, 2, 2).upper // => 0.25
 */
export function fTails(x: number, df1: number, df2: number): Tails {
  checkF(df1, df2);
  const [a, b] = [0.5 * df1, 0.5 * df2];
  if (df2 === Infinity) return gammaTails(x, a, a);
  if (!(x > 0)) return incompleteBetaAt(a, b, { x: x <= 0 ? 0 : NaN, y: 1, lead: -a });
  if (x === Infinity) return incompleteBetaAt(a, b, { x: 1, y: 0, lead: b });
  const odds = x * (df1 / df2);
  // the odds may leave the doubles before the probability does
  if (!(odds < 1e290)) return exchanged(nearEnd(b, a, log(df2 / df1) - log(x)));
  if (odds < 1e-290) return nearEnd(a, b, log(x) + log(df1 / df2));
  const y = 1 / (1 + odds);
  return incompleteBetaAt(a, b, { x: odds / (1 + odds), y, lead: a * y * (x - 1) });
}

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
  return fTails(x, df1, df2).lower;
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
  return fTails(x, df1, df2).upper;
}

/**
 * Logarithm of {@link fUpper}, where the probability itself may be too small for a double.
 *
 * @param x Any number but NaN.
 * @param df1 Degrees of freedom of the numerator, greater than 0 and finite.
 * @param df2 Degrees of freedom of the denominator, greater than 0.
 * @returns At most 0.
 * @throws {InputError} Degrees of freedom outside their domain, or a NaN.
 * @example fLogUpper(3, 2, 2) // => -1.3862943611198906
 */
export function fLogUpper(x: number, df1: number, df2: number): number {
  return fTails(x, df1, df2).logUpper;
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

function checkF(df1: number, df2: number): void {
  checkDegreesOfFreedom(df1);
  checkDegreesOfFreedom(df2);
  if (df1 === Infinity)
    throw new InputError("an F distribution needs finite degrees of freedom of the numerator");
}
