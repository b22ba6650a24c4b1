import { InputError } from "../errors.ts";
import { binomialDensity } from "./discrete.ts";

/** An urn: how many balls are white, how many black, and how many are drawn without replacement. */
export interface Urn {
  readonly white: number;
  readonly black: number;
  readonly drawn: number;
}

/**
 * Probability that k of the drawn balls are white.
 *
 * @param k Number of white balls drawn; 0 where impossible.
 * @param urn Counts; no more drawn than there are balls.
 * @returns In [0, 1], relative accuracy about 1e-14.
 * @throws {InputError} A count that is negative, no integer, or too large.
 * @source Loader 2000: a ratio of binomial densities at p = drawn / all.
 * @example hypergeometricDensity(1, { white: 2, black: 2, drawn: 2 }) // => 0.6666666666666666
 */
export function hypergeometricDensity(k: number, urn: Urn): number {
  const { white, black, drawn } = checked(urn);
  if (!Number.isInteger(k) || k < Math.max(0, drawn - black) || k > Math.min(white, drawn)) return 0;
  if (drawn === 0) return 1;
  const p = drawn / (white + black);
  return (
    (binomialDensity(k, white, p) * binomialDensity(drawn - k, black, p)) /
    binomialDensity(drawn, white + black, p)
  );
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
  const { white, black, drawn } = checked(urn);
  const count = Math.floor(k + 1e-7);
  const least = Math.max(0, drawn - black);
  const most = Math.min(white, drawn);
  if (Number.isNaN(count))
    throw new InputError("a distribution function needs a number of white balls; got NaN");
  if (count < least) return 0;
  if (count >= most) return 1;
  if (count * (white + black) <= drawn * white) return downFrom(count, urn);
  // the white balls drawn are the drawn less the black ones: the upper tail is the black ones' lower tail
  const mirrored = { white: black, black: white, drawn };
  return 1 - downFrom(drawn - count - 1, mirrored);
}

/** Density at `count` times one plus the falling ratios of its neighbours below; the smaller tail. */
function downFrom(count: number, urn: Urn): number {
  const { white, black, drawn } = urn;
  let ratio = 1;
  let total = 1;
  for (let j = count; j > 0 && ratio > total * 1e-17; j--) {
    ratio *= (j * (black - drawn + j)) / ((white + 1 - j) * (drawn + 1 - j));
    total += ratio;
  }
  return total * hypergeometricDensity(count, urn);
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
