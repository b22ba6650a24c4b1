import { describe, expect, it } from "vitest";
import { isotonicRegression } from "./isotonic.ts";
import { loessVertices } from "./loess-vertices.ts";
import { directLoess, loess, loessCurve } from "./loess.ts";
import { lowess } from "./lowess.ts";
import { createRandom } from "./random.ts";

const random = createRandom("loess");
const x = Float64Array.from({ length: 150 }, () => random.uniform());
const noisy = x.map((value) => Math.sin(5 * value) + 0.3 * random.normal());

describe("loess", () => {
  it("reproduces a parabola, by interpolation and directly", () => {
    const parabola = x.map((value) => 2 - 3 * value + 4 * value * value);
    const at = [0.2, 0.5, 0.7];
    const expected = at.map((value) => 2 - 3 * value + 4 * value * value);
    directLoess(x, parabola, at).value.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
    loessCurve(loess(x, parabola), at).value.forEach((value, i) =>
      expect(value).toBeCloseTo(expected[i], 12),
    );
  });

  it("interpolates near the direct fit, and equals it at a vertex", () => {
    const fit = loess(x, noisy);
    const at = fit.vertices.subarray(1, -1);
    const [interpolated, direct] = [loessCurve(fit, at), directLoess(x, noisy, at)];
    interpolated.value.forEach((value, i) => expect(value).toBeCloseTo(direct.value[i], 12));
    const middle = Float64Array.from(at, (value) => value + 0.01).filter((value) => value < 0.95);
    loessCurve(fit, middle).value.forEach((value, i) =>
      expect(Math.abs(value - directLoess(x, noisy, middle).value[i])).toBeLessThan(0.05),
    );
  });

  it("does not depend on the order of the points", () => {
    const order = random.shuffle(Array.from(x.keys()));
    const shuffled = loess(
      Float64Array.from(order, (i) => x[i]),
      Float64Array.from(order, (i) => noisy[i]),
    );
    expect(loessCurve(shuffled, [0.5]).value[0]).toBeCloseTo(loessCurve(loess(x, noisy), [0.5]).value[0], 12);
  });

  it("finds the scale of the noise", () => {
    expect(loess(x, noisy).residualScale).toBeGreaterThan(0.24);
    expect(loess(x, noisy).residualScale).toBeLessThan(0.36);
  });

  it("takes the solution of least norm where a neighbourhood has too few distinct values", () => {
    const coarse = x.map((value) => Math.round(value));
    const { fitted } = loess(coarse, noisy);
    const meanAt = (value: number) => {
      const members = noisy.filter((_, i) => coarse[i] === value);
      return members.reduce((a, b) => a + b, 0) / members.length;
    };
    coarse.forEach((value, i) => expect(fitted[i]).toBeCloseTo(meanAt(value), 1));
  });

  it("refuses equal predictors, few points, unequal lengths and places outside the data", () => {
    expect(() => loess(new Float64Array(9), x.subarray(0, 9))).toThrow(/equal values/);
    expect(() => loess(x.subarray(0, 3), noisy.subarray(0, 3))).toThrow(/3 neighbours; got 2 of 3/);
    expect(() => loess(x, noisy.subarray(1))).toThrow(/one response/);
    expect(() => loessCurve(loess(x, noisy), [2])).toThrow(/inside the range/);
  });

  it("cuts cells between different values only", () => {
    const tied = Float64Array.from({ length: 60 }, (_, i) => (i < 40 ? 1 : i));
    const vertices = loessVertices(tied, 0.5);
    expect(new Set(vertices).size).toBe(vertices.length);
  });
});

describe("lowess", () => {
  it("reproduces a line, ties included", () => {
    const coarse = x.map((value) => Math.round(value * 20) / 20);
    lowess(
      coarse,
      coarse.map((value) => 1 + 2 * value),
    ).forEach((value, i) => expect(value).toBeCloseTo(1 + 2 * coarse[i], 10));
  });

  it("gives the mean of equal predictors", () => {
    expect(lowess(Float64Array.of(1, 1, 1, 1), Float64Array.of(0, 1, 1, 0))[0]).toBe(0.5);
  });
});

describe("isotonic regression", () => {
  it("never decreases and keeps the sum", () => {
    const fitted = isotonicRegression(noisy);
    fitted.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(fitted[i - 1] ?? -Infinity));
    const total = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    expect(total(fitted)).toBeCloseTo(total(noisy), 10);
  });
});
