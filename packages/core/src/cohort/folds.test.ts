import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { stratifiedFolds, stratifiedFoldsBy } from "./folds.ts";

const outcomeOf = (events: number, others: number): Uint8Array =>
  Uint8Array.from({ length: events + others }, (_, i) => (i % 3 === 0 && i / 3 < events ? 1 : 0)).map(
    (value, i, all) => {
      // Fills up to the wanted number of events from the end where the interleaving ran out of rows.
      const missing = events - all.filter((event) => event === 1).length;
      return value === 1 || i >= all.length - missing ? 1 : 0;
    },
  );

const spread = (counts: readonly number[]): number => Math.max(...counts) - Math.min(...counts);

const counts = (folds: Int32Array, k: number, belongs: (row: number) => boolean): number[] =>
  Array.from({ length: k }, (_, fold) =>
    folds.reduce((n, f, row) => n + (f === fold && belongs(row) ? 1 : 0), 0),
  );

describe("stratified folds", () => {
  it.each([
    [10, 10, 5],
    [13, 29, 5],
    [7, 91, 7],
    [98, 154, 10],
    [3, 3, 2],
  ])(
    "differ by at most one patient in each class and in total (%i events, %i others, %i folds)",
    (events, others, k) => {
      const outcome = outcomeOf(events, others);
      const folds = stratifiedFolds(outcome, k, createRandom(1));
      expect(spread(counts(folds, k, () => true))).toBeLessThanOrEqual(1);
      expect(spread(counts(folds, k, (row) => outcome[row] === 1))).toBeLessThanOrEqual(1);
      expect(spread(counts(folds, k, (row) => outcome[row] === 0))).toBeLessThanOrEqual(1);
    },
  );

  it("are the same for the same seed and differ for another", () => {
    const outcome = outcomeOf(40, 60);
    const draw = (seed: number): Int32Array => stratifiedFolds(outcome, 5, createRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("keep every stratum balanced where there are more than two", () => {
    const strata = Int32Array.from({ length: 101 }, (_, row) => (row * row) % 7);
    const folds = stratifiedFoldsBy(strata, 4, createRandom(3));
    for (const stratum of new Set(strata))
      expect(spread(counts(folds, 4, (row) => strata[row] === stratum))).toBeLessThanOrEqual(1);
    expect(spread(counts(folds, 4, () => true))).toBeLessThanOrEqual(1);
  });

  it("refuse a class smaller than the number of folds and name the counts", () => {
    expect(() => stratifiedFolds(outcomeOf(3, 20), 5, createRandom(1))).toThrow(/got 3 with and 20 without/);
    expect(() => stratifiedFolds(Uint8Array.of(0, 1, 2), 2, createRandom(1))).toThrow(/0 or 1/);
    expect(() => stratifiedFoldsBy(Int32Array.of(1, 2), 1.5, createRandom(1))).toThrow(/whole number/);
    expect(() => stratifiedFoldsBy(Int32Array.of(1, 2), 3, createRandom(1))).toThrow(/got 2/);
  });
});
