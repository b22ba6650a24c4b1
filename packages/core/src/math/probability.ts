import { InputError } from "../errors.ts";

/**
 * Refuses what is no probability.
 *
 * @param p Must be in [0, 1].
 * @throws {InputError} p outside [0, 1] or NaN.
 */
export function checkProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new InputError(`a quantile needs a probability in [0, 1]; got ${p}`);
}

/**
 * Refuses what is no degree of freedom.
 *
 * @param df Must be above 0; Infinity is the limit of many.
 * @throws {InputError} df not above 0 or NaN.
 */
export function checkDegreesOfFreedom(df: number): void {
  if (!(df > 0)) throw new InputError(`a distribution needs degrees of freedom above 0; got ${df}`);
}
