import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import {
  crossValidateElasticNet,
  crossValidatePath,
  linearPredictor,
} from "./elastic-net-cross-validation.ts";
import { penaltyCurve, penaltyPerformance } from "./elastic-net-curve.ts";
import { type ElasticNetOptions, elasticNetPath } from "./elastic-net.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { columnOf, type Matrix, matrixOfColumns, takeRows } from "./matrix.ts";
import { createRandom } from "./random.ts";

/** Correlated columns, as radiomic features are; the first three carry the signal. */
function simulated(
  rows: number,
  columns: number,
): { design: Matrix; outcome: Uint8Array; folds: Int32Array } {
  const random = createRandom(`elastic net ${String(rows)} ${String(columns)}`);
  const latent = Array.from({ length: 3 }, () => Float64Array.from({ length: rows }, () => random.normal()));
  const design = matrixOfColumns(
    rows,
    Array.from({ length: columns }, (_, j) =>
      latent[j % 3].map((x) => (x + 0.7 * random.normal()) * (1 + j) + j),
    ),
  );
  const outcome = Uint8Array.from({ length: rows }, (_, i) =>
    random.bernoulli(1 / (1 + Math.exp(0.4 - latent[0][i] + 0.8 * latent[1][i]))) ? 1 : 0,
  );
  return { design, outcome, folds: Int32Array.from(outcome, (_, i) => i % 5) };
}

const tight = 1e-18;
const tall = simulated(150, 12);
const wide = simulated(60, 90);

/** Minus the gradient of the mean loss for each standardised column, and the standardised coefficients. */
function stationarity(
  design: Matrix,
  outcome: Uint8Array,
  model: { intercept: number; coefficients: Float64Array },
) {
  const { rows } = design;
  const risk = linearPredictor(model, design).map((eta) => 1 / (1 + Math.exp(-eta)));
  return Array.from({ length: design.columns }, (_, j) => {
    const x = columnOf(design, j);
    const mean = x.reduce((sum, value) => sum + value, 0) / rows;
    const scale = Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows);
    const gradient =
      x.reduce((sum, value, i) => sum + ((value - mean) / scale) * (outcome[i] - risk[i]), 0) / rows;
    return { gradient, coefficient: model.coefficients[j] * scale };
  });
}

describe("elastic net path", () => {
  for (const [name, { design, outcome }] of [["tall", tall] as const, ["wide", wide] as const])
    for (const alpha of [0, 0.3, 1])
      it(`fulfils the conditions of Karush, Kuhn and Tucker, ${name} design, alpha ${String(alpha)}`, () => {
        const lambdas = elasticNetPath(design, outcome, { alpha, lambdaCount: 8 }).models.map(
          ({ lambda }) => lambda,
        );
        for (const model of elasticNetPath(design, outcome, { alpha, lambdas, tolerance: tight }).models)
          for (const { gradient, coefficient } of stationarity(design, outcome, model)) {
            const rest = gradient - model.lambda * (1 - alpha) * coefficient;
            const pull = model.lambda * alpha;
            if (coefficient === 0) expect(Math.abs(rest)).toBeLessThan(pull + 1e-7);
            else expect(Math.abs(rest - Math.sign(coefficient) * pull)).toBeLessThan(1e-7);
          }
      });

  it("is maximum likelihood where lambda is 0", () => {
    const fit = logisticRegression(tall.design, tall.outcome);
    for (const alpha of [0, 1]) {
      const [model] = elasticNetPath(tall.design, tall.outcome, {
        alpha,
        lambdas: [0],
        tolerance: tight,
      }).models;
      Array.from(model.coefficients).forEach((b, j) => expect(b).toBeCloseTo(fit.coefficients[j + 1], 6));
      expect(model.intercept).toBeCloseTo(fit.coefficients[0], 5);
    }
  });

  it("starts at the least lambda without a coefficient", () => {
    const { models } = elasticNetPath(tall.design, tall.outcome, { alpha: 0.5 });
    const at = (lambda: number) =>
      elasticNetPath(tall.design, tall.outcome, {
        alpha: 0.5,
        lambdas: [lambda],
      }).models[0].coefficients.some((b) => b !== 0);
    expect(at(models[0].lambda * 1.0001)).toBe(false);
    expect(at(models[0].lambda * 0.999)).toBe(true);
  });

  it("gives the same model from the lambda before and from nothing", () => {
    for (const alpha of [0, 0.5]) {
      const settings = { alpha, tolerance: tight };
      const warm = elasticNetPath(wide.design, wide.outcome, { ...settings, lambdas: [0.5, 0.2, 0.08] })
        .models[2];
      const cold = elasticNetPath(wide.design, wide.outcome, { ...settings, lambdas: [0.08] }).models[0];
      expect(Math.max(...warm.coefficients.map((b, j) => Math.abs(b - cold.coefficients[j])))).toBeLessThan(
        1e-7,
      );
    }
  });

  it("leaves constant columns at 0 and never penalises a column of factor 0", () => {
    const columns = [0, 1, 2].map((j) => columnOf(tall.design, j));
    const design = matrixOfColumns(150, [...columns, new Float64Array(150).fill(3)]);
    const { models } = elasticNetPath(design, tall.outcome, { alpha: 1, penaltyFactors: [1, 0, 1, 1] });
    expect(models.every(({ coefficients }) => coefficients[3] === 0)).toBe(true);
    expect(models.every(({ coefficients }) => coefficients[1] !== 0)).toBe(true);
  });

  it("shares a ridge coefficient equally between two equal columns", () => {
    const column = columnOf(tall.design, 0);
    const [{ coefficients }] = elasticNetPath(matrixOfColumns(150, [column, column]), tall.outcome, {
      alpha: 0,
      lambdas: [0.1],
      tolerance: tight,
    }).models;
    expect(coefficients[0]).toBeCloseTo(coefficients[1], 10);
  });

  it("changes nothing of what it is given", () => {
    const values = wide.design.values.slice();
    elasticNetPath(wide.design, wide.outcome, { alpha: 0.5, lambdaCount: 5 });
    expect(wide.design.values).toEqual(values);
  });

  it("refuses one class, missing values, ascending lambdas and factors that are all 0", () => {
    const refuse = (options: Partial<ElasticNetOptions>, outcome = tall.outcome, design = tall.design) =>
      expect(() => elasticNetPath(design, outcome, { alpha: 1, ...options })).toThrow(InputError);
    refuse({}, new Uint8Array(150));
    refuse({}, tall.outcome, {
      ...tall.design,
      values: tall.design.values.map((x, i) => (i === 9 ? NaN : x)),
    });
    refuse({ lambdas: [0.1, 0.2] });
    refuse({ penaltyFactors: new Float64Array(12) });
    refuse({ alpha: 1.5 });
  });
});

describe("cross-validation of the penalty", () => {
  it("predicts each fold from the others", () => {
    const { models, outOfFold } = crossValidateElasticNet(tall.design, tall.outcome, tall.folds, {
      alpha: 1,
      lambdaCount: 10,
    });
    const training = Array.from({ length: 150 }, (_, i) => i).filter((i) => tall.folds[i] !== 2);
    const path = elasticNetPath(
      takeRows(tall.design, training),
      training.map((i) => tall.outcome[i]),
      {
        alpha: 1,
        lambdas: models.map(({ lambda }) => lambda),
      },
    );
    const predicted = linearPredictor(path.models[5], tall.design);
    tall.folds.forEach((fold, i) => {
      if (fold === 2) expect(outOfFold[5][i]).toBeCloseTo(predicted[i], 10);
    });
  });

  it("sees nothing of a fold's own outcomes", () => {
    const lambdas = [0.1, 0.05, 0.02];
    const flipped = tall.outcome.map((y, i) => (tall.folds[i] === 0 ? 1 - y : y));
    const [first, second] = [tall.outcome, flipped].map((outcome) =>
      crossValidateElasticNet(tall.design, outcome, tall.folds, { alpha: 1, lambdas }),
    );
    tall.folds.forEach((fold, i) => {
      if (fold === 0) expect(first.outOfFold[2][i]).toBe(second.outOfFold[2][i]);
    });
  });

  it("chooses with patience what it chooses without, from fewer lambdas", () => {
    for (const alpha of [0, 0.5, 1]) {
      const all = crossValidateElasticNet(wide.design, wide.outcome, wide.folds, { alpha });
      const some = crossValidateElasticNet(wide.design, wide.outcome, wide.folds, { alpha, patience: 2 });
      expect(some.models.length).toBeLessThanOrEqual(all.models.length);
      expect(some.curve.minimum).toBe(all.curve.minimum);
      expect(some.curve.oneStandardError).toBe(all.curve.oneStandardError);
    }
  });

  it("takes folds with columns of their own", () => {
    const whole = { design: tall.design, outcome: tall.outcome };
    const rows = Array.from({ length: 150 }, (_, i) => i);
    const folds = [0, 1, 2].map((fold) => {
      const outside = rows.filter((i) => i % 3 !== fold);
      const inside = rows.filter((i) => i % 3 === fold);
      const design = matrixOfColumns(
        150,
        [0, 1, fold + 2].map((j) => columnOf(tall.design, j)),
      );
      return {
        training: takeRows(design, outside),
        outcome: outside.map((i) => tall.outcome[i]),
        testing: takeRows(design, inside),
        rows: inside,
      };
    });
    const { curve, models } = crossValidatePath(whole, folds, { alpha: 0.5, lambdaCount: 20 });
    expect(curve.means.length).toBe(models.length);
    expect(curve.oneStandardError).toBeLessThanOrEqual(curve.minimum);
  });

  it("needs three folds", () => {
    const two = tall.folds.map((fold) => fold % 2);
    expect(() => crossValidateElasticNet(tall.design, tall.outcome, two, { alpha: 1 })).toThrow(InputError);
  });
});

describe("performance of a penalty", () => {
  const folds = [
    [0, 1],
    [2, 3, 4, 5],
  ];

  it("weighs folds by their size", () => {
    const outcome = [1, 0, 1, 0, 1, 0];
    const linear = Float64Array.of(1, 1, 1, -1, 1, -1);
    const { mean, standardError } = penaltyPerformance(linear, outcome, folds, "error");
    expect(mean).toBeCloseTo(1 / 6, 12);
    expect(standardError).toBeCloseTo(Math.sqrt((2 * (1 / 3) ** 2 + 4 * (1 / 6) ** 2) / 6), 12);
  });

  it("leaves folds of one class out of an area under the curve", () => {
    const area = penaltyPerformance(
      Float64Array.of(0, 1, 2, 1, 3, 0),
      [1, 1, 1, 0, 1, 0],
      [...folds, []].slice(0, 2),
      "auc",
    );
    expect(area.mean).toBe(1);
  });

  it("takes the largest lambda of equally good ones", () => {
    const point = (mean: number) => ({ mean, standardError: 0.1 });
    expect(penaltyCurve([3, 1, 1, 2].map(point), "deviance").minimum).toBe(1);
    expect(penaltyCurve([0.5, 0.85, 0.9, 0.9].map(point), "auc")).toMatchObject({
      minimum: 2,
      oneStandardError: 1,
    });
  });
});
