import { InputError } from "../errors.ts";
import { log1p } from "../math/elementary.ts";

/**
 * The shrinkage that a logistic regression of so many coefficients has in so many patients.
 *
 * @param patients At least 1.
 * @param parameters Coefficients without the intercept, at least 1.
 * @param coxSnell Cox-Snell R² that the model is expected to have, in (0, 1).
 * @returns In (coxSnell, 1): the share of an effect that is left in new patients.
 * @throws {InputError} A number outside its range.
 * @source Riley et al. 2019, Stat Med 38:1276-1296, equation 10 solved for the shrinkage, as for a sample size.
 */
export function expectedShrinkage(patients: number, parameters: number, coxSnell: number): number {
  requireAtLeastOne("patients", patients);
  requireAtLeastOne("parameters", parameters);
  requireShare(coxSnell);
  // (S - 1) ln(1 - R²/S) falls from infinity at S = R² to 0 at S = 1.
  let [low, high] = [coxSnell, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if ((middle - 1) * log1p(-coxSnell / middle) > parameters / patients) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The most coefficients that a sample carries at a shrinkage.
 *
 * @param patients At least 1.
 * @param shrinkage To be kept, in (coxSnell, 1).
 * @param coxSnell As {@link expectedShrinkage}.
 * @returns A whole number; 0 where the sample carries none.
 * @throws {InputError} A number outside its range.
 * @source As {@link expectedShrinkage}.
 * @example carriedParameters(3597, 0.95, 0.1) // => 20
 */
export function carriedParameters(patients: number, shrinkage: number, coxSnell: number): number {
  requireAtLeastOne("patients", patients);
  requireShare(coxSnell);
  if (!(shrinkage > coxSnell && shrinkage < 1))
    throw new InputError(
      `a shrinkage to keep needs a number between the Cox-Snell R² and 1; got ${shrinkage} and ${coxSnell}; correct it`,
    );
  return Math.floor(patients * (shrinkage - 1) * log1p(-coxSnell / shrinkage));
}

function requireAtLeastOne(name: string, value: number): void {
  if (!(value >= 1 && value < Infinity))
    throw new InputError(`a shrinkage needs at least 1 of ${name}; got ${value}; correct it`);
}

function requireShare(coxSnell: number): void {
  if (!(coxSnell > 0 && coxSnell < 1))
    throw new InputError(`a shrinkage needs a Cox-Snell R² between 0 and 1; got ${coxSnell}; correct it`);
}
