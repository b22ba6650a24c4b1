import { InputError } from "../errors.ts";
import { choleskyFactor, choleskySolve } from "./cholesky.ts";
import { fUpper } from "./distributions.ts";
import { dotProduct } from "./dot-product.ts";
import { pow } from "./elementary.ts";
import { columnOf, type Matrix, zeroMatrix } from "./matrix.ts";
import { mean, sampleVariance } from "./statistics.ts";

/** A test of several coefficients at once, pooled over imputations. */
export interface PooledTest {
  /** May be negative where imputations disagree by more than they find; the p-value is then 1. */
  readonly f: number;
  readonly df1: number;
  /** Infinity where the imputations agree. */
  readonly df2: number;
  readonly pValue: number;
  /** Average relative increase in variance due to missing values. */
  readonly relativeIncrease: number;
}

/** The tested coefficients of one completed data set, in the same order in each. */
export interface ImputedCoefficients {
  readonly estimates: ArrayLike<number>;
  /** Shape [k, k]. */
  readonly covariance: Matrix;
}

/** Log likelihoods of one completed data set. */
export interface ImputedLikelihoods {
  /** Full and reduced model, each at its own estimate. */
  readonly full: number;
  readonly reduced: number;
  /** The same models with coefficients fixed at their means over all imputations. */
  readonly fullAtMean: number;
  readonly reducedAtMean: number;
}

/**
 * Wald's test that k coefficients are all 0, from pooled estimates and covariance: D1.
 *
 * @param completed At least two imputations.
 * @param completeDegreesOfFreedom With complete data; Infinity for a large sample.
 * @throws {InputError} Fewer than two imputations, no coefficient, or unequal numbers of them.
 * @throws {NumericalError} The mean covariance is singular.
 * @source Li, Raghunathan & Rubin 1991, JASA 86:1065-1073, equations 1.15-1.17; finite samples: Reiter 2007, Biometrika
 *   94:502-508, equation 5.
 */
export function pooledWaldTest(
  completed: readonly ImputedCoefficients[],
  completeDegreesOfFreedom = Infinity,
): PooledTest {
  const m = atLeastTwo(completed.length);
  const k = completed[0].estimates.length;
  if (k === 0 || completed.some(({ estimates }) => estimates.length !== k))
    throw new InputError(
      "a pooled Wald test needs the same coefficients, at least one, in every imputation; got others",
    );
  const centre = Float64Array.from({ length: k }, (_, j) =>
    mean(completed.map(({ estimates }) => estimates[j])),
  );
  const within = zeroMatrix(k, k);
  for (const { covariance } of completed)
    for (let j = 0; j < k * k; j++) within.values[j] += covariance.values[j] / m;
  const factor = choleskyFactor(within);
  const between = betweenCovariance(completed, centre);
  let trace = 0;
  for (let j = 0; j < k; j++) trace += choleskySolve(factor, columnOf(between, j))[j];
  const relativeIncrease = ((1 + 1 / m) * trace) / k;
  const distance = dotProduct(centre, 0, choleskySolve(factor, centre), k);
  const df2 =
    completeDegreesOfFreedom === Infinity
      ? largeSampleDegrees(k, m, relativeIncrease)
      : finiteSampleDegrees(k, m, relativeIncrease, completeDegreesOfFreedom);
  return toTest(distance / (k * (1 + relativeIncrease)), k, df2, relativeIncrease);
}

/**
 * A test pooled from the chi-squared statistics of the imputations alone: D2. Use it where nothing else is known, since
 * it is less precise than D1 and D3.
 *
 * @param statistics Chi-squared distributed under the hypothesis, one per imputation.
 * @param k Their degrees of freedom.
 * @throws {InputError} Fewer than two imputations, a negative statistic, or k below 1.
 * @source Li, Meng, Raghunathan & Rubin 1991, Statistica Sinica 1:65-92.
 * @example pooledStatisticsTest([4, 4], 2).f // => 2
 */
export function pooledStatisticsTest(statistics: ArrayLike<number>, k: number): PooledTest {
  const m = atLeastTwo(statistics.length);
  if (!(k >= 1)) throw new InputError(`a pooled test needs at least 1 degree of freedom; got ${k}`);
  if (Array.from(statistics).some((statistic) => !(statistic >= 0 && statistic < Infinity)))
    throw new InputError("a pooled test needs statistics of at least 0; got another value");
  const spread = sampleVariance(Float64Array.from(statistics, Math.sqrt));
  const relativeIncrease = (1 + 1 / m) * spread;
  const f = (mean(statistics) / k - ((m + 1) / (m - 1)) * relativeIncrease) / (1 + relativeIncrease);
  const inverse = 1 + 1 / relativeIncrease;
  const df2 = relativeIncrease === 0 ? Infinity : pow(k, -3 / m) * (m - 1) * inverse * inverse;
  return toTest(f, k, df2, relativeIncrease);
}

/**
 * The likelihood ratio test of k coefficients, pooled over imputations: D3.
 *
 * @param completed Log likelihoods of each imputation.
 * @param k Coefficients that the reduced model lacks.
 * @throws {InputError} Fewer than two imputations, or k below 1.
 * @source Meng & Rubin 1992, Biometrika 79:103-111, equations 1.4-1.7 and 2.1-2.2.
 */
export function pooledLikelihoodRatioTest(completed: readonly ImputedLikelihoods[], k: number): PooledTest {
  const m = atLeastTwo(completed.length);
  if (!(k >= 1)) throw new InputError(`a pooled test needs at least 1 coefficient; got ${k}`);
  const own = mean(completed.map(({ full, reduced }) => 2 * (full - reduced)));
  const atMean = mean(completed.map(({ fullAtMean, reducedAtMean }) => 2 * (fullAtMean - reducedAtMean)));
  // Rounding alone makes the increase negative where all imputations agree.
  const relativeIncrease = Math.max(0, ((m + 1) / (k * (m - 1))) * (own - atMean));
  return toTest(
    atMean / (k * (1 + relativeIncrease)),
    k,
    largeSampleDegrees(k, m, relativeIncrease),
    relativeIncrease,
  );
}

function toTest(f: number, df1: number, df2: number, relativeIncrease: number): PooledTest {
  return { f, df1, df2, pValue: fUpper(f, df1, df2), relativeIncrease };
}

function atLeastTwo(m: number): number {
  if (m < 2) throw new InputError(`a pooled test needs at least 2 imputations; got ${m}; impute more often`);
  return m;
}

/** Covariance of the estimates between imputations. */
function betweenCovariance(completed: readonly ImputedCoefficients[], centre: Float64Array): Matrix {
  const k = centre.length;
  const between = zeroMatrix(k, k);
  for (const { estimates } of completed)
    for (let a = 0; a < k; a++)
      for (let b = 0; b < k; b++)
        between.values[b * k + a] +=
          ((estimates[a] - centre[a]) * (estimates[b] - centre[b])) / (completed.length - 1);
  return between;
}

/** Li, Raghunathan & Rubin 1991, equation 1.17 and the rule for few imputations. */
function largeSampleDegrees(k: number, m: number, r: number): number {
  if (r === 0) return Infinity;
  const t = k * (m - 1);
  if (t > 4) {
    const bracket = 1 + (1 - 2 / t) / r;
    return 4 + (t - 4) * bracket * bracket;
  }
  return (t * (1 + 1 / k) * (1 + 1 / r) * (1 + 1 / r)) / 2;
}

/** Reiter 2007, equation 5; where it has no meaning, the fewer of the degrees of a large sample and of the data. */
function finiteSampleDegrees(k: number, m: number, r: number, complete: number): number {
  const t = k * (m - 1);
  const a = (r * t) / (t - 2);
  const a1 = 1 + a;
  const available = ((complete + 1) / (complete + 3)) * complete;
  const [c0, c1, c2] = [1 / (t - 4), available - 2 * a1, available - 4 * a1];
  if (t <= 4 || c2 <= 0) return Math.min(largeSampleDegrees(k, m, r), available);
  const inverse =
    1 / c2 +
    c0 * ((a * a * c1) / (a1 * a1 * c2)) +
    c0 * ((8 * a * a * c1) / (a1 * c2 * c2) + (4 * a * a) / (a1 * c2)) +
    c0 * ((4 * a * a) / (c2 * c1) + (16 * a * a * c1) / (c2 * c2 * c2)) +
    c0 * ((8 * a * a) / (c2 * c2));
  return 4 + 1 / inverse;
}
