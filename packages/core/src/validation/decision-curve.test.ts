import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { confusionCounts } from "./confusion.ts";
import { interventionsAvoidedBand, netBenefitBand, netBenefitDifferenceBand } from "./decision-curve-band.ts";
import { decisionCurve } from "./decision-curve.ts";
import { bootstrapResamples } from "./resamples.ts";
import { thresholdGrid } from "./threshold-grid.ts";

const random = createRandom("decision");
const outcome = Uint8Array.from({ length: 100 }, (_, i) => Number(i < 30));
const probability = Float64Array.from(
  outcome,
  (event) => Math.round((0.2 * event + 0.6 * random.uniform()) * 20) / 20,
);
const grid = thresholdGrid(0.05, 0.5, 0.05);

describe("a grid of thresholds", () => {
  it("holds the decimals that a person writes", () => {
    expect(Array.from(thresholdGrid(0.1, 0.9, 0.1))).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    expect(Array.from(thresholdGrid(0.05, 0.4, 0.01))).toContain(0.29);
    expect(thresholdGrid(0.05, 0.4, 0.01)).toHaveLength(36);
  });

  it("stops before a last threshold that no step reaches", () => {
    expect(Array.from(thresholdGrid(0.1, 0.35, 0.1))).toEqual([0.1, 0.2, 0.3]);
  });

  it("refuses steps that are not positive and endless decimals", () => {
    expect(() => thresholdGrid(0.1, 0.2, 0)).toThrow(/positive step/);
    expect(() => thresholdGrid(1 / 3, 0.5, 0.1)).toThrow(/decimals/);
  });
});

describe("a decision curve", () => {
  it("weighs false positives by the odds of the threshold", () => {
    for (const { threshold, netBenefit } of decisionCurve(outcome, probability, grid)) {
      const { truePositives, falsePositives } = confusionCounts(outcome, probability, threshold);
      expect(netBenefit).toBeCloseTo(
        truePositives / 100 - ((falsePositives / 100) * threshold) / (1 - threshold),
        14,
      );
    }
  });

  it("treats a patient on the threshold: 0.3 is 0.3", () => {
    const [point] = decisionCurve(Uint8Array.of(1, 0), Float64Array.of(0.3, 0), thresholdGrid(0.3, 0.3, 0.1));
    expect(point.netBenefit).toBe(0.5);
  });

  it("of certainty for all equals treating everybody, which avoids nothing", () => {
    for (const point of decisionCurve(outcome, new Float64Array(100).fill(1), grid)) {
      expect(point.netBenefit).toBeCloseTo(point.treatAll, 14);
      expect(point.avoidedPer100).toBeCloseTo(0, 10);
    }
  });

  it("of a perfect model is the prevalence at every threshold, standardised 1", () => {
    for (const point of decisionCurve(outcome, Float64Array.from(outcome), grid)) {
      expect(point.netBenefit).toBeCloseTo(0.3, 14);
      expect(point.standardisedNetBenefit).toBeCloseTo(1, 14);
    }
  });

  it("at the patients' own prevalence is unchanged by stating it", () => {
    const [own, stated] = [
      decisionCurve(outcome, probability, grid),
      decisionCurve(outcome, probability, grid, 0.3),
    ];
    own.forEach((point, k) => expect(point.netBenefit).toBeCloseTo(stated[k].netBenefit, 12));
  });

  it("has no standardised form without events, and refuses thresholds of 0 and 1", () => {
    expect(
      decisionCurve(new Uint8Array(2), Float64Array.of(0.1, 0.2), [0.1])[0].standardisedNetBenefit,
    ).toBeNull();
    expect(() => decisionCurve(outcome, probability, [1])).toThrow(/between 0 and 1/);
  });
});

describe("the bootstrap band", () => {
  const resamples = bootstrapResamples(100, 200, createRandom(3));

  it("is the same for the same seed and holds the curve", () => {
    const band = netBenefitBand(outcome, [probability], grid, resamples);
    expect(
      netBenefitBand(outcome, [probability], grid, bootstrapResamples(100, 200, createRandom(3))),
    ).toEqual(band);
    decisionCurve(outcome, probability, grid).forEach(({ netBenefit }, k) => {
      expect(band[k].lower).toBeLessThanOrEqual(netBenefit);
      expect(band[k].upper).toBeGreaterThanOrEqual(netBenefit);
    });
  });

  it("of every patient once is the curve itself", () => {
    const identity = Int32Array.from({ length: 100 }, (_, i) => i);
    const band = netBenefitBand(outcome, [probability], grid, [identity, identity]);
    decisionCurve(outcome, probability, grid).forEach(({ netBenefit }, k) =>
      expect(band[k].lower).toBeCloseTo(netBenefit, 12),
    );
  });

  it("of the interventions avoided is that of the curve too, thresholds in any order", () => {
    const identity = Int32Array.from({ length: 100 }, (_, i) => i);
    const mixed = [0.3, 0.1, 0.3, 0.45];
    const band = interventionsAvoidedBand(outcome, [probability, probability], mixed, [identity, identity]);
    decisionCurve(outcome, probability, mixed).forEach(({ threshold, avoidedPer100 }, k) => {
      expect(band[k].threshold).toBe(threshold);
      expect(band[k].upper).toBeCloseTo(avoidedPer100, 10);
    });
  });

  it("of a model minus itself is zero", () => {
    const band = netBenefitDifferenceBand(outcome, [[probability], [probability]], grid, resamples);
    for (const { lower, upper } of band) expect([lower, upper]).toEqual([0, 0]);
  });
});
