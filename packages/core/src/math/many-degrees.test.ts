import { describe, expect, it } from "vitest";
import {
  chiSquaredQuantile,
  fCdf,
  fQuantile,
  fUpper,
  studentTCdf,
  studentTQuantile,
  studentTTwoSided,
} from "./distributions.ts";

/** Relative difference. */
const apart = (value: number, expected: number) => Math.abs(value / expected - 1);

describe("many degrees of freedom, as pooled estimates have them", () => {
  it("give R's quantiles and tails of t", () => {
    expect(apart(studentTQuantile(0.975, 1e6), 1.95996635681411)).toBeLessThan(1e-13);
    expect(apart(studentTQuantile(0.975, 1e10), 1.95996398477728)).toBeLessThan(1e-13);
    expect(apart(studentTTwoSided(2, 1e8), 0.0455002665959067)).toBeLessThan(1e-12);
    expect(apart(studentTTwoSided(2, 1e10), 0.0455002639233538)).toBeLessThan(1e-12);
  });

  it("approach the normal and the chi-squared distribution without a break", () => {
    for (const p of [1e-12, 0.025, 0.4, 0.975]) {
      const limit = studentTQuantile(p, Infinity);
      let last = Infinity;
      for (let df = 1e4; df < 1e20; df *= 3) {
        const distance = Math.abs(studentTQuantile(p, df) - limit);
        expect(distance).toBeLessThanOrEqual(last * 1.0001);
        expect(apart(studentTCdf(studentTQuantile(p, df), df), p)).toBeLessThan(1e-10);
        last = distance + 1e-13;
      }
    }
    for (const [p, df1] of [
      [0.05, 1],
      [0.9, 7],
    ] as const)
      for (let df2 = 1e5; df2 < 1e15; df2 *= 10) {
        const quantile = fQuantile(p, df1, df2);
        expect(apart(fCdf(quantile, df1, df2), p)).toBeLessThan(1e-9);
        expect(apart(quantile, chiSquaredQuantile(p, df1) / df1)).toBeLessThan(20 / df2 + 1e-12);
      }
  });

  it("have tails of F that add up to 1", () => {
    for (const df2 of [1e6, 1e8, 1e13])
      for (const x of [0.1, 1, 4]) expect(fUpper(x, 3, df2) + fCdf(x, 3, df2)).toBeCloseTo(1, 12);
  });
});
