import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { mean } from "../math/statistics.ts";
import { auc, rocPoints } from "../validation/roc.ts";
import { averageRoc, type RocCorner } from "./roc-average.ts";

function area(corners: readonly RocCorner[]): number {
  return corners.slice(1).reduce((sum, corner, i) => {
    const before = corners[i];
    return (
      sum +
      ((corner.falsePositiveRate - before.falsePositiveRate) * (corner.sensitivity + before.sensitivity)) / 2
    );
  }, 0);
}

describe("the average of ROC curves", () => {
  const random = createRandom("roc");
  const outcome = Uint8Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  // Rounded scores tie, within and between the classes.
  const repeats = Array.from({ length: 7 }, () =>
    Float64Array.from(outcome, (event) => Math.round(4 * (event + random.normal())) / 4),
  );

  it("has the mean of the areas below it, ties included", () => {
    const corners = averageRoc(repeats.map((scores) => rocPoints(outcome, scores)));
    expect(area(corners)).toBeCloseTo(mean(repeats.map((scores) => auc(outcome, scores))), 12);
  });

  it("rises from (0, 0) to (1, 1)", () => {
    const corners = averageRoc(repeats.map((scores) => rocPoints(outcome, scores)));
    expect(corners[0]).toEqual({ falsePositiveRate: 0, sensitivity: 0 });
    expect(corners.at(-1)!.falsePositiveRate).toBe(1);
    expect(corners.at(-1)!.sensitivity).toBeCloseTo(1, 12);
    corners.slice(1).forEach((corner, i) => {
      expect(corner.falsePositiveRate).toBeGreaterThanOrEqual(corners[i].falsePositiveRate);
      expect(corner.sensitivity).toBeGreaterThanOrEqual(corners[i].sensitivity - 1e-12);
    });
  });

  it("of one curve is that curve", () => {
    const points = rocPoints(outcome, repeats[0]);
    expect(area(averageRoc([points]))).toBeCloseTo(auc(outcome, repeats[0]), 12);
  });
});
