import { describe, expect, it } from "vitest";
import { InputError, NumericalError } from "../errors.ts";
import { harrellPenalty } from "./harrell-penalty.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { type Matrix, matrixOfColumns } from "./matrix.ts";
import { quadraticPenaltyRegression } from "./quadratic-penalty-regression.ts";
import { createRandom } from "./random.ts";

const random = createRandom("quadratic penalty");
const ROWS = 100;
const columns = [1, 40].map((unit) =>
  Float64Array.from({ length: ROWS }, () => unit * random.normal() + unit),
);
const outcome = Uint8Array.from(columns[0], (x) => (random.bernoulli(1 / (1 + Math.exp(-x))) ? 1 : 0));
const design = matrixOfColumns(ROWS, columns);
const terms = columns.map((column, k) => ({ name: `x${k}`, columns: [column] }));
const times = (matrix: Matrix, factor: number) => ({
  ...matrix,
  values: matrix.values.map((value) => factor * value),
});
const penalty = harrellPenalty(terms, ROWS);

describe("a regression with Harrell's penalty", () => {
  it("is maximum likelihood without one", () => {
    const own = quadraticPenaltyRegression(design, outcome, times(penalty, 0));
    const fit = logisticRegression(design, outcome);
    own.coefficients.forEach((b, j) => expect(b).toBeCloseTo(fit.coefficients[j], 9));
    own.covariance.values.forEach((v, k) => expect(v).toBeCloseTo(fit.covariance.values[k], 9));
    expect(own.effectiveDegreesOfFreedom).toBeCloseTo(2, 12);
  });

  it("leaves the share of events to an infinite one", () => {
    const own = quadraticPenaltyRegression(design, outcome, times(penalty, 1e9));
    const events = outcome.reduce((sum, y) => sum + y, 0);
    expect(own.coefficients[0]).toBeCloseTo(Math.log(events / (ROWS - events)), 5);
    expect(own.effectiveDegreesOfFreedom).toBeLessThan(1e-6);
  });

  it("does not mind the units of a predictor", () => {
    const moved = matrixOfColumns(ROWS, [columns[0].map((x) => 1000 * x - 7), columns[1]]);
    const scaled = harrellPenalty([{ name: "x0", columns: [moved.values.slice(0, ROWS)] }, terms[1]], ROWS);
    const [own, other] = [
      quadraticPenaltyRegression(design, outcome, times(penalty, 5)),
      quadraticPenaltyRegression(moved, outcome, times(scaled, 5)),
    ];
    expect(1000 * other.coefficients[1]).toBeCloseTo(own.coefficients[1], 9);
    expect(other.logLikelihood).toBeCloseTo(own.logLikelihood, 9);
  });

  it("treats the reference of a factor as any other level", () => {
    const group = Array.from({ length: ROWS }, (_, i) => i % 3);
    const fitWith = (levels: readonly number[]) => {
      const indicators = levels.map((level) => group.map((g) => (g === level ? 1 : 0)));
      const factor = harrellPenalty([{ name: "g", columns: indicators, isFactor: true }], ROWS);
      return quadraticPenaltyRegression(matrixOfColumns(ROWS, indicators), outcome, times(factor, 3));
    };
    const [own, other] = [fitWith([1, 2]), fitWith([0, 1])];
    expect(own.logLikelihood).toBeCloseTo(other.logLikelihood, 10);
    expect(own.coefficients[1]).toBeCloseTo(other.coefficients[2] - other.coefficients[1], 9);
  });

  it("holds back a separating column, and says so where the penalty leaves it free", () => {
    const parted = Uint8Array.from(columns[0], (x) => (x > 1 ? 1 : 0));
    const own = quadraticPenaltyRegression(design, parted, times(penalty, 1));
    expect(own.coefficients.every(Number.isFinite)).toBe(true);
    expect(() => quadraticPenaltyRegression(design, parted, times(penalty, 0))).toThrow(NumericalError);
  });

  it("refuses a constant column and a penalty of another shape", () => {
    const flat = matrixOfColumns(ROWS, [columns[0], new Float64Array(ROWS)]);
    expect(() => quadraticPenaltyRegression(flat, outcome, penalty)).toThrow(/number 2 is constant/);
    expect(() => quadraticPenaltyRegression(design, outcome, harrellPenalty([terms[0]], ROWS))).toThrow(
      InputError,
    );
  });
});
