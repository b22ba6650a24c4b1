import { InputError, NumericalError } from "../errors.ts";
import { studentTQuantile, studentTTwoSided } from "./distributions.ts";
import { mean, sampleVariance } from "./statistics.ts";

/** A two-sided t-test of the difference of two means with its interval. */
export interface TTest {
  readonly difference: number;
  readonly t: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Student's t-test of two means, which takes the variances as equal.
 *
 * @param first Values of the first group, at least one.
 * @param second Values of the second group, at least one; three values in all.
 * @param level Confidence level of the interval of mean(first) - mean(second), in (0, 1).
 * @throws {InputError} An empty group, fewer than three values, or a value that is not finite.
 * @throws {NumericalError} The values do not vary within the groups.
 * @source Student 1908, Biometrika 6:1-25.
 * @example studentTTest([1, 2, 3], [2, 4, 6]).degreesOfFreedom // => 4
 */
export function studentTTest(first: ArrayLike<number>, second: ArrayLike<number>, level = 0.95): TTest {
  const [m, n] = groupSizes(first, second, 1);
  const degreesOfFreedom = m + n - 2;
  if (degreesOfFreedom < 1)
    throw new InputError(`a t-test needs three values; got ${m} and ${n}; leave it out`);
  const squares =
    (m > 1 ? (m - 1) * sampleVariance(first) : 0) + (n > 1 ? (n - 1) * sampleVariance(second) : 0);
  const standardError = Math.sqrt((squares / degreesOfFreedom) * (1 / m + 1 / n));
  refuseConstant(standardError, first, second);
  return tTest(mean(first) - mean(second), standardError, degreesOfFreedom, level);
}

/**
 * Welch's t-test of two means, which lets the variances differ.
 *
 * @param first Values of the first group, at least two.
 * @param second Values of the second group, at least two.
 * @param level Confidence level of the interval of mean(first) - mean(second), in (0, 1).
 * @throws {InputError} A group of fewer than two, or a value that is not finite.
 * @throws {NumericalError} The values do not vary within the groups.
 * @source Welch 1947, Biometrika 34:28-35; Satterthwaite's degrees of freedom.
 * @example welchTTest([1, 2, 3], [2, 4, 6]).difference // => -2
 */
export function welchTTest(first: ArrayLike<number>, second: ArrayLike<number>, level = 0.95): TTest {
  const [m, n] = groupSizes(first, second, 2);
  const [a, b] = [sampleVariance(first) / m, sampleVariance(second) / n];
  const degreesOfFreedom = ((a + b) * (a + b)) / ((a * a) / (m - 1) + (b * b) / (n - 1));
  refuseConstant(Math.sqrt(a + b), first, second);
  return tTest(mean(first) - mean(second), Math.sqrt(a + b), degreesOfFreedom, level);
}

function tTest(difference: number, standardError: number, degreesOfFreedom: number, level: number): TTest {
  if (!(level > 0 && level < 1))
    throw new InputError(`a confidence level lies between 0 and 1; got ${level}; choose 0.95`);
  const t = difference / standardError;
  const margin = studentTQuantile(0.5 + level / 2, degreesOfFreedom) * standardError;
  const pValue = studentTTwoSided(t, degreesOfFreedom);
  return { difference, t, degreesOfFreedom, pValue, lower: difference - margin, upper: difference + margin };
}

/** Refuses a standard error that is nothing but rounding, as R does. */
function refuseConstant(standardError: number, first: ArrayLike<number>, second: ArrayLike<number>): void {
  const size = Math.max(Math.abs(mean(first)), Math.abs(mean(second)));
  if (standardError <= 10 * Number.EPSILON * size)
    throw new NumericalError("a t-test is undefined: the values do not vary within the groups");
}

function groupSizes(first: ArrayLike<number>, second: ArrayLike<number>, least: number): [number, number] {
  if (Math.min(first.length, second.length) < least)
    throw new InputError(
      `a t-test needs ${least} values a group; got ${first.length} and ${second.length}; leave it out`,
    );
  for (const group of [first, second])
    for (let i = 0; i < group.length; i++)
      if (!Number.isFinite(group[i]))
        throw new InputError("a t-test needs finite values; got another; leave missing values out");
  return [first.length, second.length];
}
