import { exp } from "./exponential.ts";
import { erfc, scaledTailLog } from "./error-function.ts";
import { log, log1p } from "./logarithm.ts";
import type { Tails } from "./tails.ts";

export { normalQuantile } from "./normal-quantile.ts";

const INVERSE_SQRT_2PI = 0.3989422804014327;
const INVERSE_SQRT_2 = 0.7071067811865476;
/** Beyond, the tail falls below the normal doubles; R's pnorm gives 0 from here on, and so do we. */
const UNDERFLOW = 37.5193;
/** Where erfc's tail expansion begins: √2·1.25. */
const TAIL = 1.7677669529663689;

/**
 * Density of the standard normal distribution.
 *
 * @param x Any number.
 * @returns In [0, 0.3989].
 * @example normalDensity(1) // => 0.24197072451914337
 */
export function normalDensity(x: number): number {
  return gaussian(x, INVERSE_SQRT_2PI, 0);
}

/**
 * Probability that a standard normal variable is at most x.
 *
 * @param x Any number, NaN gives NaN.
 * @returns In [0, 1]; relative accuracy 1e-15 also in the lower tail.
 * @source Abramowitz & Stegun 26.2.29.
 * @example normalCdf(-1.959963984540054) // => 0.025
 */
export function normalCdf(x: number): number {
  return normalUpper(-x);
}

/**
 * Probability that a standard normal variable exceeds x.
 *
 * @param x Any number, NaN gives NaN.
 * @returns In [0, 1]; relative accuracy 1e-15 also in the upper tail, and 0 from x = 37.5193 on (below 5e-308).
 * @source Abramowitz & Stegun 26.2.29.
 * @example normalUpper(8) // => 6.220960574271784e-16
 */
export function normalUpper(x: number): number {
  if (x > -TAIL && x < TAIL) return 0.5 * erfc(x * INVERSE_SQRT_2);
  if (x >= TAIL) return x >= UNDERFLOW ? 0 : gaussian(x, INVERSE_SQRT_2 / x, scaledTailLog(2 / (x * x)));
  return x <= -TAIL ? 1 - normalUpper(-x) : NaN;
}

/**
 * Both tail probabilities of a standard normal variable, and their logarithms.
 *
 * @param x Any number, NaN gives NaN.
 * @returns Relative accuracy 1e-15.
 * @example normalTails(0).upper // => 0.5
 */
export function normalTails(x: number): Tails {
  return {
    lower: normalCdf(x),
    upper: normalUpper(x),
    logLower: normalLogCdf(x),
    logUpper: normalLogUpper(x),
  };
}

/**
 * Logarithm of {@link normalCdf}, where the probability itself may be too small for a double.
 *
 * @param x Any number, NaN gives NaN.
 * @returns At most 0; relative accuracy 1e-15.
 * @example normalLogCdf(-40) // => -804.6084420137538
 */
export function normalLogCdf(x: number): number {
  if (x > 0) return log1p(-normalUpper(x));
  if (x > -TAIL) return log(normalUpper(-x));
  if (x === -Infinity) return -Infinity;
  return -0.5 * x * x + scaledTailLog(2 / (x * x)) - log(-x * 1.4142135623730951);
}

/**
 * Logarithm of {@link normalUpper}.
 *
 * @param x Any number, NaN gives NaN.
 * @returns At most 0; relative accuracy 1e-15.
 * @example normalLogUpper(40) // => -804.6084420137538
 */
export function normalLogUpper(x: number): number {
  return normalLogCdf(-x);
}

/** factor·exp(rest - x²/2), where the square of a short z is exact and only the last product may underflow. */
function gaussian(x: number, factor: number, rest: number): number {
  if (!(Math.abs(x) < 40)) return Number.isNaN(x) ? NaN : 0;
  const z = Math.fround(x);
  const half = exp(-0.25 * z * z);
  return half * (factor * exp(rest - 0.5 * (x - z) * (x + z))) * half;
}
