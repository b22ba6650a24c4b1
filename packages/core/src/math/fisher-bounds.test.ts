import { describe, expect, it } from "vitest";
import { fisherBounds } from "./fisher-bounds.ts";
import { fisherNetwork } from "./fisher-network.ts";
import { contingencyTable } from "./contingency-table.ts";

const logFactorial = Array.from({ length: 40 }, (_, n) =>
  Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0),
);

/** Every way to give each column its sum, with what is left of the rows. */
const fillings = ([first, ...others]: readonly number[], total: number): number[][] => {
  if (others.length === 0) return total <= first ? [[total]] : [];
  return Array.from({ length: Math.min(first, total) + 1 }, (_, count) => count).flatMap((count) =>
    fillings(others, total - count).map((rest) => [count, ...rest]),
  );
};

const weights = (rows: readonly number[], [first, ...others]: readonly number[]): number[] =>
  fillings(rows, first).flatMap((filling) => {
    const own = -filling.reduce((sum, count) => sum + logFactorial[count], 0);
    const left = rows.map((room, row) => room - filling[row]);
    return others.length === 0 ? [own] : weights(left, others).map((weight) => own + weight);
  });

describe("the bounds of Fisher's network", () => {
  it.each([
    [
      [3, 4, 5],
      [6, 2, 4],
    ],
    [
      [1, 9],
      [4, 3, 2, 1],
    ],
    [
      [0, 7, 2],
      [5, 0, 4],
    ],
    [[12], [3, 9]],
  ])("hold for every table of the margins %j and %j", (rows, columns) => {
    const { largest, smallest } = fisherBounds(rows, columns, logFactorial);
    for (const weight of weights(rows, columns)) {
      expect(weight).toBeLessThanOrEqual(largest + 1e-12);
      expect(weight).toBeGreaterThanOrEqual(smallest - 1e-12);
    }
  });

  it("let tables of a few hundred patients be summed exactly: R's fisher.test gives the same", () => {
    const stageByGrade = contingencyTable([
      [30, 45, 52, 30],
      [12, 5, 9, 7],
      [25, 31, 40, 20],
    ]);
    expect(fisherNetwork(stageByGrade)).toBeCloseTo(R_STAGE_BY_GRADE, 9);
  });
});

/** fisher.test(matrix(c(30,12,25,45,5,31,52,9,40,30,7,20), 3), workspace = 2e7) of R 4.2.2. */
const R_STAGE_BY_GRADE = 0.421851445255525;
