import { describe, expect, it } from "vitest";
import { createRandom } from "../../math/random.ts";
import { sampleStandardDeviation } from "../../math/statistics.ts";
import { sumScale, weightedMeanError } from "./chart-statistics.ts";

describe("weightedMeanError", () => {
  it("is the standard deviation of the weighted mean against an estimated mean", () => {
    const random = createRandom("weighted-mean");
    const [cases, reference, weight] = [60, 150, 0.05];
    const means = Float64Array.from({ length: 4000 }, () => {
      const error = random.normal() / Math.sqrt(reference);
      let weighted = 0;
      for (let t = 0; t < cases; t++) weighted += weight * (random.normal() - error - weighted);
      return weighted;
    });
    expect(sampleStandardDeviation(means) / weightedMeanError(cases, reference, weight)).toBeCloseTo(1, 1);
  });

  it("starts with the weight and ends at the reference's own error for many cases", () => {
    expect(weightedMeanError(1, Infinity, 0.1)).toBeCloseTo(0.1, 12);
    expect(weightedMeanError(5000, 100, 1e-9 + 0.02)).toBeCloseTo(Math.sqrt(0.02 / 1.98 + 0.01), 6);
  });
});

describe("sumScale", () => {
  it("asks for the fewest standard deviations after 80 cases where the reference is large", () => {
    const deviations = (cases: number) => sumScale(cases, Infinity) / Math.sqrt(cases);
    expect(deviations(80)).toBeCloseTo(2, 12);
    for (const cases of [20, 60, 110, 500]) expect(deviations(cases)).toBeGreaterThan(2);
  });

  it("is wider where the reference is small", () => {
    expect(sumScale(100, 200)).toBeGreaterThan(sumScale(100, 2000));
  });
});
