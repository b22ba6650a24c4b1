import { betaLogitQuantile } from "./beta.ts";
import { exp } from "./exponential.ts";
import { incompleteBeta } from "./incomplete-beta.ts";
import { fromLogLower, type Tails } from "./incomplete-gamma.ts";
import { log } from "./logarithm.ts";
import { normalLogUpper, normalQuantile, normalUpper } from "./normal.ts";
import { checkDegreesOfFreedom, checkProbability } from "./probability.ts";
import { logBetaKernel } from "./saddle-point.ts";

const LOG_2 = 0.6931471805599453;
/** From here on the incomplete beta function loses digits, and a series around the normal distribution has them. */
const MANY = 1e5;
/** The series is used where its terms fall by this factor. */
const STEEPNESS = 3e-4;

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
  const half = 0.5 * studentTTwoSided(t, df);
  return t < 0 ? half : 1 - half;
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
  checkDegreesOfFreedom(df);
  return isNearlyNormal(t, df) ? 2 * normalUpper(normalEquivalent(t, df)) : bothSides(t, df).lower;
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
  checkDegreesOfFreedom(df);
  return isNearlyNormal(t, df) ? LOG_2 + normalLogUpper(normalEquivalent(t, df)) : bothSides(t, df).logLower;
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

/** I_w(df/2, 1/2) with w = df / (df + t²). */
function bothSides(t: number, df: number): Tails {
  const root = Math.abs(t) / Math.sqrt(df);
  const odds = root * root;
  if (odds > 1e290 && root < Infinity) {
    // t² may overflow, and w is that small that log I_w is a line in log w
    const slope = 0.5 * df;
    return fromLogLower(logBetaKernel(slope, 0.5, 1e-290, 1) - slope * (2 * log(root) - log(1e290)));
  }
  return incompleteBeta(0.5 * df, 0.5, 1 / (1 + odds), odds === Infinity ? 1 : odds / (1 + odds));
}

function isNearlyNormal(t: number, df: number): boolean {
  return df === Infinity || (df >= MANY && t * t < 4 * STEEPNESS * df);
}

/**
 * |z| with the normal tail of a t.
 *
 * @source Johnson, Kotz & Balakrishnan 1995, Continuous Univariate Distributions 2, equation 28.25 (Fisher's series).
 */
function normalEquivalent(t: number, df: number): number {
  const u = t * t;
  const inverse = 1 / df;
  const series =
    (u + 1) / 4 -
    inverse * ((3 + u * (8 + 13 * u)) / 96 - (inverse * (-15 + u * (1 + u * (19 + 35 * u)))) / 384);
  return Math.abs(t) * (1 - inverse * series);
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
