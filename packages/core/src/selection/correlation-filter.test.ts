import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { createRandom } from "../math/random.ts";
import { absoluteCorrelations, redundantColumns } from "./correlation-filter.ts";

const random = createRandom("correlation filter");
const base = Array.from({ length: 4 }, () => Float64Array.from({ length: 100 }, () => random.normal()));
const columns = Array.from({ length: 16 }, (_, k) =>
  Float64Array.from({ length: 100 }, (_, i) => base[k % 4][i] + 0.1 * (1 + k / 4) * random.normal()),
);

describe("the correlation filter", () => {
  it.each(["pearson", "spearman", "kendall"] as const)("leaves no pair beyond the limit (%s)", (method) => {
    const correlations = absoluteCorrelations(columns, method);
    for (const limit of [0.5, 0.9]) {
      const removed = redundantColumns(correlations, limit);
      const left = columns.map((_, k) => k).filter((k) => !removed.includes(k));
      for (const a of left)
        for (const b of left) if (a !== b) expect(correlations.values[a * 16 + b]).toBeLessThanOrEqual(limit);
      expect(left.length).toBeGreaterThanOrEqual(4);
    }
  });

  it("keeps one of equal columns, and all where nothing correlates", () => {
    const equal = absoluteCorrelations([columns[0], columns[0], columns[0]], "pearson");
    expect(redundantColumns(equal, 0.9).length).toBe(2);
    expect(redundantColumns(absoluteCorrelations(base, "pearson"), 0.9)).toEqual([]);
  });

  it("does not mind the sign of a column", () => {
    const turned = columns.map((column, k) => (k % 2 === 0 ? column : column.map((x) => -x)));
    expect(redundantColumns(absoluteCorrelations(turned, "pearson"), 0.8)).toEqual(
      redundantColumns(absoluteCorrelations(columns, "pearson"), 0.8),
    );
  });

  it("refuses a constant column", () => {
    expect(() => absoluteCorrelations([columns[0], new Float64Array(100)], "pearson")).toThrow(InputError);
  });
});
