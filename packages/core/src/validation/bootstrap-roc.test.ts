import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { bootstrapAuc, bootstrapAucTest, bootstrapPartialAuc, bootstrapThreshold } from "./bootstrap-roc.ts";
import { delongAuc } from "./delong.ts";
import { delongTest } from "./delong-test.ts";
import { newcombeAuc } from "./newcombe-auc.ts";
import { partialAucEstimate } from "./partial-auc-interval.ts";
import { partialAuc } from "./partial-auc.ts";
import { averagePrecisionEstimate, precisionRecall } from "./precision-recall.ts";
import { bootstrapResamples, stratifiedResamples } from "./resamples.ts";
import { auc } from "./roc.ts";
import { binormalRoc, kernelRoc } from "./smooth-roc.ts";
import { chooseThreshold } from "./thresholds.ts";

const random = createRandom("bootstrap roc");
const outcome = Uint8Array.from({ length: 160 }, (_, i) => Number(i % 3 === 0));
const score = Float64Array.from(outcome, (event) => Math.round((random.normal() + event) * 10) / 10);
const other = score.map((value) => value + random.normal());
const scores = { outcome, score };
const resamples = stratifiedResamples(outcome, 400, createRandom(1));

describe("bootstrap intervals of the ROC curve", () => {
  it("of the AUC are near DeLong's", () => {
    const [ours, delong] = [bootstrapAuc(scores, resamples), delongAuc(outcome, score)];
    expect(ours.value).toBeCloseTo(delong.value, 14);
    expect(ours.lower).toBeCloseTo(delong.lower, 1);
    expect(ours.upper).toBeCloseTo(delong.upper, 1);
  });

  it("count a patient as often as the sample does", () => {
    const rows = resamples[0];
    const copied = auc(
      Uint8Array.from(rows, (row) => outcome[row]),
      Float64Array.from(rows, (row) => score[row]),
    );
    expect(bootstrapAuc(scores, [rows]).lower).toBeCloseTo(copied, 14);
    const part = { axis: "sensitivity", minimum: 0.8 } as const;
    const area = partialAuc(
      Uint8Array.from(rows, (row) => outcome[row]),
      Float64Array.from(rows, (row) => score[row]),
      part.axis,
      part.minimum,
    );
    expect(bootstrapPartialAuc(scores, part, [rows]).lower).toBeCloseTo(area.area, 12);
  });

  it("of a difference agree with DeLong's test", () => {
    const [ours, delong] = [bootstrapAucTest(scores, other, resamples), delongTest(outcome, score, other)];
    expect(ours.value).toBeCloseTo(delong.difference, 14);
    expect(ours.z / delong.z!).toBeCloseTo(1, 0);
    expect(() => bootstrapAucTest(scores, score, resamples)).toThrow(/one value in all samples/);
  });

  it("of a threshold hold the threshold of all patients", () => {
    for (const rule of [{ kind: "youden" }, { kind: "fnr", maximum: 0.1 }] as const) {
      const { threshold, sensitivity } = bootstrapThreshold(rule, scores, resamples);
      expect(threshold.value).toBe(chooseThreshold(rule, outcome, score));
      expect(threshold.lower).toBeLessThanOrEqual(threshold.value);
      expect(threshold.upper).toBeGreaterThanOrEqual(threshold.value);
      expect(sensitivity.lower).toBeLessThan(sensitivity.upper);
    }
    const fixed = bootstrapThreshold({ kind: "fixed", value: 0.5 }, scores, resamples);
    expect([fixed.threshold.lower, fixed.threshold.upper]).toEqual([0.5, 0.5]);
    expect(fixed.sensitivity.lower).toBeLessThan(fixed.sensitivity.upper);
  });

  it("leave samples of one class out and say how many", () => {
    const few = { outcome: Uint8Array.of(1, 0, 0, 0), score: Float64Array.of(4, 1, 2, 3) };
    const { method } = bootstrapAuc(few, bootstrapResamples(4, 100, createRandom(2)));
    expect(method).toMatch(/\d+ without a value left out/);
  });
});

describe("the interval of a partial AUC", () => {
  it("over the whole curve is DeLong's, on either axis", () => {
    const delong = delongAuc(outcome, score);
    for (const axis of ["specificity", "sensitivity"] as const) {
      const whole = partialAucEstimate(outcome, score, { axis, minimum: 0 });
      expect(whole.lower).toBeCloseTo(delong.lower, 12);
      expect(whole.upper).toBeCloseTo(delong.upper, 12);
    }
  });

  it("of a part is near that of the bootstrap", () => {
    const part = { axis: "specificity", minimum: 0.7 } as const;
    const [ours, samples] = [
      partialAucEstimate(outcome, score, part),
      bootstrapPartialAuc(scores, part, resamples),
    ];
    expect((ours.upper - ours.lower) / (samples.upper - samples.lower)).toBeCloseTo(1, 0);
  });
});

describe("Newcombe's interval", () => {
  it("has width where the classes separate, less with more patients", () => {
    const separated = (n: number) =>
      newcombeAuc(
        Uint8Array.from({ length: 2 * n }, (_, i) => Number(i >= n)),
        Float64Array.from({ length: 2 * n }, (_, i) => i),
      );
    expect(separated(5).upper).toBe(1);
    expect(separated(5).lower).toBeLessThan(separated(20).lower);
    expect(separated(1).lower).toBeLessThan(0.5);
  });

  it("mirrors with the score", () => {
    const [up, down] = [
      newcombeAuc(outcome, score),
      newcombeAuc(
        outcome,
        score.map((value) => -value),
      ),
    ];
    expect(down.lower).toBeCloseTo(1 - up.upper, 9);
  });
});

describe("smooth ROC curves", () => {
  it("rise from corner to corner with about the empirical area", () => {
    for (const curve of [binormalRoc(outcome, score), kernelRoc(outcome, score)]) {
      const { points } = curve;
      expect([points[0].sensitivity, points[0].specificity]).toEqual([0, 1]);
      expect([points.at(-1)!.sensitivity, points.at(-1)!.specificity]).toEqual([1, 0]);
      points.slice(1).forEach((point, k) => {
        expect(point.sensitivity).toBeGreaterThanOrEqual(points[k].sensitivity);
        expect(point.specificity).toBeLessThanOrEqual(points[k].specificity);
      });
      expect(curve.auc).toBeCloseTo(auc(outcome, score), 1);
    }
  });

  it("by the binormal model depend on ranks only", () => {
    const stretched = score.map((value) => value * value * value);
    expect(binormalRoc(outcome, stretched).auc).toBe(binormalRoc(outcome, score).auc);
  });

  it("say where they do not exist", () => {
    expect(() => binormalRoc(Uint8Array.of(0, 1), Float64Array.of(1, 2))).toThrow(/two points/);
    expect(() => kernelRoc(outcome, score, 0)).toThrow(/above 0/);
  });
});

describe("the interval of average precision", () => {
  it("holds the value and stays inside (0, 1)", () => {
    const { value, lower, upper } = averagePrecisionEstimate(outcome, score);
    expect(value).toBe(precisionRecall(outcome, score).averagePrecision);
    expect(lower).toBeLessThan(value);
    expect(upper).toBeGreaterThan(value);
    expect(() => averagePrecisionEstimate(Uint8Array.of(0, 1), Float64Array.of(1, 2))).toThrow(/got 1/);
  });
});
