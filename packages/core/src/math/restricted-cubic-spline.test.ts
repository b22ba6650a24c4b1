import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { splineKnots, splineTerm } from "./restricted-cubic-spline.ts";

const hundred = Array.from({ length: 101 }, (_, i) => i);

describe("spline knots", () => {
  it("are Harrell's quantiles", () => {
    const knots = (count: number) => splineKnots(hundred, count).map((knot) => Math.round(10 * knot) / 10);
    expect(knots(3)).toEqual([10, 50, 90]);
    expect(knots(4)).toEqual([5, 35, 65, 95]);
    expect(knots(5)).toEqual([5, 27.5, 50, 72.5, 95]);
  });

  it("are the fifth from the ends in a small sample", () => {
    const knots = splineKnots(hundred.slice(0, 50), 5);
    expect([knots[0], knots[4]]).toEqual([4, 45]);
  });

  it("move inward where the smallest value is frequent", () => {
    const values = [...new Array<number>(20).fill(0), ...hundred.map((value) => value + 1)];
    expect(splineKnots(values, 4)[0]).toBe(1);
  });

  it("depend on no order of the values", () => {
    expect(splineKnots([...hundred].reverse(), 5)).toEqual(splineKnots(hundred, 5));
  });

  it("refuse values with too few different ones", () => {
    expect(() => splineKnots([0, 0, 0, 1, 1, 1, 1], 3)).toThrow(InputError);
    expect(() => splineKnots([1, 2, 3], 3)).toThrow(InputError);
  });
});

describe("spline terms", () => {
  const knots = [1, 2, 4, 7];

  it("are zero below the first knot and straight beyond the last", () => {
    for (const index of [1, 2]) {
      expect(splineTerm(0.5, knots, index)).toBe(0);
      const [a, b, c] = [8, 10, 12].map((x) => splineTerm(x, knots, index));
      expect(b - a).toBeCloseTo(c - b, 12);
    }
  });

  it("have continuous second derivatives at the knots", () => {
    const h = 1e-4;
    const second = (x: number) =>
      (splineTerm(x + h, knots, 1) - 2 * splineTerm(x, knots, 1) + splineTerm(x - h, knots, 1)) / (h * h);
    for (const knot of knots)
      expect(Math.abs(second(knot + 2 * h) - second(knot - 2 * h))).toBeLessThan(1e-2);
  });
});
