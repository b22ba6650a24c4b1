import { NumericalError } from "../errors.ts";
import { chiSquaredUpper } from "../math/distributions.ts";
import type { ChiSquaredTail } from "./calibration-tests.ts";

/**
 * Cochran's Q: a test that independent estimates share one value.
 *
 * @param estimates Values with their variances, each above 0; at least two.
 * @returns Chi-squared with one degree of freedom fewer than estimates.
 * @throws {NumericalError} Fewer than two estimates.
 * @source Cochran 1954, Biometrics 10:101-129.
 * @example cochranQ([{ value: 1, variance: 1 }, { value: 3, variance: 1 }]).chiSquared // => 2
 */
export function cochranQ(
  estimates: readonly { readonly value: number; readonly variance: number }[],
): ChiSquaredTail {
  if (estimates.length < 2)
    throw new NumericalError(
      `a test between subgroups needs two levels with an estimate; got ${estimates.length}; merge small levels`,
    );
  const weight = estimates.reduce((total, { variance }) => total + 1 / variance, 0);
  const pooled = estimates.reduce((total, { value, variance }) => total + value / variance, 0) / weight;
  const chiSquared = estimates.reduce(
    (total, { value, variance }) => total + ((value - pooled) * (value - pooled)) / variance,
    0,
  );
  const degreesOfFreedom = estimates.length - 1;
  return { chiSquared, degreesOfFreedom, pValue: chiSquaredUpper(chiSquared, degreesOfFreedom) };
}
