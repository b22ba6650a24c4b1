import { InputError } from "../errors.ts";
import { binomialLogDensity } from "./discrete.ts";
import { exp } from "./exponential.ts";
import { log } from "./logarithm.ts";
import { fromLogLower, fromLogUpper, type Tails } from "./tails.ts";

const LOG_2 = 0.6931471805599453;

/** An urn: how many balls are white, how many black, and how many are drawn without replacement. */
export interface Urn {
  readonly white: number;
  readonly black: number;
  readonly drawn: number;
}

/**
 * Logarithm of {@link hypergeometricDensity}, where the probability itself may be too small for a double.
 *
 * @param k Number of white balls drawn; -Infinity where impossible.
 * @param urn Counts; no more drawn than there are balls.
 * @returns At most 0.
 * @throws {InputError} A count that is negative, no integer, or too large.
 * @source Loader 2000: a ratio of binomial densities at p = drawn / all.
 * @example hypergeometricLogDensity(0, { white: 1, black: 1, drawn: 1 }) // => -0.6931471805599453
 */
export function hypergeometricLogDensity(k: number, urn: Urn): number {
  const { white, black, drawn } = checked(urn);
  if (!Number.isInteger(k) || k < Math.max(0, drawn - black) || k > Math.min(white, drawn)) return -Infinity;
  if (drawn === 0) return 0;
  const p = drawn / (white + black);
  return (
    binomialLogDensity(k, white, p) +
    binomialLogDensity(drawn - k, black, p) -
    binomialLogDensity(drawn, white + black, p)
  );
}

/**
 * Probability that k of the drawn balls are white.
 *
 * @param k Number of white balls drawn; 0 where impossible.
 * @param urn Counts; no more drawn than there are balls.
 * @returns In [0, 1], relative accuracy about 1e-14 near the mean and 1e-12 down to the smallest doubles.
 * @throws {InputError} A count that is negative, no integer, or too large.
 * @source Loader 2000: a ratio of binomial densities at p = drawn / all.
 * @example hypergeometricDensity(1, { white: 2, black: 2, drawn: 2 }) // => 0.6666666666666666
 */
export function hypergeometricDensity(k: number, urn: Urn): number {
  return exp(hypergeometricLogDensity(k, urn));
}

/**
 * Probabilities that at most and that more than k of the drawn balls are white, and their logarithms.
 *
 * @param k Any number but NaN; its integer part counts.
 * @param urn Counts; no more drawn than there are balls.
 * @returns Relative accuracy 1e-12 where the probabilities are doubles; the logarithms also beyond.
 * @throws {InputError} A count that is negative, no integer, or too large.
 * @example hypergeometricTails(0, { white: 2, black: 2, drawn: 2 }).upper // => 0.8333333333333334
 */
export function hypergeometricTails(k: number, urn: Urn): Tails {
  const { white, black, drawn } = checked(urn);
  const count = Math.floor(k + 1e-7);
  if (Number.isNaN(count))
    throw new InputError("a distribution function needs a number of white balls; got NaN");
  if (count < Math.max(0, drawn - black)) return fromLogLower(-Infinity);
  if (count >= Math.min(white, drawn)) return fromLogLower(0);
  // the white balls drawn are the drawn less the black ones: the upper tail is the black ones' lower tail
  const mirrored = { white: black, black: white, drawn };
  const below = () => logDownFrom(count, urn);
  const above = () => logDownFrom(drawn - count - 1, mirrored);
  const near = count * (white + black) <= drawn * white;
  const logNear = near ? below() : above();
  // beyond one half the digits are in the other tail
  if (logNear < -LOG_2) return near ? fromLogLower(logNear) : fromLogUpper(logNear);
  return near ? fromLogUpper(above()) : fromLogLower(below());
}

/**
 * Probability that at most k of the drawn balls are white.
 *
 * @param k Any number but NaN; its integer part counts.
 * @param urn Counts; no more drawn than there are balls.
 * @returns In [0, 1], with relative accuracy also in the lower tail.
 * @throws {InputError} A count that is negative, no integer, or too large.
 * @example hypergeometricCdf(0, { white: 2, black: 2, drawn: 2 }) // => 0.16666666666666666
 */
export function hypergeometricCdf(k: number, urn: Urn): number {
  return hypergeometricTails(k, urn).lower;
}

/** Logarithm of the density at `count` times one plus the falling ratios of its neighbours below; the smaller tail. */
function logDownFrom(count: number, urn: Urn): number {
  const { white, black, drawn } = urn;
  let ratio = 1;
  let total = 1;
  for (let j = count; j > 0 && ratio > total * 1e-17; j--) {
    ratio *= (j * (black - drawn + j)) / ((white + 1 - j) * (drawn + 1 - j));
    total += ratio;
  }
  return log(total) + hypergeometricLogDensity(count, urn);
}

function checked(urn: Urn): Urn {
  const { white, black, drawn } = urn;
  const counts = [white, black, drawn].every((count) => Number.isInteger(count) && count >= 0);
  if (!counts || drawn > white + black)
    throw new InputError(
      `an urn needs counts and no more drawn than it holds; got ${white}, ${black} and ${drawn}`,
    );
  return urn;
}
