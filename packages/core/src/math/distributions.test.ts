import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import * as distributions from "./distributions.ts";
import { incompleteBeta } from "./incomplete-beta.ts";
import { incompleteGamma } from "./incomplete-gamma.ts";
import { createRandom } from "./random.ts";

const {
  betaCdf,
  betaQuantile,
  betaUpper,
  binomialCdf,
  binomialDensity,
  chiSquaredCdf,
  chiSquaredLogUpper,
  chiSquaredQuantile,
  chiSquaredUpper,
  digamma,
  fCdf,
  fQuantile,
  fUpper,
  gammaCdf,
  gammaLogUpper,
  gammaQuantile,
  gammaUpper,
  hypergeometricCdf,
  hypergeometricDensity,
  normalCdf,
  normalDensity,
  normalLogCdf,
  normalLogUpper,
  normalQuantile,
  normalUpper,
  poissonCdf,
  poissonDensity,
  studentTCdf,
  studentTLogTwoSided,
  studentTQuantile,
  studentTTwoSided,
  trigamma,
} = distributions;

const expectRelative = (value: number, expected: number, tolerance = 1e-13) =>
  expect(Math.abs(value / expected - 1), `${value} for ${expected}`).toBeLessThan(tolerance);

const probabilities = [1e-200, 1e-12, 1e-3, 0.05, 0.3, 0.5, 0.8, 0.975, 0.999999];

describe("values of mpmath 1.3 at 40 digits and more", () => {
  it.each([
    [0.01, 2, 0.9995033354627815, 0.0004966645372185268],
    [0.3, 0.05, 0.4484368621065928, 0.5515631378934073],
    [0.5, 1.5, 0.9167354833364496, 0.0832645166635504],
    [1, 40, 1.0, 4.248354255291589e-18],
    [2.5, 0.001, 9.50853459860795e-9, 0.9999999904914654],
    [7.2, 60, 1.0, 9.818020620145893e-19],
    [90, 50, 2.2931829605547389e-7, 0.999999770681704],
    [600, 700, 0.9999496477531951, 5.035224680499377e-5],
    [5000, 5200, 0.9974151865046462, 0.002584813495353809],
    [100000, 99000, 0.0007574199211747679, 0.9992425800788253],
  ])("of the incomplete gamma functions at %d, %d", (shape, x, lower, upper) => {
    expectRelative(gammaCdf(x, shape), lower);
    expectRelative(gammaUpper(2 * x, shape, 0.5), upper);
    expectRelative(chiSquaredUpper(2 * x, 2 * shape), upper);
  });

  it.each([
    [0.5, 0.5, 0.25, 0.3333333333333333, 0.6666666666666666],
    [0.1, 3, 0.5, 0.9925138447472789, 0.007486155252721112],
    [2.5, 40, 0.3, 0.9999773231172939, 2.2676882706078957e-5],
    [126, 126, 0.4, 0.0006772197902808137, 0.9993227802097192],
    [1000, 20, 0.99, 0.9959655768316752, 0.004034423168324798],
    [0.5, 300, 0.02, 0.9994988938124914, 0.000501106187508703],
    [3, 250, 1e-6, 2.635007869195869e-12, 0.999999999997365],
  ])("of the incomplete beta function of %d, %d at %d", (a, b, x, ...tails) => {
    const [lower, upper] = tails;
    expectRelative(betaCdf(x, a, b), lower);
    expectRelative(betaUpper(x, a, b), upper, 1e-12);
  });

  it.each([
    [-2.2, 2.5, 0.13291398541966903],
    [12, 9.73, 3.7762274222089117e-7],
    [3, 598, 0.0028121796339009328],
    [60, 30, 8.311309613532249e-33],
    [1.96, 1000, 0.05027318495574872],
  ])("of both tails of Student's t at %d with %d degrees of freedom", (t, df, value) => {
    expectRelative(studentTTwoSided(t, df), value);
    expectRelative(studentTLogTwoSided(t, df), Math.log(value));
  });

  it.each([
    [3.9, 3, 40, 0.015544773814883459],
    [40, 1, 12.5, 3.1592901217528405e-5],
    [0.01, 12.5, 3, 0.9999999946247861],
  ])("of the upper tail of F at %d with %d and %d degrees of freedom", (x, df1, df2, value) => {
    expectRelative(fUpper(x, df1, df2), value);
  });

  it.each([
    [-37, 5.725571222524577e-300, -689.0305855768906, 2.1200065515246056e-298],
    [-20, 2.7536241186062337e-89, -203.91715537109727, 5.520948362159764e-88],
    [-8, 6.220960574271784e-16, -35.01343715991455, 5.052271083536892e-15],
    [-1.7, 0.04456546275854304, -3.1107960975524813, 0.09404907737688693],
    [-0.3, 0.3820885778110474, -0.9621028181688507, 0.3813878154605241],
    [0.7, 0.758036347776927, -0.2770239422771313, 0.31225393336676127],
    [1.8, 0.9640696808870742, -0.03659170390600943, 0.07895015830089415],
    [5, 0.9999997133484281, -2.866516129637636e-7, 1.4867195147342977e-6],
  ])("of the normal distribution at %d", (x, cdf, logCdf, density) => {
    expectRelative(normalCdf(x), cdf, 2e-15);
    expectRelative(normalUpper(-x), cdf, 2e-15);
    expectRelative(normalLogCdf(x), logCdf, 2e-15);
    expectRelative(normalLogUpper(-x), logCdf, 2e-15);
    expectRelative(normalDensity(x), density, 2e-15);
  });

  it.each([
    [1e-300, -37.0470962993612],
    [1e-20, -9.262340089798407],
    [1e-5, -4.264890793922825],
    [0.02, -2.053748910631823],
    [0.3, -0.5244005127080408],
    [0.9, 1.2815515655446006],
    [0.999999, 4.753424308817087],
  ])("of the normal quantile at %d", (p, z) => {
    expectRelative(normalQuantile(p), z, 2e-15);
  });

  it.each([
    [0.01, -100.56088545786868, 10001.621213528313],
    [0.3, -3.502524222200133, 12.245364546107732],
    [1.5, 0.03648997397857652, 0.9348022005446793],
    [7.2, 1.9030321442701752, 0.14897878164889403],
    [90, 4.494243826835872, 0.011173068124213722],
    [1e6, 13.815510057964191, 1.0000005000001667e-6],
  ])("of digamma and trigamma at %d", (x, first, second) => {
    expectRelative(digamma(x), first, 3e-14);
    expectRelative(trigamma(x), second, 2e-15);
  });
});

describe("quantiles", () => {
  const inverts = (
    name: string,
    quantile: (p: number) => number,
    cdf: (x: number) => number,
    upper?: (x: number) => number,
  ) =>
    it(`of ${name} invert its distribution function`, () => {
      for (const p of probabilities) {
        const x = quantile(p);
        if (x === 0) continue;
        // the far side keeps its digits in the upper tail
        if (p > 0.5 && upper !== undefined) expectRelative(upper(x), 1 - p, 1e-11);
        else expectRelative(cdf(x), p, 1e-11);
      }
    });

  inverts("the normal distribution", normalQuantile, normalCdf, normalUpper);
  for (const df of [0.7, 1, 2, 5.5, 40, 1e5])
    inverts(
      `Student's t with ${df} degrees of freedom`,
      (p) => studentTQuantile(p, df),
      (t) => studentTCdf(t, df),
    );
  for (const df of [1, 2, 5.5, 44, 3000])
    inverts(
      `chi-squared with ${df} degrees of freedom`,
      (p) => chiSquaredQuantile(p, df),
      (x) => chiSquaredCdf(x, df),
      (x) => chiSquaredUpper(x, df),
    );
  for (const shape of [0.02, 0.3, 1, 12, 5000])
    inverts(
      `gamma of shape ${shape}`,
      (p) => gammaQuantile(p, shape, 2),
      (x) => gammaCdf(x, shape, 2),
      (x) => gammaUpper(x, shape, 2),
    );
  for (const [df1, df2] of [
    [1, 1],
    [3, 40],
    [12.5, 2],
    [4, Infinity],
  ] as const)
    inverts(
      `F with ${df1} and ${df2} degrees of freedom`,
      (p) => fQuantile(p, df1, df2),
      (x) => fCdf(x, df1, df2),
      (x) => fUpper(x, df1, df2),
    );
  for (const [a, b] of [
    [0.5, 0.5],
    [1, 30],
    [8, 2],
    [250, 3],
    [0.05, 900],
  ] as const)
    inverts(
      `beta of shapes ${a} and ${b}`,
      (p) => betaQuantile(p, a, b),
      (x) => betaCdf(x, a, b),
    );

  it("end where the distribution ends", () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect([studentTQuantile(0, 3), studentTQuantile(0.5, 3), studentTQuantile(1, 3)]).toEqual([
      -Infinity,
      0,
      Infinity,
    ]);
    expect([gammaQuantile(0, 2), gammaQuantile(1, 2)]).toEqual([0, Infinity]);
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
    expect([fQuantile(0, 2, 3), fQuantile(1, 2, 3)]).toEqual([0, Infinity]);
  });
});

describe("tails", () => {
  it("of beta are each other's mirror images", () => {
    for (const x of [0.001, 0.2, 0.5, 0.77])
      expectRelative(betaCdf(x, 3.5, 0.8), betaUpper(1 - x, 0.8, 3.5), 1e-12);
  });

  it("of F are those of its reciprocal with degrees of freedom exchanged", () => {
    for (const x of [0.01, 0.5, 3, 200]) expectRelative(fUpper(x, 3, 11), fCdf(1 / x, 11, 3), 1e-12);
  });

  it("of t squared are those of F with one degree of freedom", () => {
    for (const t of [0.01, 1.3, 9, 1e5]) expectRelative(studentTTwoSided(t, 7), fUpper(t * t, 1, 7), 1e-12);
  });

  it("of chi-squared with one degree of freedom are the normal's", () => {
    for (const z of [0.1, 1, 6, 30]) expectRelative(chiSquaredUpper(z * z, 1), 2 * normalUpper(z));
  });

  it("of t with many degrees of freedom approach the normal's", () => {
    expectRelative(studentTTwoSided(3, 1e9), 2 * normalUpper(3), 1e-7);
    expect(studentTTwoSided(3, Infinity)).toBe(2 * normalUpper(3));
    expect(studentTLogTwoSided(3, Infinity)).toBeCloseTo(Math.log(2 * normalUpper(3)), 13);
  });

  it("have logarithms where they are below the doubles", () => {
    expectRelative(gammaLogUpper(5000, 1), -5000);
    expectRelative(chiSquaredLogUpper(5000, 2), -2500);
    expectRelative(normalLogUpper(1e10), -5e19);
    expect(studentTTwoSided(1e200, 2)).toBe(0);
    // P(|T| > t) = 1 - t / sqrt(2 + t²) = 1/t² + ...
    expectRelative(studentTLogTwoSided(1e100, 2), -200 * Math.LN10);
  });

  it("join smoothly where one expansion takes over from another", () => {
    for (const [shape, x] of [
      [1, 2],
      [0.999999, 1],
      [2000, 2300],
      [2000, 1700],
      [1999.999999, 2000],
      [50, 51],
    ] as const) {
      const [left, right] = [
        incompleteGamma(shape, x * (1 - 1e-13)),
        incompleteGamma(shape, x * (1 + 1e-13)),
      ];
      expectRelative(left.lower, right.lower, 1e-10);
      expectRelative(left.upper, right.upper, 1e-10);
    }
    const turn = 4 / 12;
    expectRelative(
      incompleteBeta(3, 7, turn - 1e-13, 1 - turn + 1e-13).lower,
      incompleteBeta(3, 7, turn + 1e-13, 1 - turn - 1e-13).lower,
      1e-11,
    );
  });

  it("have their limits", () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
    expect(normalLogCdf(-Infinity)).toBe(-Infinity);
    expect([gammaCdf(-1, 2), gammaCdf(Infinity, 2)]).toEqual([0, 1]);
    expect([betaCdf(-1, 2, 2), betaCdf(2, 2, 2)]).toEqual([0, 1]);
    expect([fUpper(-1, 2, 2), fUpper(Infinity, 2, 2)]).toEqual([1, 0]);
    expect([studentTCdf(-Infinity, 2), studentTCdf(Infinity, 2), studentTCdf(0, 2)]).toEqual([0, 1, 0.5]);
  });
});

describe("discrete distributions", () => {
  const random = createRandom("discrete");
  const upTo = (n: number) => Array.from({ length: n + 1 }, (_, k) => k);
  const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

  it("sum to 1, and partial sums are the distribution function", () => {
    for (let i = 0; i < 30; i++) {
      const [n, p, k] = [random.integer(200), random.uniform(), random.integer(200)];
      expectRelative(total(upTo(n).map((j) => binomialDensity(j, n, p))), 1, 1e-12);
      expect(binomialCdf(k, n, p)).toBeCloseTo(total(upTo(k).map((j) => binomialDensity(j, n, p))), 12);
      const poissonMean = 100 * random.uniform();
      expect(poissonCdf(k, poissonMean)).toBeCloseTo(
        total(upTo(k).map((j) => poissonDensity(j, poissonMean))),
        12,
      );
      const urn = { white: random.integer(80), black: random.integer(80), drawn: 0 };
      const drawn = { ...urn, drawn: random.integer(urn.white + urn.black + 1) };
      expectRelative(total(upTo(80).map((j) => hypergeometricDensity(j, drawn))), 1, 1e-12);
      expect(hypergeometricCdf(k, drawn)).toBeCloseTo(
        total(upTo(k).map((j) => hypergeometricDensity(j, drawn))),
        12,
      );
    }
  });

  it("of counts that cannot occur are 0", () => {
    expect([binomialDensity(-1, 3, 0.5), binomialDensity(1.5, 3, 0.5), binomialDensity(4, 3, 0.5)]).toEqual([
      0, 0, 0,
    ]);
    expect(binomialDensity(0, 3, 0)).toBe(1);
    expect(binomialDensity(3, 3, 1)).toBe(1);
    expect(poissonDensity(-1, 2)).toBe(0);
    expect(poissonDensity(0, 0)).toBe(1);
    expect(hypergeometricDensity(1, { white: 5, black: 2, drawn: 7 })).toBe(0);
  });

  it("of small urns are counted fractions", () => {
    // two aces among five cards of 52: C(4, 2)·C(48, 3) / C(52, 5)
    expectRelative(hypergeometricDensity(2, { white: 4, black: 48, drawn: 5 }), 103776 / 2598960);
    expectRelative(binomialDensity(2, 4, 0.5), 6 / 16);
  });
});

describe("what is no distribution", () => {
  it.each([
    ["no shape", () => gammaUpper(1, 0)],
    ["a negative shape", () => betaCdf(0.5, -1, 2)],
    ["no degrees of freedom", () => chiSquaredUpper(1, 0)],
    ["degrees of freedom that are missing", () => studentTTwoSided(1, NaN)],
    ["a missing value", () => fUpper(NaN, 1, 2)],
    ["a missing statistic", () => chiSquaredUpper(NaN, 1)],
    ["a probability above 1", () => betaQuantile(1.5, 1, 2)],
    ["a missing probability", () => studentTQuantile(NaN, 1)],
    ["a fraction of a trial", () => binomialDensity(1, 2.5, 0.5)],
    ["a negative mean", () => poissonCdf(1, -2)],
    ["more drawn than there are", () => hypergeometricCdf(1, { white: 1, black: 1, drawn: 3 })],
    ["digamma at 0", () => digamma(0)],
  ])("is refused: %s", (_, call) => {
    expect(call).toThrow(InputError);
  });
});
