import { describe, expect, it } from "vitest";
import { normalCdf } from "../../math/normal.ts";
import { normalQuantile } from "../../math/normal-quantile.ts";
import { requiredAuc } from "./required-auc.ts";

/** What two independent normal scores reach together. */
function together(first: number, second: number): number {
  const [a, b] = [normalQuantile(first), normalQuantile(second)];
  return normalCdf(Math.sqrt(a * a + b * b));
}

describe("requiredAuc", () => {
  it("needs radiomics of 0.989 alone for what the abstract reports, and more where they correlate", () => {
    expect(requiredAuc({ from: 0.85, to: 0.994, correlation: 0 })!).toBeCloseTo(0.989, 3);
    expect(requiredAuc({ from: 0.85, to: 0.994, correlation: 0.3 })!).toBeGreaterThan(0.993);
  });

  it.each([
    [0.65, 0.866],
    [0.7, 0.877],
    [0.75, 0.892],
    [0.8, 0.909],
    [0.83, 0.921],
  ])("an independent score of %f takes 0.85 to %f", (alone, reached) => {
    expect(together(0.85, alone)).toBeCloseTo(reached, 2);
    expect(requiredAuc({ from: 0.85, to: together(0.85, alone), correlation: 0 })!).toBeCloseTo(alone, 10);
  });

  it("rises with what is reached", () => {
    const needed = [0.86, 0.88, 0.9, 0.95, 0.99].map((to) =>
      requiredAuc({ from: 0.85, to, correlation: 0 })!,
    );
    expect(needed).toEqual([...needed].sort((a, b) => a - b));
  });

  it("needs nothing for no improvement, and refuses what is no AUC", () => {
    expect(requiredAuc({ from: 0.8, to: 0.79, correlation: 0 })).toBeNull();
    expect(() => requiredAuc({ from: 0.8, to: 1, correlation: 0 })).toThrow(/between 0 and 1/);
    expect(() => requiredAuc({ from: 0.8, to: 0.9, correlation: 1 })).toThrow(/correlation/);
  });
});
