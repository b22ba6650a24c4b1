import { describe, expect, it } from "vitest";
import { InputError, NumericalError } from "../errors.ts";
import { createRandom } from "./random.ts";
import { tieSizes } from "./ranks.ts";
import {
  isConstant,
  mean,
  median,
  midranks,
  pearson,
  quantile,
  quantileOfType,
  sampleCovariance,
  sampleStandardDeviation,
  sampleVariance,
  sortedQuantile,
  spearman,
  sum,
} from "./statistics.ts";

const random = createRandom("statistics");
const sample = (n: number, draw = () => random.normal()): Float64Array =>
  Float64Array.from({ length: n }, draw);

describe("sum", () => {
  it("keeps small terms between large ones of opposite sign", () => {
    expect(sum([1e16, 1, 1, -1e16])).toBe(2);
  });

  it("is the rounded exact sum of tenths", () => {
    expect(sum(new Array<number>(10).fill(0.1))).toBe(1);
  });

  it("is infinite or NaN as addition is", () => {
    expect(sum([Infinity, 1])).toBe(Infinity);
    expect(sum([Infinity, -Infinity])).toBeNaN();
    expect(sum([NaN, 1])).toBeNaN();
    expect(sum([])).toBe(0);
  });
});

describe("variance", () => {
  it("does not depend on the origin of the scale", () => {
    const values = sample(200);
    const shifted = values.map((value) => value + 1e6);
    expect(sampleVariance(shifted)).toBeCloseTo(sampleVariance(values), 8);
  });

  it("grows with the square of the unit", () => {
    const values = sample(50);
    expect(sampleVariance(values.map((value) => 4 * value))).toBeCloseTo(16 * sampleVariance(values), 10);
    expect(sampleStandardDeviation(values) ** 2).toBeCloseTo(sampleVariance(values), 12);
  });

  it("is the covariance of a variable with itself", () => {
    const values = sample(50);
    expect(sampleCovariance(values, values)).toBeCloseTo(sampleVariance(values), 14);
  });

  it("needs two values, the mean one", () => {
    expect(() => sampleVariance([1])).toThrow(InputError);
    expect(() => mean([])).toThrow("a mean needs at least 1 values; got 0");
  });
});

describe("quantiles", () => {
  it("of type 7 at k / (n - 1) are the order statistics", () => {
    const values = sample(21);
    const sorted = values.slice().sort((a, b) => a - b);
    sorted.forEach((value, k) => expect(quantile(values, k / 20)).toBe(value));
  });

  it("of type 6 at k / (n + 1) are the order statistics", () => {
    const values = sample(19);
    const sorted = values.slice().sort((a, b) => a - b);
    sorted.forEach((value, k) => expect(quantileOfType(values, (k + 1) / 20, 6)).toBe(value));
  });

  it("of type 2 are observed values or the mean of two", () => {
    expect(quantileOfType([1, 2, 3, 4], 0.5, 2)).toBe(2.5);
    expect(quantileOfType([1, 2, 3, 4], 0.6, 2)).toBe(3);
  });

  it("grow with the probability and do not depend on the order of the values", () => {
    const values = sample(40);
    const reversed = values.slice().reverse();
    let last = -Infinity;
    for (let p = 0; p <= 1; p += 1 / 64) {
      const value = quantile(values, p);
      expect(value).toBeGreaterThanOrEqual(last);
      expect(quantile(reversed, p)).toBe(value);
      last = value;
    }
  });

  it("of mirrored values are mirrored, and the median is between", () => {
    const values = sample(33);
    const mirrored = values.map((value) => -value);
    expect(quantile(mirrored, 0.1)).toBeCloseTo(-quantile(values, 0.9), 12);
    expect(median(values)).toBe(quantile(values, 0.5));
    expect(median([Infinity, Infinity, 1])).toBe(Infinity);
  });

  it("refuse no values, missing values and what is no probability", () => {
    expect(() => median([])).toThrow(InputError);
    expect(() => median([1, NaN])).toThrow(InputError);
    expect(() => sortedQuantile([1], 1.2)).toThrow(InputError);
  });
});

describe("midranks", () => {
  it("sum to n(n + 1) / 2 whatever the ties", () => {
    for (const levels of [1, 2, 5, 1000]) {
      const values = sample(101, () => random.integer(levels));
      expect(sum(midranks(values))).toBe((101 * 102) / 2);
      expect(sum(tieSizes(values))).toBe(101);
    }
  });

  it("count the values below, and half of the equal ones", () => {
    const values = sample(60, () => random.integer(12));
    const counted = values.map(
      (value) =>
        values.filter((other) => other < value).length +
        (values.filter((other) => other === value).length + 1) / 2,
    );
    expect(midranks(values)).toEqual(counted);
  });

  it("depend on the order only", () => {
    const values = sample(60);
    expect(midranks(values.map((value) => Math.exp(value)))).toEqual(midranks(values));
    expect(() => midranks([1, NaN])).toThrow(InputError);
  });
});

describe("correlation", () => {
  it("is 1 or -1 for a line, whatever its slope", () => {
    const values = sample(30);
    expect(
      pearson(
        values,
        values.map((value) => 3 * value),
      ),
    ).toBeCloseTo(1, 14);
    expect(
      pearson(
        values,
        values.map((value) => 5 - value),
      ),
    ).toBeCloseTo(-1, 14);
  });

  it("of ranks is 1 for any growing function", () => {
    const values = sample(30);
    expect(
      spearman(
        values,
        values.map((value) => value ** 3),
      ),
    ).toBe(1);
  });

  it("is undefined where a variable is constant, which rounding does not hide", () => {
    expect(() => pearson([0.1, 0.1, 0.1], [1, 2, 3])).toThrow(NumericalError);
    expect(() => pearson([1, 2], [1, 2, 3])).toThrow(InputError);
    expect(isConstant([0.1, 0.1, 0.2])).toBe(false);
  });

  it("holds for values near the end of the doubles' range", () => {
    expect(pearson([1e150, 2e150, 3e150], [1e-150, 2e-150, 4e-150])).toBeCloseTo(
      pearson([1, 2, 3], [1, 2, 4]),
      12,
    );
  });
});
