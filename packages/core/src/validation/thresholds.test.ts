import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { confusionCounts, meanCounts, thresholdMeasures } from "./confusion.ts";
import { mcnemarTest } from "./mcnemar.ts";
import { wilsonProportion } from "./proportion.ts";
import { proportionLimits } from "./proportion-intervals.ts";
import { chooseThreshold, closestCornerThresholds, thresholdRule, youdenThresholds } from "./thresholds.ts";
import { summariseTable } from "./two-by-two.ts";

const random = createRandom("thresholds");
const outcome = Uint8Array.from({ length: 150 }, () => random.integer(2));
const probability = Float64Array.from(
  outcome,
  (event) => Math.round((0.3 * event + 0.7 * random.uniform()) * 50) / 50,
);

describe("a chosen threshold", () => {
  it("for a false-negative rate is the largest that keeps it", () => {
    for (const maximum of [0, 0.05, 0.1, 0.5]) {
      const threshold = chooseThreshold({ kind: "fnr", maximum }, outcome, probability);
      const above = Math.min(...probability.filter((p) => p > threshold));
      expect(fnr(threshold)).toBeLessThanOrEqual(maximum);
      expect(fnr(above)).toBeGreaterThan(maximum);
    }
  });

  it("may miss exactly the share that is allowed: 1 of 20 at 0.05", () => {
    const events = new Uint8Array(21).fill(1);
    events[20] = 0;
    const risks = Float64Array.from({ length: 21 }, (_, i) => (i + 1) / 30);
    const threshold = chooseThreshold({ kind: "fnr", maximum: 0.05 }, events, risks);
    expect(confusionCounts(events, risks, threshold).falseNegatives).toBe(1);
  });

  it("by Youden is the lowest of equals", () => {
    const [events, risks] = [Uint8Array.of(0, 1, 0, 1), Float64Array.of(1, 2, 3, 4)];
    expect(youdenThresholds(events, risks)).toEqual([2, 4]);
    expect(chooseThreshold({ kind: "youden" }, events, risks)).toBe(2);
  });

  it("by Youden and by the closest corner calls everybody with a perfect cut", () => {
    const risks = Float64Array.from(outcome, (event) => event * 0.5 + 0.25);
    expect(youdenThresholds(outcome, risks)).toEqual([0.75]);
    expect(closestCornerThresholds(outcome, risks)).toEqual([0.75]);
  });

  it("needs patients with the event, and a maximum below 1", () => {
    expect(() =>
      chooseThreshold({ kind: "fnr", maximum: 0.05 }, new Uint8Array(3), new Float64Array(3)),
    ).toThrow(/with the event/);
    expect(() => chooseThreshold({ kind: "fnr", maximum: 1 }, outcome, probability)).toThrow(/below 1/);
  });

  it("reads the rules that a protocol writes", () => {
    expect(thresholdRule("p>=0.10")).toEqual({ kind: "fixed", value: 0.1 });
    expect(thresholdRule("fnr<=.05")).toEqual({ kind: "fnr", maximum: 0.05 });
    expect(() => thresholdRule("p>0.1")).toThrow(/needs fnr/);
  });
});

describe("a 2 x 2 table", () => {
  it("calls a patient on the threshold", () => {
    expect(confusionCounts(Uint8Array.of(1, 0), Float64Array.of(0.3, 0.3), 0.3)).toEqual({
      truePositives: 1,
      falsePositives: 1,
      falseNegatives: 0,
      trueNegatives: 0,
    });
  });

  it("takes a threshold for each patient", () => {
    const counts = confusionCounts(Uint8Array.of(1, 1), Float64Array.of(0.3, 0.3), Float64Array.of(0.2, 0.4));
    expect(counts).toMatchObject({ truePositives: 1, falseNegatives: 1 });
    expect(() =>
      confusionCounts(Uint8Array.of(1, 1), Float64Array.of(0.3, 0.3), Float64Array.of(0.2)),
    ).toThrow(/every patient/);
  });

  it("tells the false-negative rate from the false omission rate", () => {
    const measures = thresholdMeasures({
      truePositives: 90,
      falsePositives: 60,
      falseNegatives: 5,
      trueNegatives: 33,
    });
    expect(measures.falseNegativeRate).toMatchObject({ value: 5 / 95, numerator: 5, denominator: 95 });
    expect(measures.falseOmissionRate).toMatchObject({ value: 5 / 38, numerator: 5, denominator: 38 });
    expect(measures.sparedPer100).toBeCloseTo((100 * 38) / 188, 12);
  });

  it("has no predictive value of calls that nobody gets, and says so", () => {
    const { npv, falseOmissionRate, sensitivity } = thresholdMeasures(
      confusionCounts(outcome, probability, 0),
    );
    expect(npv).toMatchObject({ value: null, lower: null, upper: null, denominator: 0 });
    expect(npv.reason).toMatch(/got none/);
    expect(falseOmissionRate.value).toBeNull();
    expect(sensitivity.value).toBe(1);
    expect(summariseTable(confusionCounts(outcome, probability, 0)).matthews).toBeNull();
  });

  it("has no share of less than one patient a repeat", () => {
    const counts = { truePositives: 79, falsePositives: 149.9, falseNegatives: 0.1, trueNegatives: 0.1 };
    const { npv, sensitivity } = thresholdMeasures(counts);
    expect(npv).toMatchObject({ value: null, lower: null, upper: null });
    expect(npv.reason).toMatch(/fewer than one/);
    expect(sensitivity.value).toBeCloseTo(79 / 79.1, 12);
  });

  it("averages repeats cell by cell", () => {
    const [a, b] = [confusionCounts(outcome, probability, 0.3), confusionCounts(outcome, probability, 0.5)];
    const { sensitivity } = thresholdMeasures(meanCounts([a, b]));
    const events = a.truePositives + a.falseNegatives;
    expect(sensitivity.value).toBeCloseTo((a.truePositives + b.truePositives) / (2 * events), 14);
  });
});

describe("intervals of a proportion", () => {
  it("by Wilson solve the score equation", () => {
    const { value, lower, upper } = wilsonProportion(7, 20);
    for (const limit of [lower!, upper!])
      expect(((value! - limit) ** 2 * 20) / (limit * (1 - limit))).toBeCloseTo(1.959963984540054 ** 2, 10);
  });

  it("end exactly at 0 and 1 where nobody and everybody counts", () => {
    expect(wilsonProportion(0, 9).lower).toBe(0);
    expect(wilsonProportion(9, 9).upper).toBe(1);
    expect(proportionLimits(9, 9, "clopper-pearson")[1]).toBe(1);
  });
});

describe("McNemar's test", () => {
  it("of a model against itself has no statistic and an exact p-value of 1", () => {
    expect(mcnemarTest(1, outcome, [probability, probability], 0.3)).toMatchObject({
      onlyFirst: 0,
      chiSquared: null,
      exactPValue: 1,
    });
  });
});

function fnr(threshold: number): number {
  const { falseNegatives, truePositives } = confusionCounts(outcome, probability, threshold);
  return falseNegatives / (falseNegatives + truePositives);
}
