import { log, log1p } from "./logarithm.ts";
import { logGamma1p, LOG_SQRT_2PI, stirlingError } from "./log-gamma.ts";

/** A point of the unit interval, for shapes a and b. */
export interface BetaPoint {
  readonly x: number;
  /** 1 - x, given apart so that neither loses digits. */
  readonly y: number;
  /** b·x - a·y, given apart: how far (a + b)·x lies above a, which for large shapes x itself is too coarse to tell. */
  readonly lead: number;
}

/**
 * Half the Poisson deviance, x log(x / mean) + mean - x, without the cancellation for x near the mean.
 *
 * @param x At least 0.
 * @param mean Greater than 0.
 * @param difference x - mean, where it is known better than to the last digit of the mean.
 * @returns At least 0, and 0 only for x = mean.
 * @source Loader 2000, Fast and accurate computation of binomial probabilities, function bd0; the series is taken
 * further, to x = 3·mean and x = mean / 3.
 * @example deviance(2, 1) // => 0.3862943611198906
 */
export function deviance(x: number, mean: number, difference = x - mean): number {
  if (x === 0) return mean;
  const v = difference / (x + mean);
  if (!(Math.abs(v) < 0.5)) return x * log(x / mean) - difference;
  // log(x / mean) = 2 artanh(v) = 2 (v + v³/3 + v⁵/5 + ...)
  const square = v * v;
  let power = 2 * x * v;
  let value = difference * v;
  for (let j = 3; j < 100; j += 2) {
    power *= square;
    const next = value + power / j;
    if (next === value) break;
    value = next;
  }
  return value;
}

/**
 * Logarithm of mean^x e^-mean / Γ(x + 1): the Poisson density, for any x and not only counts.
 *
 * @param x At least 0.
 * @param mean Greater than 0.
 * @param difference x - mean, where it is known better than to the last digit of the mean.
 * @source Loader 2000.
 * @example logPoissonKernel(0, 2) // => -2
 */
export function logPoissonKernel(x: number, mean: number, difference = x - mean): number {
  // below 1 the plain form has no large terms to cancel
  if (x < 1) return (x === 0 ? 0 : x * log(mean)) - mean - logGamma1p(x);
  return -stirlingError(x) - deviance(x, mean, difference) - LOG_SQRT_2PI - 0.5 * log(x);
}

/**
 * Logarithm of x^a y^b / (a B(a, b)), the leading factor of the incomplete beta function.
 *
 * @param a Greater than 0.
 * @param b Greater than 0.
 * @param point Where, x in (0, 1).
 * @source Loader 2000: with n = a + b it is b / n times the binomial density of a among n.
 * @example logBetaKernel(1, 1, { x: 0.5, y: 0.5, lead: 0 }) // => -1.3862943611198906
 */
export function logBetaKernel(a: number, b: number, { x, y, lead }: BetaPoint): number {
  const n = a + b;
  const logX = x < 0.5 ? log(x) : log1p(-y);
  const logY = y < 0.5 ? log(y) : log1p(-x);
  if (n < 1) return a * logX + b * logY + logGamma1p(n) - logGamma1p(a) - logGamma1p(b) + log(b / n);
  const shape = 0.5 * log(b / (n * a)) - LOG_SQRT_2PI + stirlingError(n);
  const logN = log(n);
  return shape - shortfall(a, n * x, -lead, logN + logX) - shortfall(b, n * y, lead, logN + logY);
}

/** Stirling's error of a plus its deviance from the mean; for a < 1/2 without the terms a log a of both. */
function shortfall(a: number, mean: number, difference: number, logMean: number): number {
  if (a >= 0.5) return stirlingError(a) + deviance(a, mean, difference);
  return logGamma1p(a) - 0.5 * log(a) - LOG_SQRT_2PI - a * logMean + mean;
}
