/** Calibration in the large, slope and spline curve as R's `glm`, `confint` and `rms::lrm` print them, each held against the exact one. */
import { expect } from "vitest";
import { logisticRegression } from "../../packages/core/src/math/logistic-regression.ts";
import { logistic } from "../../packages/core/src/math/elementary.ts";
import { type Matrix, matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { splineTerm } from "../../packages/core/src/math/restricted-cubic-spline.ts";
import {
  profileCalibrationInTheLarge,
  profileCalibrationSlope,
} from "../../packages/core/src/validation/calibration-profile.ts";
import {
  calibrationInTheLarge,
  calibrationSlope,
  clippedLogits,
} from "../../packages/core/src/validation/calibration.ts";
import { type Estimate, twoSidedNormal } from "../../packages/core/src/validation/estimate.ts";
import {
  splineCalibration,
  type SplineCalibration,
} from "../../packages/core/src/validation/spline-calibration.ts";
import { expectSameCrossing, expectSameMaximum, expectWithinLrmChange } from "../models/exact-against-r.ts";
import { EPSILON_OF_CASES, glmOfR, type GlmSettings, withIntercept } from "../models/r-glm.ts";
import { lrmOfR } from "../models/r-lrm.ts";
import { profileLimitsOfR } from "../models/r-profile-limits.ts";

/** An estimate as the cases print it. */
export interface PrintedEstimate {
  readonly estimate: number;
  readonly se: number;
  readonly wald_ci: readonly [number, number];
  readonly profile_ci: readonly [number | null, number | null];
}

/** glm(y ~ 1, offset = logit p). */
export function inTheLargeOfR(outcome: Uint8Array, probability: Float64Array): PrintedEstimate {
  const offset = clippedLogits(probability).values;
  const design = matrixOfColumns(outcome.length, []);
  const exact = {
    wald: calibrationInTheLarge(outcome, probability),
    profile: profileCalibrationInTheLarge(outcome, probability),
  };
  return printed({ design, outcome, settings: { offset, epsilon: EPSILON_OF_CASES } }, 0, exact);
}

/** glm(y ~ logit p). */
export function slopeOfR(outcome: Uint8Array, probability: Float64Array): PrintedEstimate {
  const design = matrixOfColumns(outcome.length, [clippedLogits(probability).values]);
  const exact = {
    wald: calibrationSlope(outcome, probability).slope,
    profile: profileCalibrationSlope(outcome, probability),
  };
  return printed({ design, outcome, settings: { epsilon: EPSILON_OF_CASES } }, 1, exact);
}

interface Regression {
  readonly design: Matrix;
  readonly outcome: Uint8Array;
  readonly settings: GlmSettings;
}

function printed(
  { design, outcome, settings }: Regression,
  position: 0 | 1,
  exact: { readonly wald: Estimate; readonly profile: Estimate },
): PrintedEstimate {
  const matrix = withIntercept(design);
  const fit = glmOfR(matrix, outcome, settings);
  const own = logisticRegression(design, outcome, settings);
  expectSameMaximum(own, fit, matrix, settings);
  expectEstimate(exact.wald, of(own, position));
  const profile = profileLimitsOfR(matrix, outcome, settings, fit)[position];
  expectSameCrossing(exact.profile, profile);
  const { estimate, se } = of(fit, position);
  const margin = twoSidedNormal(0.95) * se;
  return {
    estimate,
    se,
    wald_ci: [estimate - margin, estimate + margin],
    profile_ci: [profile.lower, profile.upper],
  };
}

function of(
  { coefficients, covariance }: { readonly coefficients: Float64Array; readonly covariance: Matrix },
  position: number,
) {
  const variance = covariance.values[position * (coefficients.length + 1)];
  return { estimate: coefficients[position], se: Math.sqrt(variance) };
}

function expectEstimate(
  exact: Estimate,
  { estimate, se }: { readonly estimate: number; readonly se: number },
): void {
  expect(exact.value).toBeCloseTo(estimate, 10);
  expect(exact.upper - exact.lower).toBeCloseTo(2 * twoSidedNormal(0.95) * se, 10);
}

/** lrm(y ~ rcs(logit p, 4)). */
export function splineCalibrationOfR(outcome: Uint8Array, probability: Float64Array): SplineCalibration {
  const exact = splineCalibration(outcome, probability, 4);
  const { values } = clippedLogits(probability);
  const { knots } = exact;
  const columns = knots.slice(1).map((_, term) => values.map((z) => splineTerm(z, knots, term)));
  const design = matrixOfColumns(outcome.length, columns);
  const fit = lrmOfR(design, outcome);
  const own = logisticRegression(design, outcome);
  expectWithinLrmChange(own, fit);
  own.coefficients.forEach((b, k) => expect(exact.coefficients[k]).toBeCloseTo(b, 10));
  return {
    knots,
    coefficients: fit.coefficients,
    covariance: fit.covariance,
    fitted: fit.linear.map(logistic),
  };
}
