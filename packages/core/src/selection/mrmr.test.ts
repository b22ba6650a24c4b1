import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { columnOf, matrixOfColumns } from "../math/matrix.ts";
import { createRandom } from "../math/random.ts";
import { type MrmrOptions, selectMrmr } from "./mrmr.ts";

const ROWS = 300;
const random = createRandom(3);
const outcome = Float64Array.from({ length: ROWS }, () => (random.bernoulli(0.4) ? 1 : 0));
const noisy = (effect: number) => outcome.map((y) => effect * y + random.normal());
const strong = noisy(2);
const echo = strong.map((value) => value + 0.01 * random.normal());
const other = noisy(1);
const noise = noisy(0);
const features = matrixOfColumns(ROWS, [noise, echo, strong, other]);
const binned = { ...features, values: features.values.map((value) => Math.round(value)) };

const all = (["discrete", "gaussian", "f-correlation"] as const).flatMap((measure) =>
  (["difference", "quotient"] as const).map((scheme) => ({ measure, scheme, count: 4 })),
);
const valuesFor = ({ measure }: MrmrOptions) => (measure === "discrete" ? binned : features);

describe.each(all)("selectMrmr by $measure, $scheme", (options) => {
  const { order, scores, relevance } = selectMrmr(valuesFor(options), outcome, options);

  it("starts with the most relevant feature", () => {
    expect(relevance[order[0]]).toBe(Math.max(...relevance));
    expect(scores[0]).toBe(relevance[order[0]]);
  });

  it("does not take an echo of the first before another informative feature", () => {
    expect([1, 2]).toContain(order[0]);
    // The difference of an F in the tens and a correlation of at most 1 hardly knows redundancy.
    if (!(options.measure === "f-correlation" && options.scheme === "difference"))
      expect(order.indexOf(3)).toBeLessThan(Math.max(order.indexOf(1), order.indexOf(2)));
  });

  it("selects the same features when rows are in another order", () => {
    const rows = createRandom(1).shuffle(Array.from({ length: ROWS }, (_, row) => row));
    const table = valuesFor(options);
    const shuffled = matrixOfColumns(
      ROWS,
      [0, 1, 2, 3].map((j) => rows.map((row) => columnOf(table, j)[row])),
    );
    expect(
      selectMrmr(
        shuffled,
        rows.map((row) => outcome[row]),
        options,
      ).order,
    ).toEqual(order);
  });

  it("selects no more than asked for", () => {
    const fewer = selectMrmr(valuesFor(options), outcome, { ...options, count: 2 });
    expect(fewer.order).toEqual(order.slice(0, 2));
  });
});

describe("selectMrmr", () => {
  const gaussian = { measure: "gaussian", scheme: "difference", count: 3 } as const;

  it("never selects a constant column by correlation", () => {
    const table = matrixOfColumns(ROWS, [new Float64Array(ROWS).fill(4), strong, other]);
    expect(selectMrmr(table, outcome, gaussian).order).toEqual([1, 2]);
  });

  it("takes an exact copy last", () => {
    const table = matrixOfColumns(ROWS, [strong, strong.map((value) => -3 * value), noise]);
    expect(selectMrmr(table, outcome, gaussian).order).toEqual([0, 2, 1]);
  });

  it("finds no information between a variable and a constant, and the entropy between equal ones", () => {
    const codes = [1, 1, 2, 2];
    const table = matrixOfColumns(4, [[7, 7, 7, 7], codes]);
    const { relevance } = selectMrmr(table, codes, { measure: "discrete", scheme: "difference", count: 1 });
    expect(relevance[0]).toBe(0);
    expect(relevance[1]).toBeCloseTo(Math.LN2, 15);
  });

  it("refuses missing values, measurements as codes and a count of 0", () => {
    const missing = matrixOfColumns(2, [[1, NaN]]);
    expect(() => selectMrmr(missing, [0, 1], gaussian)).toThrow(/missing/);
    expect(() => selectMrmr(features, outcome, { ...gaussian, measure: "discrete" })).toThrow(/bin it first/);
    expect(() => selectMrmr(features, outcome, { ...gaussian, count: 0 })).toThrow(InputError);
  });
});
