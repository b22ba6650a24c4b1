import { InputError, NumericalError } from "../errors.ts";
import { fUpper } from "./distributions.ts";
import { isConstant, mean, median, sampleVariance, sum } from "./statistics.ts";

/** An F-test of the difference between groups. */
export interface FTest {
  readonly f: number;
  readonly numeratorDegrees: number;
  readonly denominatorDegrees: number;
  readonly pValue: number;
}

/**
 * One-way analysis of variance, which takes the variances as equal.
 *
 * @param groups Values of each group; at least two groups of at least one value, more values than groups.
 * @throws {InputError} Fewer than two groups, an empty one, or no more values than groups.
 * @throws {NumericalError} The values do not vary within the groups.
 * @source Fisher 1925, Statistical Methods for Research Workers, chapter 7.
 * @example oneWayAnova([[1, 2, 3], [2, 3, 4], [3, 4, 5]]).f // => 3
 */
export function oneWayAnova(groups: readonly ArrayLike<number>[]): FTest {
  const sizes = groupSizes(groups, 1);
  const total = sum(sizes);
  if (total <= groups.length)
    throw new InputError(
      `analysis of variance needs more values than groups; got ${total} in ${groups.length}; leave it out`,
    );
  if (groups.every(isConstant))
    throw new NumericalError("an F-test is undefined: the values do not vary within the groups");
  const means = groups.map(mean);
  const grandMean = sum(means.map((m, g) => m * sizes[g])) / total;
  const between = sum(means.map((m, g) => sizes[g] * (m - grandMean) * (m - grandMean)));
  const within = sum(groups.map((group, g) => (sizes[g] > 1 ? (sizes[g] - 1) * sampleVariance(group) : 0)));
  const [numeratorDegrees, denominatorDegrees] = [groups.length - 1, total - groups.length];
  return fTest(between / numeratorDegrees, within / denominatorDegrees, numeratorDegrees, denominatorDegrees);
}

/**
 * Welch's one-way analysis of variance, which lets the variances differ.
 *
 * @param groups Values of each group; at least two groups of at least two values.
 * @throws {InputError} Fewer than two groups, or one of fewer than two values.
 * @throws {NumericalError} The values of a group do not vary.
 * @source Welch 1951, Biometrika 38:330-336.
 */
export function welchAnova(groups: readonly ArrayLike<number>[]): FTest {
  const sizes = groupSizes(groups, 2);
  const variances = groups.map(sampleVariance);
  if (groups.some(isConstant))
    throw new NumericalError("Welch's analysis of variance is undefined: the values of a group do not vary");
  const weights = variances.map((variance, g) => sizes[g] / variance);
  const total = sum(weights);
  const means = groups.map(mean);
  const centre = sum(means.map((m, g) => m * weights[g])) / total;
  const k = groups.length;
  const spread =
    sum(weights.map((w, g) => ((1 - w / total) * (1 - w / total)) / (sizes[g] - 1))) / (k * k - 1);
  const between = sum(means.map((m, g) => weights[g] * (m - centre) * (m - centre)));
  return fTest(between / (k - 1), 1 + 2 * (k - 2) * spread, k - 1, 1 / (3 * spread));
}

/**
 * Levene's test of equal variances around the medians (Brown and Forsythe).
 *
 * @param groups Values of each group, as in {@link oneWayAnova}.
 * @throws {InputError} As {@link oneWayAnova}.
 * @throws {NumericalError} The distances from the median do not vary within the groups.
 * @source Brown & Forsythe 1974, JASA 69:364-367.
 */
export function leveneTest(groups: readonly ArrayLike<number>[]): FTest {
  groupSizes(groups, 1);
  return oneWayAnova(
    groups.map((group) => {
      const centre = median(group);
      return Float64Array.from(group, (value) => Math.abs(value - centre));
    }),
  );
}

function fTest(between: number, within: number, numeratorDegrees: number, denominatorDegrees: number): FTest {
  const f = between / within;
  return { f, numeratorDegrees, denominatorDegrees, pValue: fUpper(f, numeratorDegrees, denominatorDegrees) };
}

function groupSizes(groups: readonly ArrayLike<number>[], least: number): number[] {
  const sizes = groups.map(({ length }) => length);
  if (sizes.length < 2 || Math.min(...sizes) < least)
    throw new InputError(
      `analysis of variance needs two groups of at least ${least} values; got groups of ${sizes.join(", ")}; leave it out`,
    );
  return sizes;
}
