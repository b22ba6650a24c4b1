import { describe, expect, it } from "vitest";
import { binomialTest } from "./part-shares.ts";

describe("binomialTest", () => {
  // R 4.2.2: binom.test(x, n, p)$p.value
  it.each([
    [7, 30, 0.4, 0.0647639951065156],
    [60, 100, 0.4, 5.88782649594171e-5],
    [0, 12, 0.3, 0.023330658331],
    [12, 12, 0.3, 5.31440999999998e-7],
    [150, 300, 0.28, 1.08972052751003e-15],
  ])("is that of R for %i events in %i with share %f", (events, patients, share, expected) => {
    expect(binomialTest(events, patients, share) / expected).toBeCloseTo(1, 9);
  });

  it("is 1 for the likeliest count", () => {
    expect(binomialTest(29, 75, 98 / 252)).toBe(1);
  });
});
