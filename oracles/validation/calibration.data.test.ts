import { isotonicRegression } from "../../packages/core/src/math/isotonic.ts";
import { directLoess } from "../../packages/core/src/math/loess.ts";
import { lowess } from "../../packages/core/src/math/lowess.ts";
import { logistic } from "../../packages/core/src/math/elementary.ts";
import { matrixOfColumns } from "../../packages/core/src/math/matrix.ts";
import { mean } from "../../packages/core/src/math/statistics.ts";
import { brierScore, logLoss, scaledBrierScore } from "../../packages/core/src/validation/brier.ts";
import {
  calibrationCurve,
  calibrationErrors,
  type CalibrationErrors,
  distanceFromDiagonal,
} from "../../packages/core/src/validation/calibration-curve.ts";
import {
  hosmerLemeshow,
  spiegelhalter,
  unreliabilityTest,
} from "../../packages/core/src/validation/calibration-tests.ts";
import {
  calibrationInTheLarge,
  calibrationSlope,
  clippedLogits,
  observedExpectedRatio,
} from "../../packages/core/src/validation/calibration.ts";
import { twoSidedNormal } from "../../packages/core/src/validation/estimate.ts";
import { countClasses } from "../../packages/core/src/validation/predictions.ts";
import { qualityIndices } from "../../packages/core/src/validation/quality-indices.ts";
import { splineCalibrationCurve } from "../../packages/core/src/validation/spline-calibration.ts";
import { numbers, type OracleCase, readOracleTable } from "../oracle-cases.ts";
import { binnedRankAssociation, lrmOfR } from "../models/r-lrm.ts";
import { testOracles } from "../oracle-tests.ts";
import { limits, outcomeOf } from "./predictions-of.ts";
import { inTheLargeOfR, slopeOfR, splineCalibrationOfR } from "./r-calibration.ts";

type CalibrationCase = OracleCase<{ readonly y: string; readonly p: string }>;

testOracles("11", {
  calibration: (oracle: CalibrationCase) => {
    const [outcome, probability] = predictionsOf(oracle);
    if (oracle.kind === "behaviour") return behaviourAtTheEnds(outcome, probability);
    return {
      ...measuresOf(outcome, probability),
      ...(oracle.expected.loess_direct === undefined ? {} : curvesOf(oracle, outcome, probability)),
    };
  },

  recalibration: (oracle: CalibrationCase) => {
    const [outcome, probability] = predictionsOf(oracle);
    const line = calibrationSlope(outcome, probability);
    const order = Array.from(probability.keys()).sort((a, b) => probability[a] - probability[b] || a - b);
    const isotonic = isotonicRegression(order.map((i) => outcome[i]));
    const { position } = oracle.expected.isotonic_at_sorted_positions as { position: number[] };
    return {
      intercept_only: calibrationInTheLarge(outcome, probability).value,
      logistic: [line.jointIntercept.value, line.slope.value],
      isotonic_at_sorted_positions: { position, value: position.map((k) => isotonic[k - 1]) },
    };
  },
});

function predictionsOf(oracle: CalibrationCase): readonly [Uint8Array, Float64Array] {
  const table = readOracleTable(oracle);
  return [outcomeOf(table, oracle.spec.y), numbers(table, oracle.spec.p)];
}

function behaviourAtTheEnds(outcome: Uint8Array, probability: Float64Array): unknown {
  const { clipped } = clippedLogits(probability);
  return {
    must_report: `${clipped} clipped`,
    brier: brierScore(outcome, probability),
    n_zero_or_one: clipped,
  };
}

function measuresOf(outcome: Uint8Array, probability: Float64Array): object {
  const line = calibrationSlope(outcome, probability);
  const { ratio } = observedExpectedRatio(outcome, probability);
  const brierZ = spiegelhalter(outcome, probability);
  const unreliability = unreliabilityTest(outcome, probability);
  return {
    n: outcome.length,
    events: countClasses(outcome).positives,
    mean_p: mean(probability),
    citl: inTheLargeOfR(outcome, probability),
    slope: { ...slopeOfR(outcome, probability), intercept_joint: line.jointIntercept.value },
    OE: { ratio: ratio.value, ci_log: limits(ratio), EO: 1 / ratio.value },
    brier: brierScore(outcome, probability),
    brier_scaled: scaledBrierScore(outcome, probability),
    log_loss: logLoss(outcome, probability),
    spiegelhalter: { z: brierZ.z, p: brierZ.pValue },
    unreliability_test: {
      chi2: unreliability.chiSquared,
      df: unreliability.degreesOfFreedom,
      p: unreliability.pValue,
    },
    hosmer_lemeshow_10: groupsOf(outcome, probability, 10),
    hosmer_lemeshow_5: groupsOf(outcome, probability, 5),
  };
}

function groupsOf(outcome: Uint8Array, probability: Float64Array, count: number): unknown {
  const { groups, development, newData } = hosmerLemeshow(outcome, probability, count);
  return {
    groups: groups.length,
    chi2: newData.chiSquared,
    df_dev: development.degreesOfFreedom,
    p_dev: development.pValue,
    df_ext: newData.degreesOfFreedom,
    p_ext: newData.pValue,
    observed: groups.map((group) => group.observed),
    expected: groups.map((group) => group.expected),
    n: groups.map((group) => group.patients),
  };
}

function curvesOf(oracle: CalibrationCase, outcome: Uint8Array, probability: Float64Array): object {
  const events = Float64Array.from(outcome);
  const errors = calibrationErrors(outcome, probability);
  const line = calibrationSlope(outcome, probability);
  const linear = directLoess(probability, events, probability, { span: 0.75, degree: 1 });
  const inTheLarge = calibrationInTheLarge(outcome, probability);
  const at = Float64Array.from(oracle.expected.loess_R_default.at as number[]);
  return {
    loess_direct: directCurve(oracle, probability, events),
    loess_R_default: {
      ...distances(errors),
      at,
      curve: calibrationCurve(outcome, probability, { at }).map((point) => point.observed),
    },
    loess_degree1_direct: distances(distanceFromDiagonal(probability, linear.value)),
    rcs4: splineCurve(oracle, outcome, probability),
    lowess_iter0: smoothAt(oracle, probability, lowess(probability, events)),
    rms_val_prob: valProb(outcome, probability),
    CalibrationCurves: {
      intercept: [inTheLarge.value, ...limits(inTheLarge)],
      slope: [line.slope.value, ...limits(line.slope)],
      Eavg: errors.ici,
      ECI: errors.eci,
      Brier_scaled: scaledBrierScore(outcome, probability),
    },
  };
}

function directCurve(oracle: CalibrationCase, probability: Float64Array, events: Float64Array): unknown {
  const at = oracle.expected.loess_direct.at as number[];
  const curve = directLoess(probability, events, at);
  const z = twoSidedNormal(0.95);
  const fitted = directLoess(probability, events, probability).value;
  return {
    ...distances(distanceFromDiagonal(probability, fitted)),
    at,
    curve: curve.value,
    se: curve.standardError,
    ci_lo: curve.value.map((value, i) => value - z * curve.standardError[i]),
    ci_hi: curve.value.map((value, i) => value + z * curve.standardError[i]),
    enp: curve.equivalentParameters,
    residual_scale: curve.residualScale,
  };
}

function splineCurve(oracle: CalibrationCase, outcome: Uint8Array, probability: Float64Array): unknown {
  const at = oracle.expected.rcs4.at as number[];
  const fit = splineCalibrationOfR(outcome, probability);
  const curve = splineCalibrationCurve(fit, at);
  return {
    ...distances(distanceFromDiagonal(probability, fit.fitted)),
    knots: fit.knots,
    coef: fit.coefficients,
    at,
    curve: curve.map((point) => point.observed),
    ci_lo: curve.map((point) => point.lower),
    ci_hi: curve.map((point) => point.upper),
  };
}

function smoothAt(oracle: CalibrationCase, probability: Float64Array, smooth: Float64Array): unknown {
  const x = oracle.expected.lowess_iter0.x as number[];
  const nearest = (place: number) =>
    probability.reduce(
      (best, p, i) => (Math.abs(p - place) < Math.abs(probability[best] - place) ? i : best),
      0,
    );
  return { x: x.map((place) => probability[nearest(place)]), y: x.map((place) => smooth[nearest(place)]) };
}

function valProb(outcome: Uint8Array, probability: Float64Array): unknown {
  const logits = clippedLogits(probability).values;
  const { concordance, somersD } = binnedRankAssociation(outcome, logits.map(logistic));
  const line = lrmOfR(matrixOfColumns(outcome.length, [logits]), outcome);
  const quality = qualityIndices(outcome, probability);
  const errors = distanceFromDiagonal(probability, lowess(probability, Float64Array.from(outcome)));
  const brierZ = spiegelhalter(outcome, probability);
  return {
    Dxy: somersD,
    "C (ROC)": concordance,
    R2: quality.nagelkerke,
    D: quality.discrimination,
    U: quality.unreliability,
    Q: quality.quality,
    Brier: brierScore(outcome, probability),
    Intercept: line.coefficients[0],
    Slope: line.coefficients[1],
    Emax: errors.emax,
    E90: errors.e90,
    Eavg: errors.ici,
    "S:z": brierZ.z,
    "S:p": brierZ.pValue,
  };
}

function distances(errors: CalibrationErrors): object {
  return { ICI: errors.ici, E50: errors.e50, E90: errors.e90, Emax: errors.emax, ECI_x100: errors.eci };
}
