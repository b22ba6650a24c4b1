import { betaLogitQuantile } from "./beta.ts";
import { erf } from "./error-function.ts";
import { exp } from "./exponential.ts";
import { incompleteBeta, nearEnd } from "./incomplete-beta.ts";
import { log, log1p } from "./logarithm.ts";
import { normalQuantile, normalTails } from "./normal.ts";
import { checkDegreesOfFreedom, checkProbability } from "./probability.ts";
import { exchanged, fromBothTails, type Tails } from "./tails.ts";

const LOG_2 = 0.6931471805599453;
/** From here on the logarithm of w loses digits, and a series around the normal quantile has them. */
const MANY = 1e5;
/** The series is used where its terms fall by this factor. */
const STEEPNESS = 3e-4;

/**
 * Both tail probabilities of a Student t variable, and their logarithms.
 *
 * @param t Any number but NaN.
 * @param df Degrees of freedom, greater than 0, also fractional; Infinity is the normal distribution.
 * @returns Relative accuracy 1e-12 where the probabilities are doubles; the logarithms also beyond.
 * @throws {InputError} Degrees of freedom not above 0, or a NaN.
 * @source Abramowitz & Stegun 26.7.1.
 * @example studentTTails(1, 1).upper // => 0.25
 */
export function studentTTails(t: number, df: number): Tails {
  const { lower, logLower } = outside(t, df);
  const half = 0.5 * lower;
  const tails = { lower: half, upper: 1 - half, logLower: logLower - LOG_2, logUpper: log1p(-half) };
  return t < 0 ? tails : exchanged(tails);
}

/**
 * Probability that a Student t variable is at most t.
 *
 * @param t Any number but NaN.
 * @param df Degrees of freedom, greater than 0, also fractional; Infinity is the normal distribution.
 * @returns In [0, 1], with relative accuracy also in the far lower tail.
 * @throws {InputError} Degrees of freedom not above 0, or a NaN.
 * @source Abramowitz & Stegun 26.7.1.
 * @example studentTCdf(1, 1) // => 0.75
 */
export function studentTCdf(t: number, df: number): number {
  return studentTTails(t, df).lower;
}

/**
 * Probability that a Student t variable is at least as far from 0 as t: the two-sided p-value.
 *
 * @param t Any number but NaN.
 * @param df Degrees of freedom, greater than 0; Infinity is the normal distribution.
 * @returns In [0, 1], with relative accuracy also in the far tails.
 * @throws {InputError} Degrees of freedom not above 0, or a NaN.
 * @source Abramowitz & Stegun 26.5.27: I_w(df/2, 1/2) with w = df / (df + t²).
 * @example studentTTwoSided(1, 1) // => 0.5
 */
export function studentTTwoSided(t: number, df: number): number {
  return outside(t, df).lower;
}

/**
 * Logarithm of {@link studentTTwoSided}.
 *
 * @param t Any number but NaN.
 * @param df Degrees of freedom, greater than 0.
 * @returns At most 0.
 * @throws {InputError} Degrees of freedom not above 0, or a NaN.
 * @example studentTLogTwoSided(1, 1) // => -0.6931471805599453
 */
export function studentTLogTwoSided(t: number, df: number): number {
  return outside(t, df).logLower;
}

/**
 * Quantile of a Student t variable: the inverse of {@link studentTCdf}.
 *
 * @param p Probability in [0, 1].
 * @param df Degrees of freedom, greater than 0; Infinity is the normal distribution.
 * @returns -Infinity at 0, Infinity at 1, exactly 0 at 0.5; relative accuracy about 1e-13.
 * @throws {InputError} p outside [0, 1], or degrees of freedom not above 0.
 * @example studentTQuantile(0.75, 1) // => 1
 */
export function studentTQuantile(p: number, df: number): number {
  checkProbability(p);
  checkDegreesOfFreedom(df);
  if (p === 0.5) return 0;
  const z = normalQuantile(p);
  if (isNearlyNormal(z, df)) return fromNormal(z, df);
  const outside = p < 0.5 ? 2 * p : 2 * (1 - p);
  const inside = p < 0.5 ? 1 - 2 * p : 2 * p - 1;
  // the odds of w = df / (df + t²) are df / t²
  const magnitude = exp(0.5 * (log(df) - betaLogitQuantile(outside, inside, 0.5 * df, 0.5)));
  return p < 0.5 ? -magnitude : magnitude;
}

/** The probability outside ±t as the lower tail, I_w(df/2, 1/2) with w = df / (df + t²). */
function outside(t: number, df: number): Tails {
  checkDegreesOfFreedom(df);
  if (df === Infinity) {
    const { upper, logUpper } = normalTails(Math.abs(t));
    const inside = erf(Math.abs(t) * 0.7071067811865476);
    return inside < 0.5
      ? fromBothTails(2 * upper, inside)
      : { lower: 2 * upper, upper: inside, logLower: logUpper + LOG_2, logUpper: log1p(-2 * upper) };
  }
  const root = Math.abs(t) / Math.sqrt(df);
  const odds = root * root;
  // t² may overflow before the probability is 0
  if (odds > 1e290 && root < Infinity) return nearEnd(0.5 * df, 0.5, -2 * log(root));
  return incompleteBeta(0.5 * df, 0.5, 1 / (1 + odds), odds === Infinity ? 1 : odds / (1 + odds));
}

function isNearlyNormal(t: number, df: number): boolean {
  return df === Infinity || (df >= MANY && t * t < 4 * STEEPNESS * df);
}

/**
 * The t with the tail of a normal z.
 *
 * @source Abramowitz & Stegun 26.7.5 (Cornish and Fisher's series).
 */
function fromNormal(z: number, df: number): number {
  if (!Number.isFinite(z)) return z;
  const u = z * z;
  const inverse = 1 / df;
  const series =
    (u + 1) / 4 +
    inverse * ((3 + u * (16 + 5 * u)) / 96 + (inverse * (-15 + u * (17 + u * (19 + 3 * u)))) / 384);
  return z * (1 + inverse * series);
}
