import { exp, expm1 } from "./exponential.ts";
import { log, log1p } from "./logarithm.ts";

/** A probability and its logarithm: of being at most x (lower) and of exceeding x (upper). */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
  readonly logLower: number;
  readonly logUpper: number;
}

/**
 * Both tails from the logarithm of the lower one.
 *
 * @param logLower At most 0, but for rounding.
 * @example fromLogLower(0).upper // => 0
 */
export function fromLogLower(logLower: number): Tails {
  const lower = Math.min(1, exp(logLower));
  const upper = logLower < 0 ? -expm1(logLower) : 0;
  // the logarithm of the larger tail follows from the smaller one
  const logUpper = lower > 0.5 ? log(upper) : log1p(-lower);
  return { lower, upper, logLower: Math.min(0, logLower), logUpper };
}

/**
 * Both tails from the logarithm of the upper one.
 *
 * @param logUpper At most 0, but for rounding.
 * @example fromLogUpper(0).lower // => 0
 */
export function fromLogUpper(logUpper: number): Tails {
  return exchanged(fromLogLower(logUpper));
}

/**
 * Tails with their logarithms, where each of the two is known to its last digits.
 *
 * @param lower In [0, 1].
 * @param upper In [0, 1]; the two add up to 1.
 * @example fromBothTails(0.25, 0.75).logLower // => -1.3862943611198906
 */
export function fromBothTails(lower: number, upper: number): Tails {
  return lower < upper
    ? { lower, upper, logLower: log(lower), logUpper: log1p(-lower) }
    : { lower, upper, logLower: log1p(-upper), logUpper: log(upper) };
}

/**
 * The tails of the contrary: of a variable that is large where this one is small.
 *
 * @example exchanged({ lower: 0.25, upper: 0.75, logLower: -1.4, logUpper: -0.3 }).lower // => 0.75
 */
export function exchanged({ lower, upper, logLower, logUpper }: Tails): Tails {
  return { lower: upper, upper: lower, logLower: logUpper, logUpper: logLower };
}
