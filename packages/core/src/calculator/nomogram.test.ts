import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import { InputError } from "../errors.ts";
import type { PredictorTable } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import { fitModel } from "../models/fit-model.ts";
import { linearPredictorValues } from "../models/predict.ts";
import { requireLogistic } from "../models/require-logistic.ts";
import { layoutNomogram } from "./nomogram-layout.ts";
import { nomogramPoints } from "./nomogram-points.ts";
import { nomogramOf } from "./nomogram.ts";

const PATIENTS = 400;
const random = createRandom(5);
const draw = (value: () => number) => Float64Array.from({ length: PATIENTS }, value);
const age = draw(() => Math.round(55 + 12 * random.normal()));
const size = draw(() => Math.round(5 + 30 * random.uniform()));
const levels = ["invasive ductal", "invasive lobular", "mucinous", "another type of a long name", "unknown"];
const type = Int16Array.from({ length: PATIENTS }, () => random.integer(levels.length));
const base = (name: string) => ({ name, label: name, source: { kind: "clinical", variable: name } }) as const;
const table: PredictorTable = {
  patients: Array.from({ length: PATIENTS }, (_, row) => patientId(String(row))),
  columns: [
    { ...base("age"), kind: "numeric", unit: "years", values: age },
    { ...base("size"), kind: "numeric", unit: "mm", values: size },
    { ...base("type"), kind: "categorical", levels, ordered: false, reference: 0, codes: type },
  ],
};
const outcome = Uint8Array.from({ length: PATIENTS }, (_, row) =>
  random.bernoulli(
    1 / (1 + Math.exp(1.2 - 0.06 * (size[row] - 20) + 0.006 * (age[row] - 55) ** 2 - 0.2 * type[row])),
  )
    ? 1
    : 0,
);
const { model: fitted } = fitModel(
  {
    name: "C",
    blocks: [
      {
        name: "clinical",
        terms: [
          { column: "age", shape: { knots: 4 } },
          { column: "size", shape: "linear" },
          { column: "type", shape: "linear" },
        ],
        filter: null,
        entersAs: { kind: "features" },
      },
    ],
    regression: { method: "maximum-likelihood" },
    innerFolds: 5,
  },
  { table, outcome },
  createRandom(1),
);
const model = requireLogistic(fitted);
const nomogram = nomogramOf(model);

describe("nomogramOf", () => {
  it("gives the linear predictor back from the points of a patient", () => {
    const linear = linearPredictorValues(model.predictor, table, {});
    const { scale, axes } = nomogram;
    for (let row = 0; row < PATIENTS; row++) {
      const [, sizes, types] = axes;
      const slope = (sizes.branches[0].to - sizes.branches[0].from) / (Math.max(...size) - Math.min(...size));
      const points = sizes.branches[0].from + slope * (size[row] - Math.min(...size));
      const level = types.branches[0].ticks[type[row]].points;
      const other = patientWith(age[row], size[row], 0);
      const rest = other - types.branches[0].ticks[0].points / scale.pointsPerUnit;
      expect(rest + level / scale.pointsPerUnit).toBeCloseTo(linear[row], 9);
      expect(points).toBeGreaterThan(-1e-9);
    }
  });

  it("starts every axis at 0 and ends the longest at the maximum", () => {
    const ends = nomogram.axes.map(({ branches }) => branches.flatMap(({ from, to }) => [from, to]));
    for (const end of ends) expect(Math.min(...end)).toBeCloseTo(0, 9);
    expect(Math.max(...ends.flat())).toBeCloseTo(100, 9);
  });

  it("splits a spline where it turns back, each number standing on one branch", () => {
    const { branches } = nomogram.axes[0];
    expect(branches.length).toBe(2);
    const named = branches.flatMap(({ ticks }) => ticks.map(({ text }) => Number(text)));
    expect(new Set(named).size).toBe(named.length);
    expect(named).toEqual(named.toSorted((a, b) => a - b));
    for (const { from, to, ticks } of branches)
      for (const { points } of ticks) {
        expect(points).toBeGreaterThanOrEqual(Math.min(from, to) - 1e-9);
        expect(points).toBeLessThanOrEqual(Math.max(from, to) + 1e-9);
      }
  });

  it("places risks where their linear predictor lies", () => {
    for (const { text, points } of nomogram.risks) {
      const risk = Number(text.replace("%", "")) / 100;
      const { pointsPerUnit, linearAtZero } = nomogram.scale;
      const linear = linearAtZero + points / pointsPerUnit;
      expect(1 / (1 + Math.exp(-linear))).toBeCloseTo(risk, 12);
    }
  });

  it("has nothing to draw where no predictor acts", () => {
    expect(() => nomogramPoints([{ name: "a", effects: [1, 1] }], 0)).toThrow(InputError);
    expect(() => nomogramPoints([], 0)).toThrow(InputError);
    expect(() => nomogramPoints([{ name: "a", effects: [0, Infinity] }], 0)).toThrow(/axis a/);
  });
});

describe("layoutNomogram", () => {
  const plan = { width: 700, labelWidth: 180, characterWidth: 6 };
  const layout = layoutNomogram(nomogram, plan);
  const texts = layout.lines.flatMap(({ ticks }) => ticks.filter(({ text }) => text !== ""));

  it("puts no text over another and none outside the frame", () => {
    const boxes = texts.map(({ text, textX, textY }) => ({
      left: textX - (text.length * plan.characterWidth) / 2,
      right: textX + (text.length * plan.characterWidth) / 2,
      top: textY - 10,
      bottom: textY + 2,
    }));
    boxes.forEach((a, i) => {
      expect(a.right).toBeLessThanOrEqual(plan.width);
      expect(a.top).toBeGreaterThanOrEqual(0);
      expect(a.bottom).toBeLessThanOrEqual(layout.height);
      for (const b of boxes.slice(i + 1))
        expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
    });
  });

  it("keeps the text of every level", () => {
    const line = layout.lines.find(({ label }) => label === "type")!;
    expect(line.ticks.filter(({ text }) => text !== "").length).toBe(levels.length);
  });
});

/** Linear predictor of one patient with a level of `type`. */
function patientWith(years: number, mm: number, code: number): number {
  const [first, second, third] = table.columns;
  const one = {
    patients: [patientId("x")],
    columns: [
      { ...first, values: Float64Array.of(years) },
      { ...second, values: Float64Array.of(mm) },
      { ...third, codes: Int16Array.of(code) },
    ],
  } as PredictorTable;
  return linearPredictorValues(model.predictor, one, {})[0];
}
