import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { explainedVariation } from "./explained-variation.ts";
import { likelihoodRatioTest, termTests } from "./likelihood-ratio-test.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { matrixOfColumns } from "./matrix.ts";
import { giniMeanDifference } from "./mean-difference.ts";
import { createRandom } from "./random.ts";
import { waldTest } from "./wald-test.ts";

const random = createRandom("term tests");
const ROWS = 500;
const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: ROWS }, () => random.normal()));
const outcome = Uint8Array.from(columns[0], (x) => (random.bernoulli(1 / (1 + Math.exp(-0.3 * x))) ? 1 : 0));
const design = matrixOfColumns(ROWS, columns);
const fit = logisticRegression(design, outcome);
const terms = [
  { name: "first", columns: [columns[0]] },
  { name: "pair", columns: [columns[1], columns[2]], needs: ["first"] },
];

describe("tests of terms", () => {
  it("agree with each other in many patients", () => {
    const [own] = termTests(terms, outcome);
    expect(own.name).toBe("pair");
    expect(own.degreesOfFreedom).toBe(2);
    expect(own.chiSquared).toBeCloseTo(waldTest(fit, [2, 3]).chiSquared, 1);
  });

  it("of one coefficient by Wald is the square of z", () => {
    const z = fit.coefficients[1] / Math.sqrt(fit.covariance.values[5]);
    expect(waldTest(fit, [1]).chiSquared).toBeCloseTo(z * z, 10);
  });

  it("have no p-value without a degree of freedom", () => {
    expect(likelihoodRatioTest(fit, fit).pValue).toBeNull();
    const twin = logisticRegression(matrixOfColumns(ROWS, [columns[0], columns[0]]), outcome);
    expect(waldTest(twin, [2])).toEqual({ chiSquared: 0, degreesOfFreedom: 0, pValue: null });
    expect(() => waldTest(fit, [4])).toThrow(InputError);
  });
});

describe("measures of a model", () => {
  it("explains nothing without predictors, and all with certain ones", () => {
    expect(explainedVariation(-20, -20, 40)).toEqual({ coxSnell: 0, nagelkerke: 0, mcFadden: 0 });
    expect(explainedVariation(0, -20, 40).nagelkerke).toBeCloseTo(1, 12);
  });

  it("has the mean difference of all pairs", () => {
    const values = columns[0].slice(0, 50);
    let sum = 0;
    for (const a of values) for (const b of values) sum += Math.abs(a - b);
    expect(giniMeanDifference(values)).toBeCloseTo(sum / (50 * 49), 12);
    expect(giniMeanDifference([1])).toBeNaN();
  });
});
