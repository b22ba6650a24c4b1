import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { logisticRegression } from "../math/logistic-regression.ts";
import { matrixOfColumns } from "../math/matrix.ts";
import { createRandom } from "../math/random.ts";
import { dependentColumns, linearVarianceInflation, varianceInflation } from "./collinearity.ts";

const random = createRandom("collinearity");
const ROWS = 120;
const normal = () => Float64Array.from({ length: ROWS }, () => random.normal());
const [a, b, c] = [normal(), normal(), normal()];
const near = a.map((x, i) => x + 0.3 * c[i]);
const sum = a.map((x, i) => 2 * x - b[i] + 5);
const outcome = Uint8Array.from(a, (x) => (random.bernoulli(1 / (1 + Math.exp(-x))) ? 1 : 0));

describe("variance inflation", () => {
  it("is 1 / (1 - r squared) of two columns, whatever their units", () => {
    const [first, second] = linearVarianceInflation(matrixOfColumns(ROWS, [a, near.map((x) => 1e6 * x - 3)]));
    const centred = (x: Float64Array) => x.map((value) => value - x.reduce((s, v) => s + v, 0) / ROWS);
    const product = (x: Float64Array, y: Float64Array) => x.reduce((s, v, i) => s + v * y[i], 0);
    const [u, v] = [centred(a), centred(near)];
    const squared = product(u, v) ** 2 / (product(u, u) * product(v, v));
    expect(first).toBeCloseTo(1 / (1 - squared), 8);
    expect(second).toBeCloseTo(first, 8);
  });

  it("is infinite for all columns of an exact dependence and finite for the others", () => {
    const design = matrixOfColumns(ROWS, [a, b, c, sum]);
    expect(dependentColumns(design)).toEqual([0, 1, 3]);
    const factors = linearVarianceInflation(design);
    expect(Array.from(factors, (factor) => factor === Infinity)).toEqual([true, true, false, true]);
    expect(factors[2]).toBeCloseTo(linearVarianceInflation(matrixOfColumns(ROWS, [a, b, c]))[2], 8);
  });

  it("counts a constant column as dependent on the intercept", () => {
    expect(
      dependentColumns(
        matrixOfColumns(3, [
          [5, 5, 5],
          [1, 2, 4],
        ]),
      ),
    ).toEqual([0]);
  });

  it("of a term of one column is the diagonal of the inverse of the coefficients' correlations", () => {
    const terms = [a, near, b].map((column, k) => ({ name: `t${k}`, columns: [column] }));
    const fit = logisticRegression(matrixOfColumns(ROWS, [a, near, b]), outcome);
    const own = varianceInflation(fit, terms);
    for (const { factor, perCoefficient } of own) {
      expect(factor).toBeGreaterThanOrEqual(1);
      expect(perCoefficient).toBeCloseTo(Math.sqrt(factor), 10);
    }
    const joined = varianceInflation(fit, [{ name: "both", columns: [a, near] }, terms[2]]);
    expect(joined[0].degreesOfFreedom).toBe(2);
    // Two terms share one determinant.
    expect(joined[0].factor).toBeCloseTo(joined[1].factor, 10);
  });

  it("names the terms of an exact dependence in a regression too", () => {
    const terms = [a, b, sum, c].map((column, k) => ({ name: `t${k}`, columns: [column] }));
    const fit = logisticRegression(matrixOfColumns(ROWS, [a, b, sum, c]), outcome);
    const factors = varianceInflation(fit, terms).map(({ factor }) => factor);
    expect(factors.map((factor) => factor === Infinity)).toEqual([true, true, true, false]);
  });

  it("needs two terms", () => {
    const fit = logisticRegression(matrixOfColumns(ROWS, [a]), outcome);
    expect(() => varianceInflation(fit, [{ name: "a", columns: [a] }])).toThrow(InputError);
  });
});
