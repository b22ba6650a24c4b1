import { InputError } from "../errors.ts";
import { exp } from "./exponential.ts";
import { incompleteBeta } from "./incomplete-beta.ts";
import { incompleteGamma } from "./incomplete-gamma.ts";
import { stirlingError } from "./log-gamma.ts";
import { log, log1p } from "./logarithm.ts";
import { deviance, logPoissonKernel } from "./saddle-point.ts";

/**
 * Probability of k successes in n independent trials.
 *
 * @param k Number of successes; 0 outside 0..n and between integers.
 * @param n Number of trials, an integer of at least 0.
 * @param p Probability of success in [0, 1].
 * @returns In [0, 1], relative accuracy 1e-14 near the mean.
 * @throws {InputError} n not a count, or p outside [0, 1].
 * @source Loader 2000, Fast and accurate computation of binomial probabilities.
 * @example binomialDensity(1, 2, 0.5) // => 0.5
 */
export function binomialDensity(k: number, n: number, p: number): number {
  checkBinomial(n, p);
  if (!Number.isInteger(k) || k < 0 || k > n) return 0;
  const q = 1 - p;
  if (p === 0 || q === 0) return k === (p === 0 ? 0 : n) ? 1 : 0;
  if (k === 0) return exp(n * log1p(-p));
  if (k === n) return exp(n * (p < 0.5 ? log(p) : log1p(-q)));
  const failures = n - k;
  const exponent =
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(failures) -
    deviance(k, n * p) -
    deviance(failures, n * q);
  return exp(exponent) * Math.sqrt(n / (6.283185307179586 * k * failures));
}

/**
 * Probability of at most k successes in n independent trials.
 *
 * @param k Any number but NaN; its integer part counts.
 * @param n Number of trials, an integer of at least 0.
 * @param p Probability of success in [0, 1].
 * @returns In [0, 1].
 * @throws {InputError} n not a count, p outside [0, 1], or a NaN.
 * @source DLMF 8.17.5: I_(1-p)(n - k, k + 1).
 * @example binomialCdf(1, 2, 0.5) // => 0.75
 */
export function binomialCdf(k: number, n: number, p: number): number {
  checkBinomial(n, p);
  const count = wholeCount(k);
  if (count < 0) return 0;
  return count >= n ? 1 : incompleteBeta(count + 1, n - count, p, 1 - p).upper;
}

/**
 * Probability of k events of a Poisson process.
 *
 * @param k Number of events; 0 below 0 and between integers.
 * @param mean Expected number, at least 0 and finite.
 * @returns In [0, 1].
 * @throws {InputError} A mean below 0, infinite or NaN.
 * @source Loader 2000.
 * @example poissonDensity(0, 2) // => 0.1353352832366127
 */
export function poissonDensity(k: number, mean: number): number {
  checkMean(mean);
  if (!Number.isInteger(k) || k < 0) return 0;
  if (mean === 0) return k === 0 ? 1 : 0;
  return exp(logPoissonKernel(k, mean));
}

/**
 * Probability of at most k events of a Poisson process.
 *
 * @param k Any number but NaN; its integer part counts.
 * @param mean Expected number, at least 0 and finite.
 * @returns In [0, 1].
 * @throws {InputError} A mean below 0, infinite or NaN, or k NaN.
 * @source DLMF 8.4.10: Q(k + 1, mean).
 * @example poissonCdf(1, 1) // => 0.7357588823428847
 */
export function poissonCdf(k: number, mean: number): number {
  checkMean(mean);
  const count = wholeCount(k);
  if (count < 0) return 0;
  return count === Infinity ? 1 : incompleteGamma(count + 1, mean).upper;
}

/** Rounding must not take a count of 3 for one of 2. */
function wholeCount(k: number): number {
  if (Number.isNaN(k)) throw new InputError("a distribution function needs a number of events; got NaN");
  return Math.floor(k + 1e-7);
}

function checkBinomial(n: number, p: number): void {
  if (!(Number.isInteger(n) && n >= 0 && p >= 0 && p <= 1))
    throw new InputError(
      `a binomial distribution needs a count of trials and p in [0, 1]; got ${n} and ${p}`,
    );
}

function checkMean(mean: number): void {
  if (!(mean >= 0 && mean < Infinity))
    throw new InputError(`a Poisson distribution needs a finite mean of at least 0; got ${mean}`);
}
