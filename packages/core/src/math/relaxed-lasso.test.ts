import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { elasticNetPath } from "./elastic-net.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { columnOf, matrixOfColumns } from "./matrix.ts";
import { createRandom } from "./random.ts";
import { crossValidateRelaxed } from "./relaxed-lasso-choice.ts";
import { blendRelaxed, relaxPath } from "./relaxed-lasso.ts";

const random = createRandom("relaxed lasso");
const ROWS = 150;
const columns = Array.from({ length: 10 }, () => Float64Array.from({ length: ROWS }, () => random.normal()));
const design = matrixOfColumns(ROWS, columns);
const outcome = Uint8Array.from({ length: ROWS }, (_, i) =>
  random.bernoulli(1 / (1 + Math.exp(-columns[0][i] + columns[1][i]))) ? 1 : 0,
);
const folds = Int32Array.from({ length: ROWS }, (_, i) => i % 5);
const { models } = elasticNetPath(design, outcome, { alpha: 1 });
const path = relaxPath(design, outcome, models);

describe("a relaxed path", () => {
  it("fits the columns of each model by maximum likelihood and no other", () => {
    for (const { penalised, relaxed } of path.slice(1)) {
      const active = [...penalised.coefficients.keys()].filter((j) => penalised.coefficients[j] !== 0);
      const fit = logisticRegression(
        matrixOfColumns(
          ROWS,
          active.map((j) => columnOf(design, j)),
        ),
        outcome,
      );
      active.forEach((j, k) => expect(relaxed.coefficients[j]).toBeCloseTo(fit.coefficients[k + 1], 8));
      expect(relaxed.coefficients.filter((b) => b !== 0).length).toBe(active.length);
    }
  });

  it("goes from the relaxed model to the penalised one", () => {
    const model = path[12];
    expect(blendRelaxed(model, 1).coefficients).toEqual(model.penalised.coefficients);
    expect(blendRelaxed(model, 0)).toEqual(model.relaxed);
    const half = blendRelaxed(model, 0.5);
    expect(half.intercept).toBeCloseTo((model.penalised.intercept + model.relaxed.intercept) / 2, 12);
  });

  it("keeps the fit of a larger lambda where columns separate the outcomes, and says so", () => {
    const first = matrixOfColumns(20, [columns[0].slice(0, 20), columns[2].slice(0, 20)]);
    const parted = Uint8Array.from(columns[0].slice(0, 20), (x) => (x > 0 ? 1 : 0));
    const relaxed = relaxPath(first, parted, elasticNetPath(first, parted, { alpha: 1 }).models);
    expect(relaxed.some(({ isOwn }) => !isOwn)).toBe(true);
    expect(relaxed.every((model) => model.relaxed.coefficients.every(Number.isFinite))).toBe(true);
  });
});

describe("the choice of lambda and gamma", () => {
  it("is the best of all curves, and the largest lambda within one standard error of it", () => {
    const { curves, minimum, oneStandardError } = crossValidateRelaxed(design, outcome, folds, { alpha: 1 });
    const best = curves[minimum.gamma].means[minimum.lambda];
    expect(Math.min(...curves.flatMap(({ means }) => [...means]))).toBe(best);
    const limit = best + curves[minimum.gamma].standardErrors[minimum.lambda];
    expect(curves[oneStandardError.gamma].means[oneStandardError.lambda]).toBeLessThanOrEqual(limit);
    const larger = curves.flatMap(({ means }) => [...means.slice(0, oneStandardError.lambda)]);
    expect(larger.every((mean) => mean > limit)).toBe(true);
  });

  it("refuses folds of other rows and blends beyond the two fits", () => {
    expect(() => crossValidateRelaxed(design, outcome, folds.slice(1), { alpha: 1 })).toThrow(InputError);
    expect(() => crossValidateRelaxed(design, outcome, folds, { alpha: 1, gammas: [2] })).toThrow(/0 to 1/);
  });
});
