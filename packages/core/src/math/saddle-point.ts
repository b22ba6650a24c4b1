import { log, log1p } from "./logarithm.ts";
import { logGamma1p, LOG_SQRT_2PI, stirlingError } from "./log-gamma.ts";

/**
 * Half the Poisson deviance, x log(x / mean) + mean - x, without the cancellation for x near the mean.
 *
 * @param x At least 0.
 * @param mean Greater than 0.
 * @returns At least 0, and 0 only for x = mean.
 * @source Loader 2000, Fast and accurate computation of binomial probabilities, function bd0; the series is taken
 * further, to x = 3·mean and x = mean / 3.
 * @example deviance(2, 1) // => 0.3862943611198906
 */
export function deviance(x: number, mean: number): number {
  if (x === 0) return mean;
  const v = (x - mean) / (x + mean);
  if (!(Math.abs(v) < 0.5)) return x * log(x / mean) + mean - x;
  // log(x / mean) = 2 artanh(v) = 2 (v + v³/3 + v⁵/5 + ...)
  const square = v * v;
  let power = 2 * x * v;
  let value = (x - mean) * v;
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
 * @source Loader 2000.
 * @example logPoissonKernel(0, 2) // => -2
 */
export function logPoissonKernel(x: number, mean: number): number {
  // below 1 the plain form has no large terms to cancel
  if (x < 1) return (x === 0 ? 0 : x * log(mean)) - mean - logGamma1p(x);
  return -stirlingError(x) - deviance(x, mean) - LOG_SQRT_2PI - 0.5 * log(x);
}

/**
 * Logarithm of x^a y^b / (a B(a, b)), the leading factor of the incomplete beta function.
 *
 * @param a Greater than 0.
 * @param b Greater than 0.
 * @param x In (0, 1).
 * @param y 1 - x, given apart so that neither loses digits.
 * @source Loader 2000: with n = a + b it is b / n times the binomial density of a among n.
 */

/**
 *
 */
export function logBetaKernel(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const logX = x < 0.5 ? log(x) : log1p(-y);
  const logY = y < 0.5 ? log(y) : log1p(-x);
  if (n < 1) return a * logX + b * logY + logGamma1p(n) - logGamma1p(a) - logGamma1p(b) + log(b / n);
  const shape = 0.5 * log(b / (n * a)) - LOG_SQRT_2PI + stirlingError(n);
  return shape - error(a, n, x, logX) - error(b, n, y, logY);
}

/** Stirling's error of a plus the deviance of a from n·x; for a < 1/2 without the terms a log a of both. */

function error(a: number, n: number, x: number, logX: number): number {
  if (a >= 0.5) return stirlingError(a) + deviance(a, n * x);
  return logGamma1p(a) - 0.5 * log(a) - LOG_SQRT_2PI - a * (log(n) + logX) + n * x;
}
