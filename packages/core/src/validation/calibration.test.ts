import { describe, expect, it } from "vitest";
import { logistic, logit } from "../math/elementary.ts";
import { createRandom } from "../math/random.ts";
import { brierScore, logLoss, scaledBrierScore } from "./brier.ts";
import { calibrationCurve, calibrationErrors } from "./calibration-curve.ts";
import { profileCalibrationSlope } from "./calibration-profile.ts";
import { hosmerLemeshow, spiegelhalter, unreliabilityTest } from "./calibration-tests.ts";
import {
  calibrationInTheLarge,
  calibrationSlope,
  clippedLogits,
  observedExpectedRatio,
} from "./calibration.ts";
import { qualityIndices } from "./quality-indices.ts";

const random = createRandom("calibration");
const risk = Float64Array.from({ length: 2000 }, () => logistic(random.normal() - 0.7));
const outcome = Uint8Array.from(risk, (p) => Number(random.bernoulli(p)));
const shifted = risk.map((p) => logistic(logit(p) * 2 - 1));

describe("the Brier score", () => {
  it("of the prevalence is its variance, which scales to 0", () => {
    const prevalence = outcome.reduce((a, b) => a + b, 0) / outcome.length;
    const constant = new Float64Array(outcome.length).fill(prevalence);
    expect(brierScore(outcome, constant)).toBeCloseTo(prevalence * (1 - prevalence), 14);
    expect(scaledBrierScore(outcome, constant)).toBeCloseTo(0, 12);
  });

  it("is 0 for certain and right predictions, while one certain and wrong makes the log loss infinite", () => {
    expect(brierScore(outcome, Float64Array.from(outcome))).toBe(0);
    expect(logLoss(Uint8Array.of(0, 1), Float64Array.of(0, 0))).toBe(Infinity);
  });

  it("refuses probabilities outside [0, 1] and says how many", () => {
    expect(() => brierScore(Uint8Array.of(0, 1), Float64Array.of(1.2, -3))).toThrow(/got 2 of 2 outside/);
  });
});

describe("calibration intercept and slope", () => {
  it("of the true risks have 0 and 1 in their intervals", () => {
    const [inTheLarge, { slope }] = [calibrationInTheLarge(outcome, risk), calibrationSlope(outcome, risk)];
    expect(inTheLarge.lower).toBeLessThan(0);
    expect(inTheLarge.upper).toBeGreaterThan(0);
    expect(slope.lower).toBeLessThan(1);
    expect(slope.upper).toBeGreaterThan(1);
  });

  it("undo a known distortion of the logit", () => {
    const [before, after] = [calibrationSlope(outcome, risk), calibrationSlope(outcome, shifted)];
    expect(after.slope.value).toBeCloseTo(before.slope.value / 2, 8);
    expect(after.jointIntercept.value).toBeCloseTo(before.jointIntercept.value + before.slope.value / 2, 8);
  });

  it("in the large balances observed and expected events", () => {
    const { value } = calibrationInTheLarge(outcome, shifted);
    const moved = shifted.map((p) => logistic(logit(p) + value));
    const { observed, expected } = observedExpectedRatio(outcome, moved);
    expect(expected).toBeCloseTo(observed, 6);
  });

  it("count the predictions that have no logit and clip them", () => {
    const { values, clipped } = clippedLogits(Float64Array.of(0, 1, 0.5, 1e-12));
    expect(clipped).toBe(3);
    expect(values[0]).toBeCloseTo(-18.420680733952367, 6);
    expect(values[3]).toBe(values[0]);
  });

  it("say why there is no slope: separation, or equal predictions", () => {
    const events = Uint8Array.of(0, 0, 1, 1);
    expect(() => calibrationSlope(events, Float64Array.of(0.1, 0.2, 0.8, 0.9))).toThrow(/overlap/);
    expect(() => calibrationSlope(events, new Float64Array(4).fill(0.3))).toThrow(/differ/);
    expect(() => calibrationInTheLarge(new Uint8Array(4), new Float64Array(4).fill(0.3))).toThrow(
      /with and 1 without/,
    );
  });

  it("have profile intervals where the deviance drops by 3.84", () => {
    const profile = profileCalibrationSlope(outcome, risk);
    expect(profile.lower).toBeCloseTo(calibrationSlope(outcome, risk).slope.lower, 1);
    expect(profile.value).toBeCloseTo(calibrationSlope(outcome, risk).slope.value, 12);
  });
});

describe("the calibration curve", () => {
  it("of the true risks lies near the diagonal, inside its band mostly", () => {
    const curve = calibrationCurve(outcome, risk);
    const outside = curve.filter(({ predicted, lower, upper }) => predicted < lower || predicted > upper);
    expect(outside.length).toBeLessThan(15);
    expect(calibrationErrors(outcome, risk).ici).toBeLessThan(0.03);
  });

  it("runs from the smallest to the largest prediction and not beyond", () => {
    const curve = calibrationCurve(outcome, risk);
    expect(curve[0].predicted).toBe(Math.min(...risk));
    expect(curve.at(-1)!.predicted).toBe(Math.max(...risk));
    expect(() => calibrationCurve(outcome, risk, { at: Float64Array.of(0) })).toThrow(/inside the range/);
  });

  it("measures larger distances for distorted risks, in order", () => {
    const errors = calibrationErrors(outcome, shifted);
    expect(errors.ici).toBeGreaterThan(calibrationErrors(outcome, risk).ici);
    expect(errors.e50).toBeLessThanOrEqual(errors.e90);
    expect(errors.e90).toBeLessThanOrEqual(errors.emax);
  });

  it("does not exist for equal predictions", () => {
    expect(() => calibrationCurve(Uint8Array.of(0, 1, 0, 1), new Float64Array(4).fill(0.5))).toThrow(
      /equal values/,
    );
  });
});

describe("tests of calibration", () => {
  it("find a distortion and spare the true risks", () => {
    for (const test of [hosmerLemeshowP, spiegelhalterP, unreliabilityP]) {
      expect(test(risk)).toBeGreaterThan(0.01);
      expect(test(shifted)).toBeLessThan(1e-6);
    }
  });

  it("keep every patient in one risk group, ties together", () => {
    const coarse = risk.map((p) => Math.round(p * 5) / 5 || 0.1);
    const { groups } = hosmerLemeshow(
      outcome,
      coarse.map((p) => Math.min(0.9, p)),
    );
    expect(groups.reduce((count, group) => count + group.patients, 0)).toBe(2000);
    expect(groups.length).toBeLessThan(10);
  });

  it("split Harrell's quality index into discrimination and unreliability", () => {
    const { discrimination, unreliability, quality } = qualityIndices(outcome, shifted);
    expect(quality).toBe(discrimination - unreliability);
    expect(unreliability).toBeGreaterThan(qualityIndices(outcome, risk).unreliability);
  });
});

function hosmerLemeshowP(probability: Float64Array): number {
  return hosmerLemeshow(outcome, probability).newData.pValue;
}

function spiegelhalterP(probability: Float64Array): number {
  return spiegelhalter(outcome, probability).pValue;
}

function unreliabilityP(probability: Float64Array): number {
  return unreliabilityTest(outcome, probability).pValue;
}
