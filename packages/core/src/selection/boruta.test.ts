import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { columnOf, type Matrix, zeroMatrix } from "../math/matrix.ts";
import { createRandom } from "../math/random.ts";
import { boruta, type ImportanceMeasure } from "./boruta.ts";

const [ROWS, COLUMNS] = [160, 10];
const random = createRandom(14);
const design = zeroMatrix(ROWS, COLUMNS);
design.values.forEach((_, index) => (design.values[index] = random.normal()));
// Column 1 is an echo of column 0.
columnOf(design, 1).set(columnOf(design, 0).map((value) => value + 0.3 * random.normal()));
const outcome = Uint8Array.from({ length: ROWS }, (_, row) => {
  const linear = 2.5 * columnOf(design, 0)[row] + 2 * columnOf(design, 5)[row] * columnOf(design, 5)[row] - 2;
  return random.bernoulli(1 / (1 + Math.exp(-linear))) ? 1 : 0;
});

/** Absolute correlation with the outcome. */
const correlation: ImportanceMeasure = (matrix: Matrix, events) =>
  Float64Array.from({ length: matrix.columns }, (_, column) => {
    let [cross, square, count] = [0, 0, 0];
    const share = events.reduce((sum, event) => sum + event, 0) / events.length;
    columnOf(matrix, column).forEach((value, row) => {
      cross += value * (events[row] - share);
      square += value * value;
      count += 1;
    });
    return Math.abs(cross) / Math.sqrt(square * count);
  });

describe("boruta", () => {
  it("confirms what a forest can use, echoes and bent effects included, and rejects noise", () => {
    const { decisions, runs } = boruta(design, outcome, { trees: 60, runs: 40, random: createRandom(1) });
    for (const column of [0, 1, 5]) expect(decisions[column]).toBe("confirmed");
    const noise = decisions.filter((_, column) => ![0, 1, 5].includes(column));
    expect(noise).not.toContain("confirmed");
    expect(noise.filter((decision) => decision === "rejected").length).toBeGreaterThan(4);
    expect(runs).toBeLessThanOrEqual(40);
  });

  it("is the same for the same seed", () => {
    const run = () => boruta(design, outcome, { runs: 30, random: createRandom(3) }, correlation);
    expect(run()).toEqual(run());
  });

  it("stops once every candidate is decided", () => {
    const { runs, decisions } = boruta(design, outcome, { runs: 500, random: createRandom(3) }, correlation);
    expect(runs < 500 || decisions.includes("tentative")).toBe(true);
  });

  it("leaves everything tentative while the runs are too few for any test", () => {
    const { decisions } = boruta(design, outcome, { runs: 5, random: createRandom(3) }, correlation);
    expect(new Set(decisions)).toEqual(new Set(["tentative"]));
  });

  it("shuffles shadows within columns and gives at least five", () => {
    const one = { rows: ROWS, columns: 1, values: columnOf(design, 0) };
    boruta(one, outcome, { runs: 1, random: createRandom(2) }, (extended) => {
      expect(extended.columns).toBe(6);
      const sorted = (column: number) => columnOf(extended, column).toSorted();
      expect(sorted(3)).toEqual(sorted(0));
      return new Float64Array(6);
    });
  });

  it("needs a candidate and a run", () => {
    expect(() => boruta(zeroMatrix(ROWS, 0), outcome, { random })).toThrow(InputError);
    expect(() => boruta(design, outcome, { runs: 0, random })).toThrow(InputError);
  });
});
