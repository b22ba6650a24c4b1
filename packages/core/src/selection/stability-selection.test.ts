import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { columnOf, takeRows, zeroMatrix } from "../math/matrix.ts";
import { createRandom } from "../math/random.ts";
import { expectedFalseSelections, largestPerHalf } from "./stability-bound.ts";
import { firstToEnter, stabilitySelection } from "./stability-selection.ts";

const [ROWS, COLUMNS] = [240, 120];
const random = createRandom(6);
const design = zeroMatrix(ROWS, COLUMNS);
design.values.forEach((_, index) => (design.values[index] = random.normal()));
const outcome = Uint8Array.from({ length: ROWS }, (_, row) => {
  const linear =
    1.6 * columnOf(design, 4)[row] - 1.4 * columnOf(design, 60)[row] + 1.5 * columnOf(design, 99)[row];
  return random.bernoulli(1 / (1 + Math.exp(-linear))) ? 1 : 0;
});
const options = { perHalf: 8, threshold: 0.8, pairs: 25, random: createRandom(2) };
const result = stabilitySelection(design, outcome, options);

describe("stabilitySelection", () => {
  it("finds the candidates with signal and no others", () => {
    expect([...result.selected].sort((a, b) => a - b)).toEqual([4, 60, 99]);
  });

  it("lets frequencies of a half average to no more than what a half may select", () => {
    const total = result.frequencies.reduce((sum, frequency) => sum + frequency, 0);
    expect(total).toBeLessThanOrEqual(8 + 1e-9);
    expect(total).toBeGreaterThan(4);
  });

  it("is the same for the same seed", () => {
    expect(stabilitySelection(design, outcome, { ...options, random: createRandom(2) })).toEqual(result);
  });

  it("keeps false selections of pure noise within the bound", () => {
    const setting = { perHalf: 6, threshold: 0.6, pairs: 25 };
    const studies = Array.from({ length: 8 }, (_, study) => {
      const noise = createRandom(100 + study);
      const shuffled = Uint8Array.from(noise.shuffle(Array.from(outcome)));
      return stabilitySelection(design, shuffled, { ...setting, random: noise }).selected.length;
    });
    const { unimodal } = expectedFalseSelections({ ...setting, candidates: COLUMNS });
    expect(studies.reduce((sum, count) => sum + count, 0) / studies.length).toBeLessThanOrEqual(unimodal!);
  });

  it("gives both halves their share of both outcomes", () => {
    stabilitySelection(design, outcome, { ...options, pairs: 3 }, (_, events) => {
      const share = events.reduce((sum, event) => sum + event, 0) / events.length;
      expect(share).toBeCloseTo(outcome.reduce((sum, event) => sum + event, 0) / ROWS, 1);
      return [];
    });
  });

  it("refuses a selector that takes more than it may, and a class of one", () => {
    expect(() => stabilitySelection(design, outcome, options, () => [1, 2, 3, 4, 5, 6, 7, 8, 9])).toThrow(
      /9/,
    );
    const one = Uint8Array.from(outcome, (_, row) => (row === 3 ? 1 : 0));
    expect(() => stabilitySelection(design, one, options)).toThrow(InputError);
  });
});

describe("firstToEnter", () => {
  it("selects no more than it may, and more where it may", () => {
    const half = Array.from({ length: ROWS / 2 }, (_, row) => 2 * row);
    const events = Uint8Array.from(half, (row) => outcome[row]);
    const sizes = [1, 3, 10, 30].map((most) => firstToEnter(takeRows(design, half), events, most).length);
    expect(sizes.every((size, k) => size <= [1, 3, 10, 30][k])).toBe(true);
    expect(sizes[3]).toBeGreaterThan(sizes[1]);
  });
});

describe("expectedFalseSelections", () => {
  it("grows with the selections of a half and falls with the threshold", () => {
    const at = (perHalf: number, threshold: number) =>
      expectedFalseSelections({ candidates: 500, perHalf, threshold, pairs: 50 });
    expect(at(20, 0.7).unimodal).toBeGreaterThan(at(10, 0.7).unimodal!);
    expect(at(20, 0.9).unimodal).toBeLessThan(at(20, 0.7).unimodal!);
    expect(at(20, 0.7).unimodal).toBeLessThan(at(20, 0.7).meinshausenBuehlmann);
  });

  it("is continuous where its two forms meet, up to the step of a pair", () => {
    const at = (threshold: number) =>
      expectedFalseSelections({ candidates: 500, perHalf: 20, threshold, pairs: 1e6 }).unimodal!;
    expect(at(0.75)).toBeCloseTo(at(0.75 + 1e-9), 4);
  });

  it("has no unimodal bound at a threshold that is too low for it", () => {
    const design = { candidates: 10, perHalf: 9, threshold: 0.505, pairs: 50 };
    expect(expectedFalseSelections(design).unimodal).toBeNull();
  });

  it("is within the limit at the largest number of selections, and beyond it at one more", () => {
    const base = { candidates: 1500, threshold: 0.75, pairs: 50 };
    const perHalf = largestPerHalf(base, 2);
    expect(expectedFalseSelections({ ...base, perHalf }).unimodal).toBeLessThanOrEqual(2);
    expect(expectedFalseSelections({ ...base, perHalf: perHalf + 1 }).unimodal).toBeGreaterThan(2);
  });

  it("refuses thresholds of at most a half and more selections than candidates", () => {
    const base = { candidates: 10, perHalf: 5, threshold: 0.75, pairs: 50 };
    expect(() => expectedFalseSelections({ ...base, threshold: 0.5 })).toThrow(InputError);
    expect(() => expectedFalseSelections({ ...base, perHalf: 11 })).toThrow(InputError);
  });
});
