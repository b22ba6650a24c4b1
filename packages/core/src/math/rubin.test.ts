import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { matrixOfColumns } from "./matrix.ts";
import { pooledLikelihoodRatioTest, pooledStatisticsTest, pooledWaldTest } from "./rubin-tests.ts";
import { poolEstimates } from "./rubin.ts";

const estimates = [1.1, 0.7, 0.9, 1.4];
const variances = [0.2, 0.25, 0.22, 0.21];

describe("Rubin's rules", () => {
  it("add the variance between imputations to that within", () => {
    const pooled = poolEstimates({ estimates: [1, 3], variances: [1, 3] });
    expect(pooled).toMatchObject({ estimate: 2, within: 2, between: 2, total: 5 });
    expect(pooled.relativeIncrease).toBeCloseTo(1.5, 12);
    expect(pooled.missingShare).toBeCloseTo(0.6, 12);
    // Rubin 1987: (m - 1) / lambda²
    expect(pooled.degreesOfFreedom).toBeCloseTo(1 / 0.36, 12);
  });

  it("have fewer degrees of freedom than complete data", () => {
    for (const completeDegreesOfFreedom of [3, 30, 300]) {
      const { degreesOfFreedom } = poolEstimates({ estimates, variances }, { completeDegreesOfFreedom });
      expect(degreesOfFreedom).toBeLessThan(completeDegreesOfFreedom);
      expect(degreesOfFreedom).toBeGreaterThan(0);
    }
  });

  it("reach the rule of a large sample as complete data grow", () => {
    const large = poolEstimates({ estimates, variances }).degreesOfFreedom;
    const finite = poolEstimates({ estimates, variances }, { completeDegreesOfFreedom: 1e9 });
    expect(finite.degreesOfFreedom / large).toBeCloseTo(1, 5);
  });

  it("give infinite degrees of freedom, not NaN, where the imputations agree", () => {
    const pooled = poolEstimates({ estimates: [0.4, 0.4, 0.4], variances: [0.01, 0.01, 0.01] });
    expect(pooled.degreesOfFreedom).toBe(Infinity);
    expect(pooled).toMatchObject({ between: 0, missingShare: 0, missingInformation: 0 });
    expect(pooled.upper - 0.4).toBeCloseTo(1.959963984540054 * 0.1, 12);
  });

  it("have no more degrees of freedom than complete data where the imputations agree", () => {
    const same = { estimates: [2, 2], variances: [1, 1] };
    const { degreesOfFreedom } = poolEstimates(same, { completeDegreesOfFreedom: 50 });
    expect(degreesOfFreedom).toBeGreaterThan(45);
    expect(degreesOfFreedom).toBeLessThan(50);
  });

  it("stay defined without any variance", () => {
    const pooled = poolEstimates({ estimates: [0, 0], variances: [0, 0] });
    expect(pooled).toMatchObject({ estimate: 0, standardError: 0, t: 0, pValue: 1, lower: 0, upper: 0 });
  });

  it("count everything as missing where there is no variance within", () => {
    const pooled = poolEstimates({ estimates: [1, 2], variances: [0, 0] });
    expect(pooled).toMatchObject({ missingShare: 1, missingInformation: 1, degreesOfFreedom: 1 });
  });

  it("refuse one imputation, unequal lengths, values that are not finite and impossible levels", () => {
    const refused = [
      () => poolEstimates({ estimates: [1], variances: [1] }),
      () => poolEstimates({ estimates: [1, 2], variances: [1] }),
      () => poolEstimates({ estimates: [1, NaN], variances: [1, 1] }),
      () => poolEstimates({ estimates: [1, 2], variances: [1, Infinity] }),
      () => poolEstimates({ estimates: [1, 2], variances: [1, -1] }),
      () => poolEstimates({ estimates, variances }, { level: 1 }),
      () => poolEstimates({ estimates, variances }, { completeDegreesOfFreedom: 0 }),
    ];
    for (const attempt of refused) expect(attempt).toThrow(InputError);
  });
});

describe("the pooled Wald test", () => {
  const single = estimates.map((estimate, i) => ({
    estimates: [estimate],
    covariance: matrixOfColumns(1, [[variances[i]]]),
  }));

  it("is the square of the pooled t for one coefficient", () => {
    const { t, relativeIncrease } = poolEstimates({ estimates, variances });
    const test = pooledWaldTest(single);
    expect(test.f).toBeCloseTo(t * t, 12);
    expect(test.relativeIncrease).toBeCloseTo(relativeIncrease, 12);
  });

  it("does not depend on the units of the coefficients", () => {
    const two = (unit: number) =>
      [0.3, 0.5, 0.4].map((shift) => ({
        estimates: [1 + shift, (2 - shift) * unit],
        covariance: matrixOfColumns(2, [
          [1, 0.2 * unit],
          [0.2 * unit, 2 * unit * unit],
        ]),
      }));
    expect(pooledWaldTest(two(1000)).f).toBeCloseTo(pooledWaldTest(two(1)).f, 10);
  });

  it("stays defined where imputations agree, are few, or the sample is small", () => {
    const same = [single[0], single[0], single[0]];
    expect(pooledWaldTest(same)).toMatchObject({ df2: Infinity, relativeIncrease: 0 });
    for (const complete of [2, 5, 50, Infinity])
      for (const completed of [same, single, single.slice(0, 2)]) {
        const { pValue, df2 } = pooledWaldTest(completed, complete);
        expect(pValue).toBeGreaterThanOrEqual(0);
        expect(pValue).toBeLessThanOrEqual(1);
        expect(df2).toBeGreaterThan(0);
      }
  });
});

describe("tests pooled from statistics and likelihoods", () => {
  it("are the single test where all imputations agree", () => {
    expect(pooledStatisticsTest([6, 6, 6], 3)).toMatchObject({ f: 2, df1: 3, df2: Infinity });
    const same = { full: -10, reduced: -13, fullAtMean: -10, reducedAtMean: -13 };
    const test = pooledLikelihoodRatioTest([same, same], 2);
    expect(test).toMatchObject({ f: 3, df1: 2, df2: Infinity });
    // chi-squared of 6 with two degrees of freedom
    expect(test.pValue).toBeCloseTo(Math.exp(-3), 12);
  });

  it("have a p-value of 1 where imputations disagree by more than they find", () => {
    expect(pooledStatisticsTest([0, 9], 1)).toMatchObject({ pValue: 1 });
  });

  it("refuse one imputation, negative statistics and no degree of freedom", () => {
    const one = { full: -10, reduced: -13, fullAtMean: -10, reducedAtMean: -13 };
    expect(() => pooledStatisticsTest([1], 1)).toThrow(InputError);
    expect(() => pooledStatisticsTest([1, -1], 1)).toThrow(InputError);
    expect(() => pooledStatisticsTest([1, 1], 0)).toThrow(InputError);
    expect(() => pooledLikelihoodRatioTest([one], 1)).toThrow(InputError);
  });
});
