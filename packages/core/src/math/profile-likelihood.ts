import { InputError, NumericalError } from "../errors.ts";
import { maximiseLikelihood } from "./likelihood-search.ts";
import { logisticInput, type LogisticRegressionOptions } from "./logistic-input.ts";
import { ALIAS_TOLERANCE, logisticRegression, type LogisticFit } from "./logistic-regression.ts";
import type { Matrix } from "./matrix.ts";
import { normalQuantile } from "./normal.ts";
import { type ProfileInterval, profileLimits, profileOf } from "./profile-limits.ts";
import { multiplyTriangle, orthonormalise } from "./qr.ts";

export type { ProfileInterval } from "./profile-limits.ts";

/** Settings of a profile interval: those of the regression, and the confidence level in (0, 1), 0.95 without it. */
export type ProfileOptions = LogisticRegressionOptions & { readonly level?: number };

/**
 * The profile likelihood interval of one coefficient: the values that a likelihood ratio test does not reject.
 *
 * @param design As for `logisticRegression`, shape [n, p].
 * @param outcome As for `logisticRegression`, shape [n].
 * @param coefficient Position among the coefficients: with an intercept that is 0 and the columns follow.
 * @throws {InputError} As `logisticRegression`, or the coefficient is aliased or does not exist.
 * @throws {NumericalError} There is no maximum likelihood estimate.
 * @source Venzon & Moolgavkar 1988, Applied Statistics 37:87-94.
 */
export function profileInterval(
  design: Matrix,
  outcome: ArrayLike<number>,
  coefficient: number,
  options: ProfileOptions = {},
): ProfileInterval {
  const fit = estimatedFit(design, outcome, options);
  if (!Number.isFinite(fit.coefficients[coefficient] ?? NaN))
    throw new InputError(
      `a profile interval needs an estimated coefficient; number ${coefficient} is not one`,
    );
  return intervalsOf({ design, outcome, options }, fit, [coefficient])[0];
}

/**
 * The profile likelihood intervals of all coefficients of a logistic regression, which share one fit.
 *
 * @param design As for `logisticRegression`, shape [n, p].
 * @param outcome As for `logisticRegression`, shape [n].
 * @returns One per coefficient, intercept first if any; both limits null where a coefficient is aliased.
 * @throws {InputError} As `logisticRegression`.
 * @throws {NumericalError} There is no maximum likelihood estimate.
 * @source Venzon & Moolgavkar 1988, Applied Statistics 37:87-94.
 */
export function profileIntervals(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: ProfileOptions = {},
): readonly ProfileInterval[] {
  const fit = estimatedFit(design, outcome, options);
  return intervalsOf({ design, outcome, options }, fit, [...fit.coefficients.keys()]);
}

function estimatedFit(design: Matrix, outcome: ArrayLike<number>, options: ProfileOptions): LogisticFit {
  const fit = logisticRegression(design, outcome, options);
  if (!fit.converged)
    throw new NumericalError(
      "a profile interval needs a maximum likelihood estimate; there is none; use penalised regression",
    );
  return fit;
}

function intervalsOf(
  data: {
    readonly design: Matrix;
    readonly outcome: ArrayLike<number>;
    readonly options: ProfileOptions;
  },
  fit: LogisticFit,
  coefficients: readonly number[],
): readonly ProfileInterval[] {
  const { design, outcome, options } = data;
  const input = logisticInput(design, outcome, options);
  const decomposition = orthonormalise(input.matrix, options.aliasTolerance ?? ALIAS_TOLERANCE);
  const { kept, triangle } = decomposition;
  const likelihood = { input, decomposition, isPenalised: false };
  const estimates = Float64Array.from(kept, (column) => fit.coefficients[column]);
  const maximum = maximiseLikelihood(likelihood, multiplyTriangle(triangle, estimates), null)!;
  const target = normalQuantile(0.5 + (options.level ?? 0.95) / 2);
  return coefficients.map((coefficient) => {
    const position = kept.indexOf(coefficient);
    if (position < 0) return { lower: null, upper: null };
    const variance = fit.covariance.values[coefficient * (fit.coefficients.length + 1)];
    return profileLimits(profileOf(likelihood, maximum, position, Math.sqrt(variance)), target);
  });
}
