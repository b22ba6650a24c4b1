import { describe, expect, it } from "vitest";
import { createRandom } from "../../math/random.ts";
import { mean, sampleVariance } from "../../math/statistics.ts";
import { cellOf, cellScores, LEAST_COUNT, referenceCells } from "./reference-cells.ts";

const random = createRandom("reference-cells");
const values = Float64Array.from({ length: 437 }, () => Math.round(200 * random.normal()) / 40);

describe("referenceCells", () => {
  it("holds every value once, in cells that hide a patient", () => {
    const cells = referenceCells(values);
    const counts = cells.counts.map(() => 0);
    for (const value of values) counts[cellOf(cells, value)]++;
    expect(counts).toEqual(cells.counts);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(LEAST_COUNT);
    expect(counts.length).toBeLessThanOrEqual(20);
  });

  it("leaves missing values out and is one cell where values hardly differ", () => {
    expect(referenceCells([NaN, ...values, NaN])).toEqual(referenceCells(values));
    expect(referenceCells(Float64Array.from({ length: 200 }, (_, i) => (i < 9 ? 1 : 0)))).toEqual({
      upTo: [],
      counts: [200],
    });
  });

  it("does not tell an extreme value", () => {
    const extreme = Float64Array.from(values, (value, row) => (row === 3 ? 1e9 : value));
    expect(Math.max(...referenceCells(extreme).upTo)).toBeLessThan(20);
  });
});

describe("cellScores", () => {
  it("have mean 0 and variance 1 over the reference", () => {
    const cells = referenceCells(values);
    const scores = cellScores(cells);
    const own = values.map((value) => scores[cellOf(cells, value)]);
    expect(mean(own)).toBeCloseTo(0, 12);
    expect((sampleVariance(own) * (own.length - 1)) / own.length).toBeCloseTo(1, 12);
    expect(cellScores({ upTo: [], counts: [30] })).toEqual(Float64Array.of(0));
  });
});
