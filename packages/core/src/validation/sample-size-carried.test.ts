import { describe, expect, it } from "vitest";
import { carriedParameters, expectedShrinkage } from "./sample-size-carried.ts";
import { developmentSampleSize } from "./sample-size.ts";

describe("expectedShrinkage", () => {
  it("is the shrinkage aimed at for the sample size that aims at it", () => {
    for (const [parameters, prevalence, value] of [
      [20, 0.2, 0.1],
      [8, 0.4, 0.25],
      [60, 0.35, 0.15],
    ]) {
      const anticipated = { measure: "cox-snell", value } as const;
      const { forShrinkage } = developmentSampleSize({ parameters, prevalence, anticipated });
      expect(expectedShrinkage(forShrinkage.patients, parameters, value)).toBeCloseTo(0.9, 3);
      expect(expectedShrinkage(forShrinkage.patients, parameters, value)).toBeGreaterThanOrEqual(0.9);
      expect(expectedShrinkage(forShrinkage.patients - 1, parameters, value)).toBeLessThan(0.9);
      expect(carriedParameters(forShrinkage.patients, 0.9, value)).toBe(parameters);
      expect(carriedParameters(forShrinkage.patients - 1, 0.9, value)).toBe(parameters - 1);
    }
  });

  it("rises with the sample and falls with the coefficients", () => {
    expect(expectedShrinkage(500, 10, 0.2)).toBeGreaterThan(expectedShrinkage(400, 10, 0.2));
    expect(expectedShrinkage(500, 10, 0.2)).toBeGreaterThan(expectedShrinkage(500, 11, 0.2));
  });
});
