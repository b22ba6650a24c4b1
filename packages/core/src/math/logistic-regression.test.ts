import { describe, expect, it } from "vitest";
import { InputError, NumericalError } from "../errors.ts";
import { logisticRegression, type LogisticRegressionOptions } from "./logistic-regression.ts";
import { columnOf, type Matrix, matrixOfColumns } from "./matrix.ts";
import { profileInterval } from "./profile-likelihood.ts";
import { createRandom } from "./random.ts";

/** Patients whose risk depends on three of five columns. */
function simulated(rows: number, seed: string): { design: Matrix; outcome: Uint8Array } {
  const random = createRandom(seed);
  const columns = Array.from({ length: 5 }, () => Float64Array.from({ length: rows }, () => random.normal()));
  const outcome = Uint8Array.from({ length: rows }, (_, i) => {
    const linear = -0.5 + columns[0][i] - 0.7 * columns[1][i] + 0.4 * columns[2][i];
    return random.bernoulli(1 / (1 + Math.exp(-linear))) ? 1 : 0;
  });
  return { design: matrixOfColumns(rows, columns), outcome };
}

const { design, outcome } = simulated(200, "logistic regression");
const fit = logisticRegression(design, outcome);

function probabilities(of: Matrix, coefficients: Float64Array): Float64Array {
  return Float64Array.from({ length: of.rows }, (_, i) => {
    let linear = coefficients[0];
    for (let j = 0; j < of.columns; j++) linear += coefficients[j + 1] * of.values[j * of.rows + i];
    return 1 / (1 + Math.exp(-linear));
  });
}

const closeTo = (a: ArrayLike<number>, b: ArrayLike<number>, gap = 1e-9) =>
  Array.from(a).forEach((value, i) => expect(Math.abs(value - b[i])).toBeLessThan(gap));

describe("logistic regression", () => {
  it("solves the score equations", () => {
    const p = probabilities(design, fit.coefficients);
    for (let j = -1; j < design.columns; j++) {
      let score = 0;
      for (let i = 0; i < design.rows; i++)
        score += (outcome[i] - p[i]) * (j < 0 ? 1 : design.values[j * design.rows + i]);
      expect(Math.abs(score)).toBeLessThan(1e-11);
    }
    expect(fit.converged).toBe(true);
    expect(fit.separated).toBe(false);
  });

  it("has the log odds of a table of two by two and Woolf's variance", () => {
    const exposed = Float64Array.from({ length: 100 }, (_, i) => (i < 40 ? 1 : 0));
    const events = Uint8Array.from({ length: 100 }, (_, i) => (i < 24 || (i >= 40 && i < 55) ? 1 : 0));
    const simple = logisticRegression(matrixOfColumns(100, [exposed]), events);
    closeTo(simple.coefficients, [Math.log(15 / 45), Math.log(24 / 16) - Math.log(15 / 45)], 1e-12);
    expect(simple.covariance.values[3]).toBeCloseTo(1 / 24 + 1 / 16 + 1 / 15 + 1 / 45, 12);
  });

  it("does not mind where it starts", () => {
    for (const start of [fit.coefficients, [500, 500, -500, 0, 0, 9], [NaN, Infinity, 0, 0, 0, 0]])
      closeTo(logisticRegression(design, outcome, { start }).coefficients, fit.coefficients, 1e-8);
  });

  it("says that it does not converge where offsets leave no doubt", () => {
    const offset = columnOf(design, 0).map((x) => 1000 * x);
    expect(logisticRegression(design, outcome, { offset })).toMatchObject({
      converged: false,
      separated: false,
    });
  });

  it("counts a patient of weight 2 as two patients, and one of weight 0 not at all", () => {
    const weights = Float64Array.from({ length: 200 }, (_, i) => i % 3);
    const weighted = logisticRegression(design, outcome, { weights });
    const rows = Array.from(weights).flatMap((weight, i) => new Array<number>(weight).fill(i));
    const repeated = logisticRegression(
      matrixOfColumns(
        rows.length,
        [0, 1, 2, 3, 4].map((j) => rows.map((i) => design.values[j * 200 + i])),
      ),
      rows.map((i) => outcome[i]),
    );
    closeTo(weighted.coefficients, repeated.coefficients);
    closeTo(weighted.covariance.values, repeated.covariance.values);
    expect(weighted.deviance).toBeCloseTo(repeated.deviance, 9);
  });

  it("takes a share of events with its weight as that many patients", () => {
    const x = [0, 1, 2, 3];
    const grouped = logisticRegression(matrixOfColumns(4, [x]), [0.25, 0.5, 0.25, 0.75], {
      weights: new Float64Array(4).fill(4),
    });
    const single = logisticRegression(
      matrixOfColumns(16, [x.flatMap((value) => [value, value, value, value])]),
      [1, 2, 1, 3].flatMap((events) => [0, 1, 2, 3].map((k) => (k < events ? 1 : 0))),
    );
    closeTo(grouped.coefficients, single.coefficients);
  });

  it("moves an offset out of the intercept", () => {
    const shifted = logisticRegression(design, outcome, { offset: new Float64Array(200).fill(2) });
    closeTo(shifted.coefficients.slice(1), fit.coefficients.slice(1));
    expect(shifted.coefficients[0]).toBeCloseTo(fit.coefficients[0] - 2, 9);
  });

  it("follows a change of units and origin", () => {
    const columns = [0, 1, 2, 3, 4].map((j) => columnOf(design, j).map((x) => (j === 0 ? 1e5 * x + 3e6 : x)));
    const moved = logisticRegression(matrixOfColumns(200, columns), outcome);
    expect(moved.coefficients[1] * 1e5).toBeCloseTo(fit.coefficients[1], 8);
    expect(moved.deviance).toBeCloseTo(fit.deviance, 9);
  });

  it("leaves out columns that depend on others, and fits as without them", () => {
    const columns = [0, 1, 2, 3, 4].map((j) => columnOf(design, j));
    const constant = new Float64Array(200).fill(7);
    const difference = columns[0].map((x, i) => x - columns[1][i]);
    const more = logisticRegression(matrixOfColumns(200, [constant, ...columns, difference]), outcome);
    expect(more.aliased).toEqual([1, 7]);
    expect(more.coefficients[1]).toBeNaN();
    closeTo(more.coefficients.slice(2, 7), fit.coefficients.slice(1));
    expect(more.covariance.values[1]).toBeNaN();
  });

  it("changes nothing of what it is given", () => {
    const [values, events] = [design.values.slice(), outcome.slice()];
    logisticRegression(design, outcome, { offset: new Float64Array(200) });
    expect(design.values).toEqual(values);
    expect(outcome).toEqual(events);
  });

  it("finds complete separation and names the column", () => {
    const noise = columnOf(simulated(40, "noise").design, 0);
    const x = Float64Array.from({ length: 40 }, (_, i) => i);
    const complete = logisticRegression(
      matrixOfColumns(40, [noise, x]),
      Uint8Array.from(x, (value) => (value > 19 ? 1 : 0)),
    );
    expect(complete.separated).toBe(true);
    expect(complete.converged).toBe(false);
    expect(complete.separatingColumns).toContain(2);
  });

  it("finds a level with events only among many columns", () => {
    const level = outcome.map((event, i) => (event === 1 && i % 9 === 0 ? 1 : 0));
    const columns = [0, 1, 2, 3, 4].map((j) => columnOf(design, j));
    const quasi = logisticRegression(matrixOfColumns(200, [...columns, Float64Array.from(level)]), outcome);
    expect(quasi.separated).toBe(true);
    expect(quasi.separatingColumns).toEqual([6]);
  });

  it("does not take a strong but finite effect for separation", () => {
    const x = Float64Array.from({ length: 400 }, (_, i) => (i < 200 ? 0 : 1));
    const events = Uint8Array.from({ length: 400 }, (_, i) => (i === 0 || (i >= 200 && i !== 399) ? 1 : 0));
    const strong = logisticRegression(matrixOfColumns(400, [x]), events);
    expect(strong.separated).toBe(false);
    expect(strong.coefficients[1]).toBeCloseTo(2 * Math.log(199), 9);
  });

  it("refuses one class, unequal lengths, missing values and negative weights", () => {
    const refuse = (events: ArrayLike<number>, options?: LogisticRegressionOptions, of = design) =>
      expect(() => logisticRegression(of, events, options)).toThrow(InputError);
    refuse(new Uint8Array(200));
    refuse(outcome.slice(1));
    refuse(outcome, { weights: new Float64Array(200).fill(-1) });
    refuse(outcome, {}, { ...design, values: design.values.map((x, i) => (i === 3 ? NaN : x)) });
    refuse(Float64Array.from(outcome, (y) => 2 * y));
  });
});

describe("profile likelihood interval", () => {
  it("ends where the deviance has risen by 3.84", () => {
    const { lower, upper } = profileInterval(design, outcome, 1);
    const rest = matrixOfColumns(
      200,
      [1, 2, 3, 4].map((j) => columnOf(design, j)),
    );
    for (const limit of [lower, upper]) {
      const offset = columnOf(design, 0).map((x) => limit! * x);
      expect(logisticRegression(rest, outcome, { offset }).deviance - fit.deviance).toBeCloseTo(
        3.841458820694124,
        8,
      );
    }
    expect(lower).toBeLessThan(fit.coefficients[1]);
    expect(upper).toBeGreaterThan(fit.coefficients[1]);
  });

  it("needs an estimate", () => {
    const x = Float64Array.from({ length: 200 }, (_, i) => outcome[i]);
    expect(() => profileInterval(matrixOfColumns(200, [x]), outcome, 1)).toThrow(NumericalError);
    expect(() => profileInterval(design, outcome, 9)).toThrow(InputError);
  });
});
