import { NumericalError } from "../errors.ts";
import { logisticRegression, type LogisticFit } from "../math/logistic-regression.ts";
import { matrixOfColumns } from "../math/matrix.ts";
import { clippedLogits } from "./calibration.ts";
import { type Estimate, twoSidedNormal } from "./estimate.ts";
import { requireClasses, requireProbabilities } from "./predictions.ts";

/**
 * Calibration in the large with its profile likelihood interval, as R's confint.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param probability Predicted risk in [0, 1]; shape [n].
 * @param level Confidence level in (0, 1).
 * @throws {InputError} As `calibrationInTheLarge`.
 * @throws {NumericalError} No finite estimate or limit.
 * @source Venzon & Moolgavkar 1988, Appl Stat 37:87-94.
 */
export function profileCalibrationInTheLarge(
  outcome: Uint8Array,
  probability: Float64Array,
  level = 0.95,
): Estimate {
  requireClasses(requireProbabilities(outcome, probability), 1, "calibration in the large");
  const { values } = clippedLogits(probability);
  const empty = matrixOfColumns(outcome.length, []);
  const fit = logisticRegression(empty, outcome, { offset: values });
  const held = (intercept: number) =>
    logisticRegression(empty, outcome, { offset: values.map((z) => z + intercept), intercept: false });
  return profile(fit, 0, held, level);
}

/**
 * Calibration slope with its profile likelihood interval, as R's confint.
 *
 * @param outcome As {@link profileCalibrationInTheLarge}.
 * @param probability As {@link profileCalibrationInTheLarge}.
 * @param level Confidence level in (0, 1).
 * @throws {InputError} As `calibrationSlope`.
 * @throws {NumericalError} No finite estimate or limit.
 * @source Venzon & Moolgavkar 1988, Appl Stat 37:87-94.
 */
export function profileCalibrationSlope(
  outcome: Uint8Array,
  probability: Float64Array,
  level = 0.95,
): Estimate {
  requireClasses(requireProbabilities(outcome, probability), 1, "a calibration slope");
  const { values } = clippedLogits(probability);
  const fit = logisticRegression(matrixOfColumns(outcome.length, [values]), outcome);
  const empty = matrixOfColumns(outcome.length, []);
  const held = (slope: number) =>
    logisticRegression(empty, outcome, { offset: values.map((z) => z * slope) });
  return profile(fit, 1, held, level);
}

/** The values where the signed root of the deviance, with the coefficient held, reaches the normal quantile. */
function profile(
  fit: LogisticFit,
  index: number,
  held: (value: number) => LogisticFit,
  level: number,
): Estimate {
  if (!fit.converged || fit.aliased.length > 0)
    throw new NumericalError(
      "a profile interval needs a finite estimate; the regression found none; read the calibration curve",
    );
  const estimate = fit.coefficients[index];
  const standardError = Math.sqrt(fit.covariance.values[index * (fit.coefficients.length + 1)]);
  const z = twoSidedNormal(level);
  const root = (value: number) => Math.sqrt(Math.max(0, 2 * (fit.logLikelihood - held(value).logLikelihood)));
  const limit = (sign: 1 | -1) => {
    let [inside, outside] = [0, z];
    while (root(estimate + sign * outside * standardError) < z) {
      [inside, outside] = [outside, outside * 2];
      if (outside > 1e6)
        throw new NumericalError("a profile interval needs a finite limit; got none; use the Wald interval");
    }
    for (let step = 0; step < 60; step++) {
      const middle = (inside + outside) / 2;
      if (root(estimate + sign * middle * standardError) < z) inside = middle;
      else outside = middle;
    }
    return estimate + (sign * (inside + outside) * standardError) / 2;
  };
  return { value: estimate, lower: limit(-1), upper: limit(1), method: "profile likelihood" };
}
