import { InputError } from "../errors.ts";
import { choleskyFactor, choleskySolve } from "./cholesky.ts";
import { chiSquaredUpper } from "./distributions.ts";
import { dotProduct } from "./dot-product.ts";
import { type Matrix, zeroMatrix } from "./matrix.ts";

/** A test by the chi-squared distribution. */
export interface ChiSquaredTest {
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  /** Null where there is no degree of freedom. */
  readonly pValue: number | null;
}

/**
 * Wald's test that several coefficients are all zero: b' V^-1 b.
 *
 * @param fit Coefficients and their covariance; NaN where a coefficient is aliased.
 * @param positions Of the coefficients under test; aliased ones do not count.
 * @returns Zero degrees of freedom and no p-value where every one is aliased.
 * @throws {InputError} A position without a coefficient.
 * @throws {NumericalError} The covariance of the coefficients is singular.
 * @source Harrell 2015, Regression Modeling Strategies, 9.2.2.
 * @example waldTest({ coefficients: Float64Array.of(2), covariance: { rows: 1, columns: 1, values: Float64Array.of(4) } }, [0]).chiSquared // => 1
 */
export function waldTest(
  { coefficients, covariance }: { readonly coefficients: Float64Array; readonly covariance: Matrix },
  positions: readonly number[],
): ChiSquaredTest {
  const size = coefficients.length;
  const unknown = positions.find((position) => !(position >= 0 && position < size));
  if (unknown !== undefined)
    throw new InputError(
      `Wald's test needs positions of coefficients from 0 to ${size - 1}; got ${unknown}; count the intercept as 0`,
    );
  const tested = positions.filter((position) => !Number.isNaN(coefficients[position]));
  const degreesOfFreedom = tested.length;
  if (degreesOfFreedom === 0) return { chiSquared: 0, degreesOfFreedom, pValue: null };
  const part = zeroMatrix(degreesOfFreedom, degreesOfFreedom);
  tested.forEach((a, i) =>
    tested.forEach(
      (b, j) => (part.values[j * degreesOfFreedom + i] = covariance.values[b * covariance.rows + a]),
    ),
  );
  const estimates = Float64Array.from(tested, (position) => coefficients[position]);
  const solved = choleskySolve(choleskyFactor(part), estimates);
  const chiSquared = dotProduct(estimates, 0, solved, degreesOfFreedom);
  return { chiSquared, degreesOfFreedom, pValue: chiSquaredUpper(chiSquared, degreesOfFreedom) };
}
