import { InputError } from "../errors.ts";
import { normalQuantile } from "../math/distributions.ts";

/** An estimate with its confidence interval; `method` says how the interval was made. */
export interface Estimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly method: string;
}

/** What a Wald interval is made of. */
export interface WaldTerms {
  readonly value: number;
  readonly standardError: number;
  /** Confidence level in (0, 1). */
  readonly level: number;
  /** Printed with the interval. */
  readonly method: string;
}

/**
 * The Wald interval value ± z · standard error, clipped to the range that the measure can take.
 *
 * @param terms Estimate, its standard error, the confidence level and the method's name.
 * @param range Smallest and largest possible value; unbounded without it.
 * @returns An interval of zero width where the standard error is 0.
 * @throws {InputError} The level lies outside (0, 1).
 */
export function waldEstimate(
  terms: WaldTerms,
  range: readonly [minimum: number, maximum: number] = [-Infinity, Infinity],
): Estimate {
  const { value, standardError, level, method } = terms;
  const halfWidth = twoSidedNormal(level) * standardError;
  return {
    value,
    lower: Math.max(range[0], value - halfWidth),
    upper: Math.min(range[1], value + halfWidth),
    method,
  };
}

/**
 * The normal quantile of a two-sided interval, 1.96 for 95 %.
 *
 * @param level Confidence level in (0, 1).
 * @throws {InputError} The level lies outside (0, 1).
 */
export function twoSidedNormal(level: number): number {
  if (!(level > 0 && level < 1))
    throw new InputError(`a confidence level needs a number between 0 and 1; got ${level}; use 0.95`);
  // The lower tail keeps its digits for levels near 1.
  return -normalQuantile((1 - level) / 2);
}
