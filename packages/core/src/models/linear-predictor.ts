import type { Matrix } from "../math/matrix.ts";
import type { FittedRegression } from "./fit-regression.ts";
import type { DesignColumn, LinearPredictor, PooledCoefficients } from "./model.ts";

/** The stored form of a regression: its columns with their coefficients, those of exactly 0 left out. */
export function toLinearPredictor(
  columns: readonly DesignColumn[],
  fitted: Omit<FittedRegression, "outOfFold"> & { readonly pooled?: PooledCoefficients },
): LinearPredictor {
  const { coefficients, standardErrors, covariance, pooled } = fitted;
  // Maximum likelihood leaves no coefficient at exactly 0 but by an accident that its error would not survive.
  const keep = (values: readonly number[]) => values.filter((_, j) => j === 0 || coefficients[j - 1] !== 0);
  const kept = columns.flatMap((column, index) =>
    coefficients[index] === 0 ? [] : [{ ...column, coefficient: coefficients[index] }],
  );
  return {
    intercept: fitted.intercept,
    columns: kept,
    regression: fitted.regression,
    lambda: fitted.lambda,
    standardErrors: standardErrors === null ? null : keep(standardErrors),
    ...(covariance === undefined ? {} : { covariance: coveredBy(covariance, coefficients) }),
    ...(pooled === undefined
      ? {}
      : {
          pooled: {
            imputations: pooled.imputations,
            degreesOfFreedom: pooled.degreesOfFreedom === null ? null : keep(pooled.degreesOfFreedom),
            missingInformation: pooled.missingInformation === null ? null : keep(pooled.missingInformation),
            selected: keep(pooled.selected),
          },
        }),
  };
}

/** The rows and columns of the intercept and of the coefficients that are not 0. */
function coveredBy(covariance: Matrix, coefficients: Float64Array): readonly (readonly number[])[] {
  const kept = [
    0,
    ...Array.from(coefficients.keys(), (index) => index + 1).filter((row) => coefficients[row - 1] !== 0),
  ];
  return kept.map((row) => kept.map((column) => covariance.values[column * covariance.rows + row]));
}
