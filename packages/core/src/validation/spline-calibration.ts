import { NumericalError } from "../errors.ts";
import { logistic, logit } from "../math/elementary.ts";
import { logisticRegression, type LogisticFit } from "../math/logistic-regression.ts";
import { type Matrix, matrixOfColumns } from "../math/matrix.ts";
import { splineKnots, splineTerm } from "../math/restricted-cubic-spline.ts";
import type { CalibrationPoint } from "./calibration-curve.ts";
import { clippedLogits } from "./calibration.ts";
import { twoSidedNormal } from "./estimate.ts";
import { requireClasses, requireProbabilities } from "./predictions.ts";

/** A logistic calibration curve with a restricted cubic spline of the predictions' logit. */
export interface SplineCalibration {
  /** On the logit scale, ascending. */
  readonly knots: readonly number[];
  /** Intercept, logit, then the non-linear terms. */
  readonly coefficients: Float64Array;
  readonly covariance: Matrix;
  /** Calibrated risk of every patient, in (0, 1). */
  readonly fitted: Float64Array;
}

/**
 * A flexible calibration curve that stays inside (0, 1): logistic regression on a restricted cubic spline of the logit.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param probability Predicted risk in [0, 1]; shape [n], at least three distinct values inside the extremes.
 * @param knots Number of knots, 3 to 5, at Harrell's quantiles.
 * @throws {InputError} A class without patients, or too few distinct predictions for the knots.
 * @throws {NumericalError} The predictions separate the outcomes.
 * @source Harrell 2015, Regression Modeling Strategies, sections 2.4.5 and 10.9.
 */
export function splineCalibration(
  outcome: Uint8Array,
  probability: Float64Array,
  knots = 4,
): SplineCalibration {
  requireClasses(requireProbabilities(outcome, probability), 1, "a calibration curve");
  const { values } = clippedLogits(probability);
  const places = splineKnots(values, knots);
  const columns = places.slice(1).map((_, term) => values.map((z) => splineTerm(z, places, term)));
  const fit: LogisticFit = logisticRegression(matrixOfColumns(outcome.length, columns), outcome);
  if (!fit.converged || fit.aliased.length > 0)
    throw new NumericalError(
      "a spline calibration curve needs predictions that overlap between the outcomes; got separation; read the counts",
    );
  const curve = { knots: places, coefficients: fit.coefficients, covariance: fit.covariance };
  return { ...curve, fitted: values.map((z) => logistic(linearPredictor(curve, z))) };
}

/**
 * A spline calibration curve with its pointwise Wald band, made on the logit scale.
 *
 * @param curve From {@link splineCalibration}.
 * @param at Predicted probabilities in (0, 1).
 * @param level Confidence level in (0, 1).
 * @returns Observed risk and limits in (0, 1).
 * @throws {InputError} The level lies outside (0, 1).
 */
export function splineCalibrationCurve(
  curve: SplineCalibration,
  at: ArrayLike<number>,
  level = 0.95,
): readonly CalibrationPoint[] {
  const quantile = twoSidedNormal(level);
  return Array.from(at, (predicted) => {
    const z = logit(predicted);
    const centre = linearPredictor(curve, z);
    const halfWidth = quantile * Math.sqrt(varianceAt(curve, z));
    return {
      predicted,
      observed: logistic(centre),
      lower: logistic(centre - halfWidth),
      upper: logistic(centre + halfWidth),
    };
  });
}

type SplineTerms = Pick<SplineCalibration, "knots" | "coefficients" | "covariance">;

function termsAt({ knots }: SplineTerms, z: number): readonly number[] {
  return [1, ...knots.slice(1).map((_, term) => splineTerm(z, knots, term))];
}

function linearPredictor(curve: SplineTerms, z: number): number {
  return termsAt(curve, z).reduce((sum, value, k) => sum + value * curve.coefficients[k], 0);
}

function varianceAt(curve: SplineTerms, z: number): number {
  const terms = termsAt(curve, z);
  let sum = 0;
  for (let j = 0; j < terms.length; j++)
    for (let k = 0; k < terms.length; k++)
      sum += terms[j] * terms[k] * curve.covariance.values[k * terms.length + j];
  return Math.max(0, sum);
}
