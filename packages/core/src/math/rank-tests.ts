import { InputError, NumericalError } from "../errors.ts";
import { chiSquaredUpper, normalUpper } from "./distributions.ts";
import { midranks, sum } from "./statistics.ts";
import { rankSumProbability, signedRankProbability } from "./wilcoxon-distributions.ts";

/** Largest sample for which the exact distribution is taken where no values are tied, as in R. */
const EXACT_BELOW = 50;

/** How a rank test gets its p-value. */
export interface RankTestOptions {
  /** Exact distribution, or normal approximation; by default exact below 50 values a sample without ties. */
  readonly exact?: boolean;
  /** Shifts the normal approximation by half a rank; true by default. */
  readonly continuity?: boolean;
}

/** A two-sided rank test of two samples. */
export interface RankTest {
  /** Rank-sum: pairs in which the first is larger, ties counted half; signed-rank: ranks of the positive differences. */
  readonly statistic: number;
  readonly pValue: number;
  readonly method: "exact" | "normal approximation" | "normal approximation with continuity correction";
}

/** The test of Kruskal and Wallis. */
export interface KruskalWallisTest {
  readonly h: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Kruskal and Wallis's test that no group tends to larger values, corrected for ties.
 *
 * @param groups Values of each group; at least two groups, none empty.
 * @throws {InputError} Fewer than two groups, or an empty one.
 * @throws {NumericalError} All values are equal.
 * @source Kruskal & Wallis 1952, JASA 47:583-621.
 * @example kruskalWallis([[1, 2], [3, 4]]).h // => 2.4
 */
export function kruskalWallis(groups: readonly ArrayLike<number>[]): KruskalWallisTest {
  if (groups.length < 2 || groups.some(({ length }) => length === 0))
    throw new InputError(
      `the Kruskal-Wallis test needs two groups with values; got groups of ${groups.map(({ length }) => length).join(", ")}; leave it out`,
    );
  const pooled = pool(groups);
  const ranks = midranks(pooled);
  const n = pooled.length;
  let [start, squares] = [0, 0];
  for (const { length } of groups) {
    const rankSum = sum(ranks.subarray(start, start + length));
    squares += (rankSum * rankSum) / length;
    start += length;
  }
  const ties = 1 - tieSum(pooled) / (n * n * n - n);
  if (!(ties > 0)) throw new NumericalError("the Kruskal-Wallis test is undefined: all values are equal");
  const h = ((12 * squares) / (n * (n + 1)) - 3 * (n + 1)) / ties;
  const degreesOfFreedom = groups.length - 1;
  return { h, degreesOfFreedom, pValue: chiSquaredUpper(Math.max(0, h), degreesOfFreedom) };
}

/**
 * Wilcoxon's rank-sum test that two samples do not differ in location (Mann and Whitney).
 *
 * @param first Values of the first sample, not empty.
 * @param second Values of the second sample, not empty.
 * @returns Two-sided test. An exact p-value is taken only where no values are tied.
 * @throws {InputError} An empty sample.
 * @throws {NumericalError} All values are equal.
 * @source Wilcoxon 1945, Biometrics Bulletin 1:80-83; Mann & Whitney 1947, Ann Math Stat 18:50-60.
 * @example wilcoxonRankSum([1, 2, 3], [4, 5, 6]) // => { "statistic": 0, "pValue": 0.1, "method": "exact" }
 */
export function wilcoxonRankSum(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: RankTestOptions = {},
): RankTest {
  const [m, n] = [first.length, second.length];
  if (m === 0 || n === 0)
    throw new InputError(`the rank-sum test needs values of two samples; got ${m} and ${n}; leave it out`);
  const pooled = pool([first, second]);
  const statistic = sum(midranks(pooled).subarray(0, m)) - (m * (m + 1)) / 2;
  const tied = tieSum(pooled);
  const { exact = Math.max(m, n) < EXACT_BELOW, continuity = true } = options;
  if (exact && tied === 0) {
    const pValue = doubled(statistic > (m * n) / 2 ? m * n - statistic : statistic, (w) =>
      rankSumProbability(w, m, n),
    );
    return { statistic, pValue, method: "exact" };
  }
  const total = m + n;
  const variance = ((m * n) / 12) * (total + 1 - tied / (total * (total - 1)));
  return approximation(statistic, statistic - (m * n) / 2, variance, continuity);
}

/**
 * Wilcoxon's signed-rank test that paired differences are symmetric around zero.
 *
 * @param differences First minus second value of each pair; zeros are left out, at least one other.
 * @returns Two-sided test. An exact p-value is taken only where no differences are zero or tied in size.
 * @throws {InputError} No difference from zero.
 * @source Wilcoxon 1945, Biometrics Bulletin 1:80-83.
 * @example wilcoxonSignedRank([1, 2, 3, 4]).pValue // => 0.125
 */
export function wilcoxonSignedRank(differences: ArrayLike<number>, options: RankTestOptions = {}): RankTest {
  const nonzero = Array.from(differences).filter((difference) => difference !== 0);
  const n = nonzero.length;
  if (n === 0)
    throw new InputError(
      `the signed-rank test needs a difference from zero; got ${differences.length} of zero; leave it out`,
    );
  const sizes = Float64Array.from(nonzero, Math.abs);
  const ranks = midranks(sizes);
  const statistic = sum(ranks.filter((_, i) => nonzero[i] > 0));
  const tied = tieSum(sizes);
  const { exact = n < EXACT_BELOW, continuity = true } = options;
  const half = (n * (n + 1)) / 4;
  if (exact && tied === 0 && n === differences.length) {
    const pValue = doubled(statistic > half ? 2 * half - statistic : statistic, (v) =>
      signedRankProbability(v, n),
    );
    return { statistic, pValue, method: "exact" };
  }
  return approximation(statistic, statistic - half, (n * (n + 1) * (2 * n + 1)) / 24 - tied / 48, continuity);
}

function approximation(
  statistic: number,
  deviation: number,
  variance: number,
  continuity: boolean,
): RankTest {
  if (!(variance > 0)) throw new NumericalError("a rank test is undefined: all values are equal");
  const shifted = deviation - (continuity ? 0.5 * Math.sign(deviation) : 0);
  const pValue = Math.min(1, 2 * normalUpper(Math.abs(shifted) / Math.sqrt(variance)));
  return {
    statistic,
    pValue,
    method: continuity ? "normal approximation with continuity correction" : "normal approximation",
  };
}

function doubled(statistic: number, probability: (statistic: number) => number): number {
  return Math.min(1, 2 * probability(statistic));
}

/** Sum of t^3 - t over the sets of t tied values. */
function tieSum(values: Float64Array): number {
  const sorted = values.slice().sort((a, b) => a - b);
  let [total, run] = [0, 1];
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[i - 1]) run++;
    else {
      total += run * run * run - run;
      run = 1;
    }
  }
  return total;
}

function pool(groups: readonly ArrayLike<number>[]): Float64Array {
  const pooled = new Float64Array(groups.reduce((n, { length }) => n + length, 0));
  let start = 0;
  for (const group of groups) {
    pooled.set(group, start);
    start += group.length;
  }
  return pooled;
}
