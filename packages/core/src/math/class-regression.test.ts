import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { gramMatrix } from "./gram-matrix.ts";
import { independentCholesky, solveTransposed } from "./independent-cholesky.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { drawLinearPosterior, independentColumns } from "./linear-posterior.ts";
import { matrixOfColumns } from "./matrix.ts";
import { multinomialRegression } from "./multinomial-regression.ts";
import { proportionalOdds } from "./proportional-odds.ts";
import { createRandom } from "./random.ts";
import { mean, sampleStandardDeviation } from "./statistics.ts";

const PATIENTS = 200;
const random = createRandom("class regression");
const normals = () => Float64Array.from({ length: PATIENTS }, () => random.normal());
const [first, second] = [normals(), normals()];
const design = matrixOfColumns(PATIENTS, [first, second]);
const weights = Float64Array.from({ length: PATIENTS }, () => 0.5 + random.uniform());
const latent = first.map((x, i) => x - 0.6 * second[i] + 1.5 * random.normal());
const classes = Int32Array.from(latent, (x) => (x < -1 ? 0 : x < 0.8 ? 1 : 2));
const binary = classes.map((c) => (c === 0 ? 0 : 1));

describe("the multinomial regression", () => {
  it("is the logistic regression with two classes", () => {
    const own = multinomialRegression({ design, response: binary, classes: 2, weights });
    const logistic = logisticRegression(design, binary, { weights });
    own.coefficients[0].forEach((b, j) => {
      expect(b).toBeCloseTo(logistic.coefficients[j], 8);
    });
    expect(own.logLikelihood).toBeCloseTo(logistic.logLikelihood, 8);
  });

  it("predicts each class as often as it occurs", () => {
    const { coefficients } = multinomialRegression({ design, response: classes, classes: 3, weights });
    const expected = [0, 0, 0];
    for (let i = 0; i < PATIENTS; i++) {
      const odds = [1, ...coefficients.map((b) => Math.exp(b[0] + b[1] * first[i] + b[2] * second[i]))];
      const total = odds.reduce((a, b) => a + b, 0);
      odds.forEach((one, c) => (expected[c] += (weights[i] * one) / total));
    }
    expected.forEach((count, c) => {
      const observed = weights.reduce((sum, weight, i) => sum + (classes[i] === c ? weight : 0), 0);
      expect(count).toBeCloseTo(observed, 6);
    });
  });

  it("ends where it starts from its own answer", () => {
    const data = { design, response: classes, classes: 3, weights };
    const cold = multinomialRegression(data);
    const start = Float64Array.from(cold.coefficients.flatMap((b) => Array.from(b)));
    const warm = multinomialRegression(data, { start });
    warm.coefficients.forEach((b, c) => {
      b.forEach((value, j) => {
        expect(value).toBeCloseTo(cold.coefficients[c][j], 9);
      });
    });
  });

  it("says that separated classes have no estimate", () => {
    const apart = Int32Array.from(first, (x) => (x > 0 ? 1 : 0));
    const ones = new Float64Array(PATIENTS).fill(1);
    const fit = multinomialRegression({ design, response: apart, classes: 2, weights: ones });
    expect(fit.converged).toBe(false);
  });

  it("refuses a class without a row", () => {
    expect(() => multinomialRegression({ design, response: classes, classes: 4, weights })).toThrow(
      InputError,
    );
  });
});

describe("the proportional odds regression", () => {
  it("is the logistic regression with two classes, thresholds turned over", () => {
    const own = proportionalOdds({ design, response: binary, classes: 2, weights });
    const logistic = logisticRegression(design, binary, { weights });
    expect(own.thresholds[0]).toBeCloseTo(-logistic.coefficients[0], 7);
    own.coefficients.forEach((b, j) => {
      expect(b).toBeCloseTo(logistic.coefficients[j + 1], 7);
    });
  });

  it("turns over with the order of the classes", () => {
    const up = proportionalOdds({ design, response: classes, classes: 3, weights });
    const down = proportionalOdds({ design, response: classes.map((c) => 2 - c), classes: 3, weights });
    down.coefficients.forEach((b, j) => {
      expect(b).toBeCloseTo(-up.coefficients[j], 7);
    });
    expect(down.thresholds[0]).toBeCloseTo(-up.thresholds[1], 7);
    expect(up.thresholds[0]).toBeLessThan(up.thresholds[1]);
  });
});

describe("the posterior of a linear regression", () => {
  const response = first.map((x, i) => 3 + 2 * x + 0.5 * random.normal() - second[i]);

  it("is centred on least squares and spreads as its standard errors", () => {
    const { coefficients } = drawLinearPosterior(design, response, random);
    const draws = Array.from({ length: 2000 }, () => drawLinearPosterior(design, response, random));
    const slope = draws.map(({ drawnCoefficients }) => drawnCoefficients[0]);
    const gram = gramMatrix(matrixOfColumns(PATIENTS, [first.map((x) => x - mean(first))])).values[0];
    // Two predictors that are nearly unrelated: the standard error is nearly that of the one alone.
    const expected = 0.5 / Math.sqrt(gram);
    expect(Math.abs(mean(slope) - coefficients[0])).toBeLessThan(0.1 * expected);
    expect(sampleStandardDeviation(slope) / expected).toBeGreaterThan(0.85);
    expect(sampleStandardDeviation(slope) / expected).toBeLessThan(1.15);
  });

  it("gives columns without information of their own no coefficient", () => {
    const twice = first.map((x) => 1e3 + 2 * x);
    const constant = first.map(() => 0.1);
    const wide = matrixOfColumns(PATIENTS, [constant, first, twice, second]);
    expect(independentColumns(wide)).toEqual([1, 3]);
    const { coefficients, drawnCoefficients } = drawLinearPosterior(wide, response, random);
    expect([coefficients[0], coefficients[2], drawnCoefficients[0], drawnCoefficients[2]]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it("stays finite with more columns than rows and with one row", () => {
    for (const rows of [1, 2, 3]) {
      const few = matrixOfColumns(
        rows,
        [first, second, first.map((x) => x * x)].map((x) => x.subarray(0, rows)),
      );
      const posterior = drawLinearPosterior(few, response.slice(0, rows), random);
      expect([posterior.drawnIntercept, ...posterior.drawnCoefficients].every(Number.isFinite)).toBe(true);
    }
  });
});

describe("products of columns", () => {
  it("are those of their definition for odd and even numbers of columns", () => {
    for (const count of [1, 2, 3, 4, 5]) {
      const columns = Array.from({ length: count }, normals);
      const { values } = gramMatrix(matrixOfColumns(PATIENTS, columns), weights);
      columns.forEach((a, j) => {
        columns.forEach((b, k) => {
          const sum = a.reduce((total, x, i) => total + weights[i] * x * b[i], 0);
          expect(values[k * count + j]).toBeCloseTo(sum, 9);
        });
      });
    }
  });

  it("have a Cholesky factor that gives them back", () => {
    const gram = gramMatrix(design);
    const { factor } = independentCholesky(gram);
    const [a, b, , d] = factor.values;
    [a * a, a * b, a * b, b * b + d * d].forEach((entry, k) => {
      expect(entry).toBeCloseTo(gram.values[k], 9);
    });
    const solved = solveTransposed(factor, Float64Array.of(1, 2));
    expect(a * solved[0] + b * solved[1]).toBeCloseTo(1, 12);
    expect(d * solved[1]).toBeCloseTo(2, 12);
  });
});
