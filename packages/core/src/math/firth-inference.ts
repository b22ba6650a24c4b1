import { chiSquaredUpper } from "./distributions.ts";
import { solveFirth } from "./firth-regression.ts";
import { logisticInput } from "./logistic-input.ts";
import type { Matrix } from "./matrix.ts";
import { normalQuantile } from "./normal.ts";
import type { ProfileOptions } from "./profile-likelihood.ts";
import { type ProfileInterval, profileDrop, profileLimits, profileOf } from "./profile-limits.ts";

/** Test and interval of one coefficient from the profile of the penalised likelihood. */
export interface FirthInference extends ProfileInterval {
  /** Twice the drop of the penalised likelihood where the coefficient is 0; null for an aliased one. */
  readonly chiSquared: number | null;
  readonly pValue: number | null;
}

/**
 * Penalised likelihood ratio tests and profile intervals of all coefficients of Firth's regression.
 *
 * The penalty stays that of all columns where a coefficient is held. Limits are solved to 1e-11 of the target by Newton's
 * method between brackets, each step along the path of the other coefficients, so that they hold under separation too.
 *
 * @param design As for `firthRegression`, shape [n, p].
 * @param outcome As for `firthRegression`, shape [n].
 * @returns One per coefficient, intercept first if any; a limit is null where there is none within reach, everything is
 *   null where the coefficient is aliased.
 * @throws {InputError} As `firthRegression`.
 * @throws {NumericalError} As `firthRegression`.
 * @source Heinze & Schemper 2002, Statistics in Medicine 21:2409-2419, section 2.
 */
export function firthInference(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: ProfileOptions = {},
): readonly FirthInference[] {
  const { fit, likelihood, maximum } = solveFirth(logisticInput(design, outcome, options), options);
  const { kept } = likelihood.decomposition;
  const target = normalQuantile(0.5 + (options.level ?? 0.95) / 2);
  const size = fit.coefficients.length;
  return Array.from(fit.coefficients, (_, coefficient) => {
    const position = kept.indexOf(coefficient);
    if (position < 0) return { lower: null, upper: null, chiSquared: null, pValue: null };
    const standardError = Math.sqrt(fit.covariance.values[coefficient * (size + 1)]);
    const profile = profileOf(likelihood, maximum, position, standardError);
    const chiSquared = profileDrop(profile, 0);
    const pValue = chiSquared === null ? null : chiSquaredUpper(chiSquared, 1);
    return { ...profileLimits(profile, target), chiSquared, pValue };
  });
}
