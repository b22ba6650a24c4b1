import { InputError } from "../errors.ts";
import { productError } from "./exact-product.ts";
import { exp } from "./exponential.ts";
import { incompleteBetaAt } from "./incomplete-beta.ts";
import { incompleteGamma } from "./incomplete-gamma.ts";
import { LOG_SQRT_2PI, stirlingError } from "./log-gamma.ts";
import { log, log1p } from "./logarithm.ts";
import { deviance, logPoissonKernel } from "./saddle-point.ts";
import { exchanged, type Tails } from "./tails.ts";

const NONE: Tails = { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 };
const ALL: Tails = exchanged(NONE);

/**
 * Logarithm of {@link binomialDensity}, where the probability itself may be too small for a double.
 *
 * @param k Number of successes; -Infinity outside 0..n and between integers.
 * @param n Number of trials, an integer of at least 0.
 * @param p Probability of success in [0, 1].
 * @returns At most 0; absolute accuracy about 1e-15 near the mean, relative accuracy far from it.
 * @throws {InputError} n not a count, or p outside [0, 1].
 * @source Loader 2000, Fast and accurate computation of binomial probabilities.
 * @example binomialLogDensity(1, 2, 0.5) // => -0.6931471805599453
 */
export function binomialLogDensity(k: number, n: number, p: number): number {
  checkBinomial(n, p);
  if (!Number.isInteger(k) || k < 0 || k > n) return -Infinity;
  const q = 1 - p;
  if (p === 0 || p === 1) return k === n * p ? 0 : -Infinity;
  if (k === 0) return n * log1p(-p);
  if (k === n) return n * (p < 0.5 ? log(p) : log1p(-q));
  const failures = n - k;
  // k - n·p also where it is far smaller than either
  const difference = k - n * p - productError(n, p);
  return (
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(failures) -
    deviance(k, n * p, difference) -
    deviance(failures, n * q, -difference) +
    0.5 * log(n / (k * failures)) -
    LOG_SQRT_2PI
  );
}

/**
 * Probability of k successes in n independent trials.
 *
 * @param k Number of successes; 0 outside 0..n and between integers.
 * @param n Number of trials, an integer of at least 0.
 * @param p Probability of success in [0, 1].
 * @returns In [0, 1], relative accuracy 1e-14 near the mean and 1e-12 down to the smallest doubles.
 * @throws {InputError} n not a count, or p outside [0, 1].
 * @source Loader 2000, Fast and accurate computation of binomial probabilities.
 * @example binomialDensity(1, 2, 0.5) // => 0.5
 */
export function binomialDensity(k: number, n: number, p: number): number {
  return exp(binomialLogDensity(k, n, p));
}

/**
 * Probabilities of at most and of more than k successes in n independent trials, and their logarithms.
 *
 * @param k Any number but NaN; its integer part counts.
 * @param n Number of trials, an integer of at least 0.
 * @param p Probability of success in [0, 1].
 * @returns Relative accuracy 1e-12 where the probabilities are doubles; the logarithms also beyond.
 * @throws {InputError} n not a count, p outside [0, 1], or a NaN.
 * @source DLMF 8.17.5: I_(1-p)(n - k, k + 1).
 * @example binomialTails(1, 2, 0.5).upper // => 0.25
 */
export function binomialTails(k: number, n: number, p: number): Tails {
  checkBinomial(n, p);
  const count = wholeCount(k);
  if (count < 0) return NONE;
  if (count >= n) return ALL;
  const lead = (n + 1) * p - (count + 1) + productError(n + 1, p);
  return exchanged(incompleteBetaAt(count + 1, n - count, { x: p, y: 1 - p, lead }));
}

/**
 * Probability of at most k successes in n independent trials.
 *
 * @param k Any number but NaN; its integer part counts.
 * @param n Number of trials, an integer of at least 0.
 * @param p Probability of success in [0, 1].
 * @returns In [0, 1], with relative accuracy also in the lower tail.
 * @throws {InputError} n not a count, p outside [0, 1], or a NaN.
 * @source DLMF 8.17.5: I_(1-p)(n - k, k + 1).
 * @example binomialCdf(1, 2, 0.5) // => 0.75
 */
export function binomialCdf(k: number, n: number, p: number): number {
  return binomialTails(k, n, p).lower;
}

/**
 * Logarithm of {@link poissonDensity}.
 *
 * @param k Number of events; -Infinity below 0 and between integers.
 * @param mean Expected number, at least 0 and finite.
 * @returns At most 0.
 * @throws {InputError} A mean below 0, infinite or NaN.
 * @source Loader 2000.
 * @example poissonLogDensity(0, 2) // => -2
 */
export function poissonLogDensity(k: number, mean: number): number {
  checkMean(mean);
  if (!Number.isInteger(k) || k < 0) return -Infinity;
  if (mean === 0) return k === 0 ? 0 : -Infinity;
  return logPoissonKernel(k, mean);
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
  return exp(poissonLogDensity(k, mean));
}

/**
 * Probabilities of at most and of more than k events of a Poisson process, and their logarithms.
 *
 * @param k Any number but NaN; its integer part counts.
 * @param mean Expected number, at least 0 and finite.
 * @returns Relative accuracy 1e-12 where the probabilities are doubles; the logarithms also beyond.
 * @throws {InputError} A mean below 0, infinite or NaN, or k NaN.
 * @source DLMF 8.4.10: Q(k + 1, mean).
 * @example poissonTails(0, 2).logLower // => -2
 */
export function poissonTails(k: number, mean: number): Tails {
  checkMean(mean);
  const count = wholeCount(k);
  if (count < 0) return NONE;
  return count === Infinity ? ALL : exchanged(incompleteGamma(count + 1, mean));
}

/**
 * Probability of at most k events of a Poisson process.
 *
 * @param k Any number but NaN; its integer part counts.
 * @param mean Expected number, at least 0 and finite.
 * @returns In [0, 1], with relative accuracy also in the lower tail.
 * @throws {InputError} A mean below 0, infinite or NaN, or k NaN.
 * @source DLMF 8.4.10: Q(k + 1, mean).
 * @example poissonCdf(1, 1) // => 0.7357588823428847
 */
export function poissonCdf(k: number, mean: number): number {
  return poissonTails(k, mean).lower;
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
