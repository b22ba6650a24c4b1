import { describe, expect, it } from "vitest";
import { coxSnellOfC, maximumCoxSnell, simulatedCoxSnellOfC } from "./implied-explained-variation.ts";
import { externalSampleSize } from "./sample-size-external.ts";
import { developmentSampleSize, type DevelopmentPlan } from "./sample-size.ts";

const plan: DevelopmentPlan = {
  parameters: 12,
  prevalence: 0.3,
  anticipated: { measure: "cox-snell", value: 0.12 },
};

describe("the size of a development study", () => {
  it("grows with the parameters and falls with the anticipated performance", () => {
    const patients = (change: Partial<DevelopmentPlan>) =>
      developmentSampleSize({ ...plan, ...change }).patients;
    expect(patients({ parameters: 24 })).toBeGreaterThan(1.9 * patients({}));
    expect(patients({ anticipated: { measure: "cox-snell", value: 0.2 } })).toBeLessThan(patients({}));
  });

  it("is the same for R² in either form, without rounding", () => {
    const value = 0.12 / maximumCoxSnell(0.3);
    const size = developmentSampleSize({ ...plan, anticipated: { measure: "nagelkerke", value } });
    expect(size.patients).toBe(developmentSampleSize(plan).patients);
    expect(size.nagelkerke).toBeCloseTo(value, 14);
  });

  it("says that an R² beyond its largest value cannot be anticipated", () => {
    const refused = { ...plan, prevalence: 0.02, anticipated: { measure: "cox-snell", value: 0.2 } } as const;
    expect(() => developmentSampleSize(refused)).toThrow(/below 0.178/);
    expect(() => developmentSampleSize({ ...plan, parameters: 0 })).toThrow(/at least 1 parameter/);
    expect(() => developmentSampleSize({ ...plan, shrinkage: 1 })).toThrow(/shrinkage between 0 and 1/);
  });
});

describe("the R² that a C statistic implies", () => {
  it("goes from 0 to its largest value", () => {
    expect(coxSnellOfC(0.5001, 0.3)).toBeLessThan(1e-5);
    expect(coxSnellOfC(0.999999, 0.3)).toBeGreaterThan(0.99 * maximumCoxSnell(0.3));
  });

  it("by simulation misses the integral by about a thousandth", () => {
    const difference = simulatedCoxSnellOfC(0.75, 0.3) - coxSnellOfC(0.75, 0.3);
    expect(Math.abs(difference)).toBeLessThan(0.002);
    expect(difference).not.toBe(0);
  });
});

describe("the size of an external validation", () => {
  it("is the largest that a measure asks for", () => {
    const size = externalSampleSize({
      prevalence: 0.3,
      observedExpected: { width: 0.3 },
      cStatistic: { anticipated: 0.8, width: 0.1 },
    });
    expect(size.patients).toBe(Math.max(size.observedExpected!, size.cStatistic!));
    expect(size.slope).toBeNull();
  });

  it("for the slope needs fewer patients when the linear predictor spreads more", () => {
    const size = (standardDeviation: number) =>
      externalSampleSize({
        prevalence: 0.3,
        slope: { width: 0.4, linearPredictor: { mean: -1, standardDeviation } },
      }).slope!;
    expect(size(1.5)).toBeLessThan(size(0.7));
    const sample = Float64Array.of(-1.7, -0.3);
    expect(
      externalSampleSize({ prevalence: 0.3, slope: { width: 0.4, linearPredictor: { sample } } }).slope,
    ).toBeGreaterThan(0);
  });

  it("for the net benefit grows with the inverse square of the width", () => {
    const size = (width: number) =>
      externalSampleSize({
        prevalence: 0.3,
        netBenefit: { threshold: 0.2, sensitivity: 0.9, specificity: 0.5, width },
      }).netBenefit!;
    expect(size(0.1) / size(0.2)).toBeCloseTo(4, 1);
  });

  it("needs a target and widths above 0", () => {
    expect(() => externalSampleSize({ prevalence: 0.3 })).toThrow(/got none/);
    expect(() => externalSampleSize({ prevalence: 0.3, observedExpected: { width: 0 } })).toThrow(/above 0/);
  });
});
