import { InputError } from "../errors.ts";
import { studentTQuantile, studentTTwoSided } from "./distributions.ts";
import { mean, sampleVariance } from "./statistics.ts";

/** One quantity estimated on every completed data set. */
export interface ImputedEstimates {
  /** One per imputation, shape [m]. */
  readonly estimates: ArrayLike<number>;
  /** Squared standard errors, shape [m]. */
  readonly variances: ArrayLike<number>;
}

/** Settings of {@link poolEstimates}. */
export interface PoolingOptions {
  /** Degrees of freedom with complete data, e.g. patients minus coefficients; Infinity (a large sample) without it. */
  readonly completeDegreesOfFreedom?: number;
  /** Confidence level in (0, 1); 0.95 without it. */
  readonly level?: number;
}

/** A quantity pooled over imputations by Rubin's rules. */
export interface PooledEstimate {
  readonly estimate: number;
  /** Mean variance within imputations. */
  readonly within: number;
  /** Variance of the estimate between imputations. */
  readonly between: number;
  /** within + (1 + 1/m) between. */
  readonly total: number;
  readonly standardError: number;
  /** Infinity where nothing differs between imputations in a large sample. */
  readonly degreesOfFreedom: number;
  /** (1 + 1/m) between / within: the relative increase in variance due to missing values. */
  readonly relativeIncrease: number;
  /** (1 + 1/m) between / total: the share of the variance that is due to missing values, lambda. */
  readonly missingShare: number;
  /** The fraction of missing information, fmi: `missingShare` corrected for the finite number of imputations. */
  readonly missingInformation: number;
  readonly t: number;
  /** Two-sided, of the test that the quantity is 0. */
  readonly pValue: number;
  readonly lower: number;
  readonly upper: number;
}

/** R's mice bounds lambda below so, which only shows in degrees of freedom of a finite sample. */
const LEAST_MISSING_SHARE = 1e-4;

/**
 * One quantity pooled over completed data sets, with the degrees of freedom of Barnard and Rubin.
 *
 * @param completed Estimates and variances of at least two imputations.
 * @returns Equal estimates in all imputations give lambda 0 and, in a large sample, infinite degrees of freedom.
 * @throws {InputError} Fewer than two imputations, unequal lengths, a value that is not finite, a negative variance, or
 *   degrees of freedom not above 0.
 * @source Rubin 1987, Multiple Imputation for Nonresponse in Surveys, 3.1; Barnard & Rubin 1999, Biometrika 86:948-955;
 *   fmi as in van Buuren 2018, Flexible Imputation of Missing Data, equation 2.26.
 * @example poolEstimates({ estimates: [1, 3], variances: [1, 1] }).total // => 4
 */
export function poolEstimates(completed: ImputedEstimates, options: PoolingOptions = {}): PooledEstimate {
  const { estimates, variances } = completed;
  const { completeDegreesOfFreedom = Infinity, level = 0.95 } = options;
  checkEstimates(completed, completeDegreesOfFreedom, level);
  const m = estimates.length;
  const [estimate, within] = [mean(estimates), mean(variances)];
  // Equal numbers have variance 0 whatever the rounding of their mean.
  const between = isUniform(estimates) ? 0 : sampleVariance(estimates);
  const extra = (1 + 1 / m) * between;
  const total = within + extra;
  const standardError = Math.sqrt(total);
  const relativeIncrease = extra === 0 ? 0 : extra / within;
  const missingShare = extra === 0 ? 0 : extra / total;
  const degreesOfFreedom = barnardRubin(m, missingShare, completeDegreesOfFreedom);
  const t = estimate === 0 ? 0 : estimate / standardError;
  const margin = standardError * -studentTQuantile((1 - level) / 2, degreesOfFreedom);
  return {
    estimate,
    within,
    between,
    total,
    standardError,
    degreesOfFreedom,
    relativeIncrease,
    missingShare,
    missingInformation: missingInformation(relativeIncrease, degreesOfFreedom),
    t,
    pValue: studentTTwoSided(t, degreesOfFreedom),
    lower: estimate - margin,
    upper: estimate + margin,
  };
}

/** (riv + 2 / (df + 3)) / (riv + 1), with its limit 1 where there is no variance within imputations. */
function missingInformation(relativeIncrease: number, degreesOfFreedom: number): number {
  if (relativeIncrease === Infinity) return 1;
  return (relativeIncrease + 2 / (degreesOfFreedom + 3)) / (relativeIncrease + 1);
}

function barnardRubin(m: number, missingShare: number, completeDegreesOfFreedom: number): number {
  if (completeDegreesOfFreedom === Infinity)
    return missingShare === 0 ? Infinity : (m - 1) / (missingShare * missingShare);
  const share = Math.max(missingShare, LEAST_MISSING_SHARE);
  const large = (m - 1) / (share * share);
  const observed =
    ((completeDegreesOfFreedom + 1) / (completeDegreesOfFreedom + 3)) *
    completeDegreesOfFreedom *
    (1 - share);
  // No variance within imputations leaves no degree of freedom; the smallest keeps the interval defined, as in mice.
  return Math.max((large * observed) / (large + observed), 1e-3);
}

function isUniform(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

function checkEstimates(completed: ImputedEstimates, degreesOfFreedom: number, level: number): void {
  const { estimates, variances } = completed;
  if (estimates.length < 2)
    throw new InputError(
      `Rubin's rules need at least 2 imputations; got ${estimates.length}; impute more often`,
    );
  if (estimates.length !== variances.length)
    throw new InputError(
      `Rubin's rules need one variance per estimate; got ${variances.length} for ${estimates.length}`,
    );
  for (let i = 0; i < estimates.length; i++)
    if (!Number.isFinite(estimates[i]) || !(variances[i] >= 0) || variances[i] === Infinity)
      throw new InputError(
        `Rubin's rules need finite estimates and variances of at least 0; got another value in imputation ${i + 1}; leave the quantity out or penalise its model`,
      );
  if (!(degreesOfFreedom > 0))
    throw new InputError(
      `Rubin's rules need degrees of freedom above 0; got ${degreesOfFreedom}; use fewer coefficients`,
    );
  if (!(level > 0 && level < 1))
    throw new InputError(`a confidence level needs a number between 0 and 1; got ${level}; use 0.95`);
}
