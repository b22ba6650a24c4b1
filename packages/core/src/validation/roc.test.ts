import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { partialAuc } from "./partial-auc.ts";
import { auc, rocCurve, rocPoints, type RocPoint } from "./roc.ts";

const outcome = Uint8Array.of(0, 0, 1, 1, 0, 1);
const score = Float64Array.of(0.1, 0.4, 0.4, 0.8, 0.4, 0.9);

describe("auc", () => {
  it("counts pairs, ties half", () => {
    let pairs = 0;
    for (let i = 0; i < 6; i++)
      for (let j = 0; j < 6; j++)
        if (outcome[i] === 1 && outcome[j] === 0)
          pairs += score[i] > score[j] ? 1 : score[i] === score[j] ? 0.5 : 0;
    expect(auc(outcome, score)).toBe(pairs / 9);
  });

  it("depends on ranks only", () => {
    expect(
      auc(
        outcome,
        score.map((value) => Math.fround(value) * 1000 - 7),
      ),
    ).toBe(auc(outcome, score));
  });

  it("is never flipped: the reversed score gives one minus the area", () => {
    expect(
      auc(
        outcome,
        score.map((value) => -value),
      ),
    ).toBeCloseTo(1 - auc(outcome, score), 15);
  });

  it("is one half for a constant score", () => {
    expect(auc(outcome, new Float64Array(6))).toBe(0.5);
  });

  it("refuses one class, unequal lengths, outcomes other than 0 and 1, and infinite scores", () => {
    expect(() => auc(new Uint8Array(3), Float64Array.of(1, 2, 3))).toThrow(/at least 1 with and 1 without/);
    expect(() => auc(outcome, Float64Array.of(1))).toThrow(/one value a patient/);
    expect(() => auc(Uint8Array.of(0, 2), Float64Array.of(1, 2))).toThrow(/0 or 1/);
    expect(() => auc(Uint8Array.of(0, 1), Float64Array.of(1, Infinity))).toThrow(/finite/);
  });
});

describe("the ROC curve", () => {
  it("has the area of its trapezoids", () => {
    expect(area(rocPoints(outcome, score))).toBeCloseTo(auc(outcome, score), 14);
    expect(area(rocCurve(outcome, score))).toBeCloseTo(auc(outcome, score), 14);
  });

  it("runs from nobody called to everybody called", () => {
    const points = rocPoints(outcome, score);
    expect(points[0]).toEqual({ threshold: null, sensitivity: 0, specificity: 1 });
    expect(points.at(-1)).toEqual({ threshold: 0.1, sensitivity: 1, specificity: 0 });
  });

  it("moves along the slope where scores of both classes are tied", () => {
    const [, , , slanted] = rocPoints(outcome, score);
    expect(slanted).toEqual({ threshold: 0.4, sensitivity: 1, specificity: 1 / 3 });
  });

  it("drawn by its corners keeps no point between two on a straight line", () => {
    const random = createRandom(4);
    const events = Uint8Array.from({ length: 200 }, () => random.integer(2));
    const ties = Float64Array.from({ length: 200 }, () => random.integer(30));
    const corners = rocCurve(events, ties);
    for (let k = 2; k < corners.length; k++) {
      const [a, b, c] = [corners[k - 2], corners[k - 1], corners[k]];
      const turn =
        (b.specificity - a.specificity) * (c.sensitivity - b.sensitivity) -
        (b.sensitivity - a.sensitivity) * (c.specificity - b.specificity);
      expect(Math.abs(turn)).toBeGreaterThan(1e-9);
    }
  });
});

describe("the partial AUC", () => {
  it("over the whole axis is the AUC, for either axis", () => {
    expect(partialAuc(outcome, score, "specificity", 0).area).toBeCloseTo(auc(outcome, score), 14);
    expect(partialAuc(outcome, score, "sensitivity", 0).area).toBeCloseTo(auc(outcome, score), 14);
  });

  it("of a constant score is corrected to one half", () => {
    expect(partialAuc(outcome, new Float64Array(6), "specificity", 0.9).corrected).toBeCloseTo(0.5, 12);
  });
});

function area(points: readonly RocPoint[]): number {
  let sum = 0;
  for (let k = 1; k < points.length; k++)
    sum +=
      ((points[k - 1].specificity - points[k].specificity) *
        (points[k - 1].sensitivity + points[k].sensitivity)) /
      2;
  return sum;
}
