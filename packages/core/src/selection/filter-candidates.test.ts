import { describe, expect, it } from "vitest";
import type { NumericPredictor } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import { spearman } from "../math/statistics.ts";
import { filterCandidates } from "./filter-candidates.ts";

function candidate(name: string, values: readonly number[]): NumericPredictor {
  const source = { kind: "clinical", variable: name } as const;
  return { kind: "numeric", name, label: name, source, unit: null, values: Float64Array.from(values) };
}

const random = createRandom(4);
const draw = (patients: number) => Array.from({ length: patients }, () => random.normal());
const limits = { maximumMissing: 0.2, maximumCorrelation: 0.9 };
const base = draw(50);
const noisy = Array.from({ length: 30 }, (_, index) => {
  const own = draw(50);
  return candidate(
    `c${index}`,
    own.map((value, row) => base[row] + 0.12 * (1 + index) * value),
  );
});

describe("filterCandidates", () => {
  it("keeps no two candidates that say the same", () => {
    const { kept, redundant } = filterCandidates(noisy, limits);
    expect(kept.length + redundant).toBe(noisy.length);
    expect(redundant).toBeGreaterThan(0);
    const values = kept.map((name) => noisy.find((one) => one.name === name)!.values);
    values.forEach((first, index) =>
      values
        .slice(index + 1)
        .forEach((second) => expect(Math.abs(spearman(first, second))).toBeLessThanOrEqual(0.9 + 1e-12)),
    );
  });

  it("prefers the earlier of two, also where the later is its mirror image or a bent copy", () => {
    const copies = [
      candidate("first", base),
      candidate(
        "mirrored",
        base.map((value) => -value),
      ),
      candidate(
        "bent",
        base.map((value) => value * value * value),
      ),
    ];
    expect(filterCandidates(copies, limits)).toEqual({
      kept: ["first"],
      missing: 0,
      constant: 0,
      unstable: 0,
      redundant: 2,
    });
    expect(filterCandidates([...copies].reverse(), limits).kept).toEqual(["bent"]);
  });

  it("looks at ranks only: a rising function of a candidate changes nothing", () => {
    const bent = noisy.map((one) => ({ ...one, values: one.values.map((value) => Math.exp(3 * value)) }));
    expect(filterCandidates(bent, limits)).toEqual(filterCandidates(noisy, limits));
  });

  it("calls nothing redundant where the limit is 1", () => {
    for (let patients = 5; patients < 60; patients++) {
      const values = draw(patients);
      const copies = [candidate("first", values), candidate("copy", values)];
      expect(filterCandidates(copies, { ...limits, maximumCorrelation: 1 }).kept).toEqual(["first", "copy"]);
    }
  });

  it("leaves out what is missing in a larger share than allowed, and keeps what is missing in just that share", () => {
    const values = draw(10);
    const gaps = (count: number) => values.map((value, row) => (row < count ? NaN : value));
    const candidates = [candidate("two", gaps(2)), candidate("three", gaps(3)), candidate("all", gaps(10))];
    expect(filterCandidates(candidates, limits)).toEqual({
      kept: ["two"],
      missing: 2,
      constant: 0,
      unstable: 0,
      redundant: 0,
    });
  });

  it("leaves out what is the same for everybody who has a value", () => {
    const candidates = [
      candidate("constant", [3, 3, NaN, 3, 3, 3, 3, 3, 3, 3]),
      candidate("varied", draw(10)),
    ];
    expect(filterCandidates(candidates, limits)).toEqual({
      kept: ["varied"],
      missing: 0,
      constant: 1,
      unstable: 0,
      redundant: 0,
    });
  });

  it("leaves its input as it was", () => {
    const before = structuredClone(noisy);
    filterCandidates(noisy, limits);
    expect(noisy).toEqual(before);
  });
});
