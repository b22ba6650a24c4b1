import { describe, expect, it } from "vitest";
import type { CategoricalPredictor, NumericPredictor } from "../features/predictor-table.ts";
import { univariableScreen } from "./univariable.ts";

const base = (name: string) => ({ name, label: name, source: { kind: "clinical", variable: name } as const });
const numeric = (name: string, values: ArrayLike<number>): NumericPredictor => ({
  ...base(name),
  kind: "numeric",
  unit: null,
  values: Float64Array.from(values),
});
const factor = (name: string, codes: ArrayLike<number>, reference = 0): CategoricalPredictor => ({
  ...base(name),
  kind: "categorical",
  levels: ["a", "b", "c"],
  ordered: false,
  reference,
  codes: Int16Array.from(codes),
});
const outcome = Uint8Array.from({ length: 40 }, (_, i) => (i % 5 < 2 ? 1 : 0));
const exposed = Array.from({ length: 40 }, (_, i) => (i < 20 ? 1 : i % 2));

describe("the univariable screen", () => {
  it("gives the odds ratio of a table of two by two with Woolf's limits", () => {
    const counts = [0, 0, 0, 0];
    exposed.forEach((x, i) => counts[2 * x + outcome[i]]++);
    const [none, few, others, events] = counts;
    const { results } = univariableScreen([numeric("exposed", exposed)], outcome);
    const [own] = results[0].estimates;
    const ratio = (events * none) / (others * few);
    const error = Math.sqrt(counts.reduce((sum, count) => sum + 1 / count, 0));
    expect(own.oddsRatio).toBeCloseTo(ratio, 9);
    expect(own.upper).toBeCloseTo(ratio * Math.exp(1.959963984540054 * error), 6);
  });

  it("leaves out missing values one predictor at a time", () => {
    const gaps = exposed.map((x, i) => (i < 7 ? NaN : x));
    const { results } = univariableScreen([numeric("gaps", gaps), numeric("exposed", exposed)], outcome);
    expect(results.map(({ patients }) => patients)).toEqual([33, 40]);
  });

  it("compares the levels that occur with the reference, or with the first that occurs", () => {
    const codes = Array.from({ length: 40 }, (_, i) => (i % 7 < 4 ? 1 : 2));
    const { results } = univariableScreen([factor("grade", codes), factor("grade", codes, 2)], outcome);
    expect(results.map(({ estimates }) => estimates.map(({ level }) => level))).toEqual([["c"], ["b"]]);
    expect(results[0].pValue).toBeCloseTo(results[1].pValue!, 10);
  });

  it("gives a reason in place of an estimate, and adjusts the other p-values only", () => {
    const { results, findings } = univariableScreen(
      [
        numeric(
          "constant",
          outcome.map(() => 3),
        ),
        numeric("separating", outcome),
        numeric("exposed", exposed),
        numeric(
          "one class",
          Array.from(outcome, (y) => (y === 1 ? 1 : NaN)),
        ),
      ],
      outcome,
    );
    expect(results.map(({ reason }) => reason)).toEqual([
      "it does not vary",
      "it separates the outcomes; use Firth's regression",
      null,
      "all patients with a value have the same outcome",
    ]);
    expect(results[2].adjustedPValue).toBe(results[2].pValue);
    expect(findings[0].code).toBe("univariable-screen");
  });
});
