import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { firthAddedCovariate, firthInterceptCorrected } from "./firth-corrections.ts";
import { firthInference } from "./firth-inference.ts";
import { firthRegression } from "./firth-regression.ts";
import { columnOf, type Matrix, matrixOfColumns } from "./matrix.ts";
import { createRandom } from "./random.ts";

/** Patients whose risk depends on the first of three columns, the last a rare factor. */
function simulated(rows: number, seed: string): { design: Matrix; outcome: Uint8Array } {
  const random = createRandom(seed);
  const columns = [0, 1].map(() => Float64Array.from({ length: rows }, () => random.normal()));
  columns.push(Float64Array.from({ length: rows }, () => (random.bernoulli(0.2) ? 1 : 0)));
  const outcome = Uint8Array.from({ length: rows }, (_, i) =>
    random.bernoulli(1 / (1 + Math.exp(1 - columns[0][i]))) ? 1 : 0,
  );
  return { design: matrixOfColumns(rows, columns), outcome };
}

const { design, outcome } = simulated(80, "firth");
/** A column that parts the outcomes completely, and one that does so for some patients. */
const ordered = matrixOfColumns(12, [
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  [0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1],
]);
const parted = Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);

function meanOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

describe("Firth's regression", () => {
  it("adds half a patient to each cell of a table of two by two", () => {
    const exposed = Float64Array.from({ length: 20 }, (_, i) => (i < 8 ? 1 : 0));
    const events = Uint8Array.from({ length: 20 }, (_, i) => (i < 5 || (i >= 8 && i < 11) ? 1 : 0));
    const { coefficients } = firthRegression(matrixOfColumns(20, [exposed]), events);
    expect(coefficients[0]).toBeCloseTo(Math.log(3.5 / 9.5), 10);
    expect(coefficients[1]).toBeCloseTo(Math.log(5.5 / 3.5) - Math.log(3.5 / 9.5), 10);
  });

  it("solves the modified score equations", () => {
    const { coefficients, leverages } = firthRegression(design, outcome);
    for (let j = -1; j < design.columns; j++) {
      let score = 0;
      for (let i = 0; i < design.rows; i++) {
        let linear = coefficients[0];
        for (let k = 0; k < design.columns; k++) linear += coefficients[k + 1] * columnOf(design, k)[i];
        const p = 1 / (1 + Math.exp(-linear));
        const x = j < 0 ? 1 : columnOf(design, j)[i];
        score += x * (outcome[i] - p + leverages[i] * (0.5 - p));
      }
      expect(Math.abs(score)).toBeLessThan(1e-9);
    }
    expect(leverages.reduce((sum, share) => sum + share, 0)).toBeCloseTo(4, 10);
  });

  it("is finite with closed intervals where the outcomes are separated", () => {
    const { coefficients } = firthRegression(ordered, parted);
    expect(coefficients.every(Number.isFinite)).toBe(true);
    const [, separating] = firthInference(ordered, parted);
    expect(separating.lower).toBeGreaterThan(0);
    expect(separating.upper).toBeLessThan(1e3);
    expect(separating.pValue).toBeLessThan(0.01);
  });

  it("turns round where events and others change places", () => {
    const swapped = firthInference(
      ordered,
      parted.map((y) => 1 - y),
    );
    firthInference(ordered, parted).forEach((own, j) => {
      expect(swapped[j].lower).toBeCloseTo(-own.upper!, 6);
      expect(swapped[j].upper).toBeCloseTo(-own.lower!, 6);
      expect(swapped[j].pValue).toBeCloseTo(own.pValue!, 8);
    });
  });

  it("has limits at which the test with that value as offset gives the level", () => {
    const level = 0.9;
    const [, own] = firthInference(design, outcome, { level });
    for (const limit of [own.lower!, own.upper!]) {
      const offset = columnOf(design, 0).map((x) => limit * x);
      const [, moved] = firthInference(design, outcome, { offset });
      expect(moved.pValue).toBeCloseTo(1 - level, 6);
    }
  });

  it("counts a patient of weight 2 as two patients", () => {
    const weights = Float64Array.from({ length: 80 }, (_, i) => i % 3);
    const rows = Array.from(weights).flatMap((weight, i) => new Array<number>(weight).fill(i));
    const repeated = matrixOfColumns(
      rows.length,
      [0, 1, 2].map((j) => rows.map((row) => columnOf(design, j)[row])),
    );
    const events = rows.map((row) => outcome[row]);
    for (const fit of [firthRegression, firthInterceptCorrected, firthAddedCovariate]) {
      const weighted = fit(design, outcome, { weights }).coefficients;
      fit(repeated, events).coefficients.forEach((b, j) => expect(weighted[j]).toBeCloseTo(b, 8));
    }
  });

  it("names aliased columns and leaves them without an estimate", () => {
    const twice = matrixOfColumns(80, [columnOf(design, 0), columnOf(design, 0).map((x) => 2 * x)]);
    const fit = firthRegression(twice, outcome);
    expect(fit.aliased).toEqual([2]);
    expect(fit.coefficients[2]).toBeNaN();
    expect(firthInference(twice, outcome)[2]).toEqual({
      lower: null,
      upper: null,
      chiSquared: null,
      pValue: null,
    });
  });

  it("takes more columns than patients, and refuses outcomes of one class", () => {
    const wide = matrixOfColumns(
      3,
      [1, 2, 3, 4].map((j) => [j, j * j, 1]),
    );
    expect(firthRegression(wide, [0, 1, 1]).aliased.length).toBe(2);
    expect(() => firthRegression(design, new Uint8Array(80))).toThrow(InputError);
  });
});

describe("the corrections of Firth's intercept", () => {
  it("predict the observed share of events on average, where Firth's own risks are drawn towards one half", () => {
    const observed = meanOf(outcome);
    expect(meanOf(firthInterceptCorrected(design, outcome).fitted)).toBeCloseTo(observed, 10);
    expect(meanOf(firthAddedCovariate(design, outcome).fitted)).toBeCloseTo(observed, 10);
  });

  it("keep all coefficients but the intercept (FLIC)", () => {
    const own = firthRegression(design, outcome).coefficients;
    const { coefficients } = firthInterceptCorrected(design, outcome);
    expect(Array.from(coefficients.slice(1))).toEqual(Array.from(own.slice(1)));
  });
});
