import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { columnOf, type Matrix, takeRows, zeroMatrix } from "../math/matrix.ts";
import { createRandom } from "../math/random.ts";
import { mean, sampleStandardDeviation } from "../math/statistics.ts";
import { applyCombat, fitCombat } from "./combat.ts";
import { calibrateCombat } from "./combat-calibrate.ts";
import type { CombatData, CombatOptions } from "./combat-model.ts";

const ROWS = 240;
const FEATURES = 30;
const options: CombatOptions = { parametric: true, meanOnly: false, reference: null, stopping: "converged" };
const names = { features: Array.from({ length: FEATURES }, (_, j) => `f${j}`), covariates: [] };
const effects = { A: [0, 1], B: [2, 2], C: [-1, 0.5] } as Record<string, readonly [number, number]>;

/** Features with the same shift and scale in a batch, around different means. */
function simulated(seed: number, batchOf: (row: number) => string, rows = ROWS): CombatData {
  const random = createRandom(seed);
  const values = zeroMatrix(rows, FEATURES);
  const batches = Array.from({ length: rows }, (_, row) => batchOf(row));
  for (let j = 0; j < FEATURES; j++)
    batches.forEach((batch, row) => {
      const [shift, scale] = effects[batch];
      columnOf(values, j)[row] = 10 * j + (1 + j) * (shift + scale * random.normal());
    });
  return { values, batches, covariates: null };
}

const data = simulated(1, (row) => "ABC"[row % 3]);
const model = fitCombat(data, options, names);

function ofBatch(matrix: Matrix, column: number, name: string, batches = data.batches): Float64Array {
  return columnOf(matrix, column).filter((_, row) => batches[row] === name);
}

describe("fitCombat", () => {
  it("brings means and spreads of the batches together where all features share the effect", () => {
    const harmonised = applyCombat(model, data);
    for (let j = 0; j < FEATURES; j++) {
      const spread = sampleStandardDeviation(columnOf(data.values, j));
      const means = ["A", "B", "C"].map((name) => mean(ofBatch(harmonised, j, name)));
      expect(Math.max(...means) - Math.min(...means)).toBeLessThan(0.35 * spread);
      const spreads = ["A", "B", "C"].map((name) => sampleStandardDeviation(ofBatch(harmonised, j, name)));
      expect(Math.max(...spreads) / Math.min(...spreads)).toBeLessThan(1.5);
    }
  });

  it("does not depend on the order of the rows", () => {
    const order = createRandom(2).shuffle(Array.from({ length: ROWS }, (_, row) => row));
    const shuffled = {
      values: takeRows(data.values, order),
      batches: order.map((row) => data.batches[row]),
      covariates: null,
    };
    const other = fitCombat(shuffled, options, names);
    expect(other.batches["B"].shift.map((value, j) => value - model.batches["B"].shift[j])).toEqual(
      names.features.map(() => expect.closeTo(0, 10) as number),
    );
  });

  it("survives a round trip through JSON", () => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  it("leaves what does not vary in a batch as it is, and says why", () => {
    const values = { ...data.values, values: Float64Array.from(data.values.values) };
    columnOf(values, 3).fill(3.25);
    columnOf(values, 5).forEach((_, row) => {
      if (data.batches[row] === "B") columnOf(values, 5)[row] = NaN;
    });
    const fitted = fitCombat({ ...data, values }, options, names);
    expect(fitted.unadjusted).toEqual([
      { feature: "f3", reason: "constant-in-batch" },
      { feature: "f5", reason: "too-few-in-batch" },
    ]);
    const harmonised = applyCombat(fitted, { ...data, values });
    expect(columnOf(harmonised, 3)).toEqual(columnOf(values, 3));
    expect(columnOf(harmonised, 5)).toEqual(columnOf(values, 5));
  });

  it("harmonises the mean only where a batch has a single row", () => {
    const single = { ...data, batches: data.batches.map((name, row) => (row === 0 ? "single" : name)) };
    const fitted = fitCombat(single, options, names);
    expect(fitted.options.meanOnly).toBe(true);
    expect(new Set(fitted.batches["single"].scale)).toEqual(new Set([1]));
  });

  it("keeps the rows of a reference batch to the bit", () => {
    const harmonised = applyCombat(fitCombat(data, { ...options, reference: "B" }, names), data);
    for (let j = 0; j < FEATURES; j++)
      expect(ofBatch(harmonised, j, "B")).toEqual(ofBatch(data.values, j, "B"));
  });

  it("keeps what a covariate explains, however unevenly the batches hold it", () => {
    const random = createRandom(4);
    const carrier = Float64Array.from(data.batches, (name) =>
      random.bernoulli(name === "A" ? 0.2 : 0.8) ? 1 : 0,
    );
    const values = { ...data.values, values: Float64Array.from(data.values.values) };
    for (let j = 0; j < FEATURES; j++)
      columnOf(values, j).forEach(
        (value, row) => (columnOf(values, j)[row] = value + 5 * (1 + j) * carrier[row]),
      );
    const covariates = { rows: ROWS, columns: 1, values: carrier };
    const own = { values, batches: data.batches, covariates };
    const harmonised = applyCombat(fitCombat(own, options, { ...names, covariates: ["carrier"] }), own);
    for (let j = 0; j < FEATURES; j++) {
      const column = columnOf(harmonised, j);
      const gap =
        mean(column.filter((_, row) => carrier[row] === 1)) -
        mean(column.filter((_, row) => carrier[row] === 0));
      expect(gap / (1 + j)).toBeCloseTo(5, 0);
    }
  });

  it("refuses a covariate that the batches determine", () => {
    const covariates = {
      rows: ROWS,
      columns: 1,
      values: Float64Array.from(data.batches, (name) => (name === "A" ? 1 : 0)),
    };
    expect(() => fitCombat({ ...data, covariates }, options, { ...names, covariates: ["site"] })).toThrow(
      /site is determined by the batches/,
    );
  });

  it("needs two batches, a known reference and two features", () => {
    const one = { ...data, batches: data.batches.map(() => "A") };
    expect(() => fitCombat(one, options, names)).toThrow(InputError);
    expect(() => fitCombat(data, { ...options, reference: "D" }, names)).toThrow(/"D"/);
    const narrow = { rows: ROWS, columns: 1, values: data.values.values.slice(0, ROWS) };
    expect(() =>
      fitCombat({ ...data, values: narrow }, options, { features: ["f0"], covariates: [] }),
    ).toThrow(InputError);
  });

  it("finds non-parametric effects also where a batch is so large that every likelihood vanishes", () => {
    const large = simulated(5, (row) => "AB"[row % 2], 4000);
    const fitted = fitCombat(large, { ...options, parametric: false }, names);
    for (const { shift, scale } of Object.values(fitted.batches))
      expect([...shift, ...scale].every(Number.isFinite)).toBe(true);
  });

  it("gives the prior's own value where all features are the same in all batches", () => {
    const same = {
      ...data,
      values: {
        ...data.values,
        values: Float64Array.from(data.values.values, (_, i) => data.values.values[i % ROWS]),
      },
    };
    const fitted = fitCombat(same, options, names);
    expect(fitted.batches["A"].scale.every(Number.isFinite)).toBe(true);
  });
});

describe("applyCombat", () => {
  it("gives a row the same values alone and among others", () => {
    const all = applyCombat(model, data);
    const alone = applyCombat(model, {
      values: takeRows(data.values, [7]),
      batches: [data.batches[7]],
      covariates: null,
    });
    expect(Array.from(alone.values)).toEqual(names.features.map((_, j) => columnOf(all, j)[7]));
  });

  it("refuses a batch that it has not learned, by its name", () => {
    const fresh = { ...data, batches: data.batches.map(() => "toString") };
    expect(() => applyCombat(model, fresh)).toThrow(/"toString", which it has not learned/);
  });

  it("leaves its input as it was", () => {
    const before = Float64Array.from(data.values.values);
    applyCombat(model, data);
    expect(data.values.values).toEqual(before);
  });
});

describe("calibrateCombat", () => {
  const known = fitCombat(
    simulated(1, (row) => "AB"[row % 2]),
    options,
    names,
  );
  const sample = { batch: "C", values: simulated(7, () => "C", 40).values, covariates: null };

  it("learns a new batch and leaves everything else as it was", () => {
    const calibrated = calibrateCombat(known, sample);
    const { C: added, ...rest } = calibrated.batches;
    expect({ ...calibrated, batches: rest }).toEqual(known);
    expect(added.scale.every((value) => value > 0)).toBe(true);
  });

  it("brings new rows of that batch to the others", () => {
    const calibrated = calibrateCombat(known, sample);
    const fresh = simulated(8, () => "C", 400);
    const harmonised = applyCombat(calibrated, fresh);
    for (let j = 0; j < FEATURES; j++) {
      const distance = mean(columnOf(harmonised, j)) - known.means[j];
      expect(Math.abs(distance) / known.deviations[j]).toBeLessThan(0.4);
    }
  });

  it("estimates the same effect for a sample that was a batch of the training rows", () => {
    const own = takeRows(
      data.values,
      data.batches.flatMap((name, row) => (name === "C" ? [row] : [])),
    );
    const { C: learned, ...others } = model.batches;
    const calibrated = calibrateCombat(
      { ...model, batches: others },
      { batch: "C", values: own, covariates: null },
    );
    calibrated.batches["C"].shift.forEach((shift, j) => expect(shift).toBeCloseTo(learned.shift[j], 9));
    calibrated.batches["C"].scale.forEach((scale, j) => expect(scale).toBeCloseTo(learned.scale[j], 9));
  });

  it("refuses a known batch and a sample that is too small", () => {
    expect(() => calibrateCombat(known, { ...sample, batch: "A" })).toThrow(/knows batch "A" already/);
    const tiny = { ...sample, values: takeRows(sample.values, [0]) };
    expect(() => calibrateCombat(known, tiny)).toThrow(/different values/);
  });
});
