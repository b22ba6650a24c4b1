import { describe, expect, it } from "vitest";
import { logistic } from "../math/elementary.ts";
import { matrixOfColumns } from "../math/matrix.ts";
import { createRandom } from "../math/random.ts";
import { fitRegression } from "./fit-regression.ts";
import { fitUnpenalised } from "./fit-unpenalised.ts";

const random = createRandom("unpenalised");
const ROWS = 60;
const values = Float64Array.from({ length: ROWS }, () => random.normal());
const other = Float64Array.from({ length: ROWS }, () => random.normal());
const outcome = Uint8Array.from(values, (x) => (random.bernoulli(logistic(x - 1)) ? 1 : 0));
const parted = Uint8Array.from(values, (x) => (x > 0.5 ? 1 : 0));
const design = matrixOfColumns(ROWS, [values, other]);
const names = ["size", "age"];

describe("a regression without a chosen penalty", () => {
  it("has Firth's coefficients, finite and without Wald's limits, where outcomes are separated", () => {
    const fit = fitUnpenalised(design, parted, names, "firth");
    if (typeof fit === "string") expect.fail(fit);
    expect(fit.coefficients.every(Number.isFinite)).toBe(true);
    expect(fit.covariance).toBeNull();
    expect(fit.findings.map(({ code }) => code)).toEqual(["firth-separation"]);
    expect(fit.findings[0].message).toMatch(/separation by size/);
  });

  it("has limits and no finding where they are not", () => {
    for (const method of ["firth", "maximum-likelihood"] as const) {
      const fit = fitUnpenalised(design, outcome, names, method);
      if (typeof fit === "string") expect.fail(fit);
      expect(fit.covariance).not.toBeNull();
      expect(fit.findings).toEqual([]);
    }
  });

  it("names predictors whose coefficients cannot be read alone, and no others", () => {
    const twin = values.map((x) => x + 0.1 * random.normal());
    const three = matrixOfColumns(ROWS, [values, other, twin]);
    const fit = fitUnpenalised(three, outcome, ["size", "age", "width"], "maximum-likelihood");
    if (typeof fit === "string") expect.fail(fit);
    expect(fit.findings.map(({ code }) => code)).toEqual(["predictors-collinear"]);
    expect(fit.findings[0].message).toMatch(/size \(.*width \(/);
    expect(fit.findings[0].message).not.toContain("age (");
  });

  it("takes the parts of one predictor as one term, which they may share", () => {
    const square = values.map((x) => (x + 6) * (x + 6));
    const parts = matrixOfColumns(ROWS, [values, square, other]);
    const fit = fitUnpenalised(parts, outcome, ["size", "size", "age"], "maximum-likelihood");
    if (typeof fit === "string") expect.fail(fit);
    expect(fit.findings).toEqual([]);
  });

  it("says what it would have needed", () => {
    const twice = matrixOfColumns(ROWS, [values, values]);
    expect(fitUnpenalised(design, parted, names, "maximum-likelihood")).toMatch(/separation by size/);
    for (const method of ["firth", "maximum-likelihood"] as const) {
      expect(fitUnpenalised(twice, outcome, names, method)).toMatch(/depend on each other; got age/);
      expect(
        fitUnpenalised(
          matrixOfColumns(3, [[1, 2, 4]].concat([[1, 3, 2]])),
          outcome.slice(0, 3),
          names,
          method,
        ),
      ).toMatch(/more patients than columns/);
    }
  });

  it("predicts the observed share of events on average by Firth's regression", () => {
    const { intercept, coefficients, outOfFold } = fitRegression(
      { design, outcome, names },
      { method: "firth" },
      5,
      createRandom(1),
    );
    const risk = values.map((x, i) => logistic(intercept + coefficients[0] * x + coefficients[1] * other[i]));
    const mean = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((sum, y) => sum + y, 0) / ROWS;
    expect(mean(risk)).toBeCloseTo(mean(outcome), 10);
    expect(outOfFold.every(Number.isFinite)).toBe(true);
  });
});
