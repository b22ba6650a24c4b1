import { describe, expect, it } from "vitest";
import { NumericalError } from "../errors.ts";
import * as distributions from "./distributions.ts";
import { productError } from "./exact-product.ts";
import { incompleteBeta, nearEnd } from "./incomplete-beta.ts";
import { logGammaRatio } from "./log-gamma-ratio.ts";
import { logGamma } from "./log-gamma.ts";
import { createRandom } from "./random.ts";
import { exchanged, fromBothTails, fromLogLower, fromLogUpper, type Tails } from "./tails.ts";

const {
  betaQuantile,
  betaTails,
  binomialDensity,
  binomialLogDensity,
  binomialTails,
  chiSquaredTails,
  fQuantile,
  fTails,
  gammaTails,
  hypergeometricDensity,
  hypergeometricTails,
  normalTails,
  poissonDensity,
  poissonTails,
  studentTTails,
  studentTQuantile,
} = distributions;

const relative = (value: number, expected: number) =>
  value === expected ? 0 : Math.abs(value / expected - 1);

const random = createRandom("tails");
const shape = () => 10 ** (10 * random.uniform() - 3);

const draws: Readonly<Record<string, () => Tails>> = {
  normal: () => normalTails(80 * (random.uniform() - 0.5)),
  "Student's t": () => studentTTails(20 * random.normal(), shape()),
  "chi-squared": () => chiSquaredTails(shape(), shape()),
  F: () => fTails(10 ** random.normal(), shape(), shape()),
  beta: () => betaTails(random.uniform(), shape(), shape()),
  gamma: () => gammaTails(shape(), shape(), shape()),
  binomial: () => binomialTails(random.integer(50), 50, random.uniform()),
  Poisson: () => poissonTails(random.integer(100), 100 * random.uniform()),
  hypergeometric: () => hypergeometricTails(random.integer(40), { white: 30, black: 70, drawn: 40 }),
};

describe.each(Object.keys(draws))("tails of the %s distribution", (name) => {
  it("add up to 1 and have their logarithms, as far as there are doubles", () => {
    for (let i = 0; i < 300; i++) {
      const { lower, upper, logLower, logUpper } = draws[name]();
      expect(Math.abs(lower + upper - 1)).toBeLessThan(1e-15);
      for (const [probability, logarithm] of [
        [lower, logLower],
        [upper, logUpper],
      ]) {
        if (probability > 1e-307) expect(relative(Math.exp(logarithm), probability)).toBeLessThan(1e-12);
        else expect(logarithm).toBeLessThan(-706);
      }
    }
  });
});

describe("both tails", () => {
  it("follow from one logarithm, whichever is the larger", () => {
    expect(fromLogLower(-1e-20).upper).toBe(1e-20);
    expect(fromLogLower(-1e-20).logUpper).toBeCloseTo(-20 * Math.LN10, 12);
    expect(fromLogUpper(-1000)).toEqual({ lower: 1, upper: 0, logLower: -0, logUpper: -1000 });
    expect(fromBothTails(1e-30, 1).logUpper).toBe(-1e-30);
    expect(fromBothTails(1, 1e-30).logLower).toBe(-1e-30);
    expect(exchanged(exchanged(fromLogLower(-0.3)))).toEqual(fromLogLower(-0.3));
  });

  it("beyond the doubles are a line in the logarithm", () => {
    expect(nearEnd(3, 1, -800).logLower).toBeCloseTo(-2400, 9);
    expect(nearEnd(0.001, 1, -800).lower).toBeCloseTo(Math.exp(-0.8), 14);
  });
});

describe("distributions far from their mean", () => {
  it("keep their digits where the odds overflow", () => {
    // one minus the lower tail of F with 2 and 2 degrees of freedom is 1 / (1 + x)
    expect(relative(fTails(1e305, 2, 2).upper, 1e-305)).toBeLessThan(1e-12);
    expect(relative(fTails(1e-305, 2, 2).lower, 1e-305)).toBeLessThan(1e-12);
    // Cauchy's upper tail is 1 / (πt)
    expect(relative(studentTTails(1e200, 1).upper, 1e-200 / Math.PI)).toBeLessThan(1e-12);
  });

  it("have quantiles beyond the doubles' odds", () => {
    expect(betaQuantile(0.5526237626197545, 0.0006, 0.79)).toBe(0);
    expect(fQuantile(0.5, 1e6, 0.0016)).toBe(Infinity);
    expect(studentTQuantile(0.001, 0.002)).toBe(-Infinity);
  });

  it("have log densities where the density is no double", () => {
    expect(binomialDensity(0, 3000, 0.5)).toBe(0);
    expect(binomialLogDensity(0, 3000, 0.5)).toBeCloseTo(-3000 * Math.LN2, 9);
    expect(binomialLogDensity(1.5, 3, 0.5)).toBe(-Infinity);
  });
});

describe("upper tails of counts", () => {
  it("are sums of the densities above", () => {
    const above = (from: number, to: number, density: (k: number) => number) => {
      let total = 0;
      for (let k = to; k > from; k--) total += density(k);
      return total;
    };
    const urn = { white: 300, black: 700, drawn: 100 };
    expect(
      relative(
        hypergeometricTails(80, urn).upper,
        above(80, 100, (k) => hypergeometricDensity(k, urn)),
      ),
    ).toBeLessThan(1e-12);
    expect(
      relative(
        binomialTails(90, 100, 0.2).upper,
        above(90, 100, (k) => binomialDensity(k, 100, 0.2)),
      ),
    ).toBeLessThan(1e-12);
    expect(
      relative(
        poissonTails(90, 3).upper,
        above(90, 200, (k) => poissonDensity(k, 3)),
      ),
    ).toBeLessThan(1e-12);
  });

  it("are everything below the least and nothing from the greatest on", () => {
    expect(binomialTails(-1, 3, 0.5).upper).toBe(1);
    expect(binomialTails(3, 3, 0.5).upper).toBe(0);
    expect(poissonTails(Infinity, 3).lower).toBe(1);
    expect(hypergeometricTails(0, { white: 1, black: 1, drawn: 2 }).lower).toBe(0);
  });
});

describe("pieces of the kernels", () => {
  it("the product's error is what whole numbers say", () => {
    for (let i = 0; i < 1000; i++) {
      const [a, b] = [random.integer(2 ** 31) * 2 ** 20 + 1, random.integer(2 ** 31) * 2 ** 20 + 3];
      expect(BigInt(a * b) + BigInt(productError(a, b))).toBe(BigInt(a) * BigInt(b));
    }
    expect(productError(1e200, 1e200)).toBe(0);
  });

  it("the ratio of gamma functions is the difference of logarithms, and keeps its digits for small steps", () => {
    for (const [b, a] of [
      [0.3, 0.9],
      [5, 0.5],
      [40, 0.01],
      [2, 7],
    ])
      expect(logGammaRatio(b, a)).toBeCloseTo(logGamma(a + b) - logGamma(b), 13);
    // digamma(3) = 3/2 - γ
    expect(relative(logGammaRatio(3, 1e-18), 1e-18 * 0.9227843350984671)).toBeLessThan(1e-14);
  });

  it("a continued fraction that would not end is named", () => {
    expect(() => incompleteBeta(1e17, 1e17, 0.5, 0.5)).toThrow(NumericalError);
  });
});
