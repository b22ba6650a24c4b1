import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import { InputError } from "../errors.ts";
import type { PredictorTable } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import { mean } from "../math/statistics.ts";
import { auc } from "../validation/roc.ts";
import { fitModel } from "./fit-model.ts";
import type { BlockSpecification, ColumnSelection, ModelSpecification } from "./model.ts";
import { predictProbability } from "./predict.ts";

const PATIENTS = 90;

/** Noise, but for as many columns as carry the outcome. */
function study(seed: number, features: number, carriers: number) {
  const random = createRandom(seed).fork("selection");
  const outcome = Uint8Array.from({ length: PATIENTS }, (_, row) => (row % 3 === 0 ? 1 : 0));
  const table: PredictorTable = {
    patients: Array.from({ length: PATIENTS }, (_, row) => patientId(`p${String(row).padStart(3, "0")}`)),
    columns: Array.from({ length: features }, (_, column) => ({
      kind: "numeric" as const,
      name: `f${String(column)}`,
      label: `f${String(column)}`,
      source: { kind: "clinical" as const, variable: `f${String(column)}` },
      unit: null,
      values: Float64Array.from(outcome, (event) => random.normal() + (column < carriers ? 2.2 * event : 0)),
    })),
  };
  return { table, outcome };
}

const mrmr: ColumnSelection = { method: "mrmr", count: 5, measure: "gaussian", scheme: "difference" };

function specification(
  features: number,
  entersAs: "features" | "score",
  selection?: ColumnSelection,
): ModelSpecification {
  const ridge = { method: "penalised", alpha: 0, folds: 3, rule: "minimum" } as const;
  const block: BlockSpecification = {
    name: "R",
    terms: Array.from({ length: features }, (_, column) => ({
      column: `f${String(column)}`,
      shape: "linear",
    })),
    filter: { maximumMissing: 0.2, maximumCorrelation: 1 },
    ...(selection === undefined ? {} : { selection }),
    entersAs: entersAs === "features" ? { kind: "features" } : { kind: "score", regression: ridge },
  };
  return { name: "M", blocks: [block], regression: ridge, innerFolds: 3 };
}

describe("a selection inside a fit", () => {
  it.each(["features", "score"] as const)(
    "of noise is no echo in the out-of-fold predictions of training patients, where the block enters as %s",
    (entersAs) => {
      const areas = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
        const training = study(seed, 150, 0);
        const random = createRandom(seed);
        const { outOfFold, model } = fitModel(specification(150, entersAs, mrmr), training, random);
        return {
          honest: auc(training.outcome, outOfFold),
          apparent: auc(training.outcome, predictProbability(model, training.table)),
        };
      });
      expect(mean(areas.map(({ honest }) => honest))).toBeLessThan(0.58);
      // The fit on its own patients shows what an echo would look like.
      if (entersAs === "features") expect(mean(areas.map(({ apparent }) => apparent))).toBeGreaterThan(0.8);
    },
  );

  it.each<[string, ColumnSelection]>([
    ["mRMR", mrmr],
    ["stability selection", { method: "stability", perHalf: 5, threshold: 0.75, pairs: 20 }],
    ["Boruta", { method: "boruta", runs: 15, trees: 60, level: 0.01 }],
  ])("finds the columns that carry the outcome by %s", (_name, selection) => {
    const training = study(3, 25, 3);
    const { model, findings } = fitModel(specification(25, "features", selection), training, createRandom(1));
    const chosen = model.inputs.map(({ name }) => name);
    expect(chosen).toEqual(expect.arrayContaining(["f0", "f1", "f2"]));
    expect(chosen.length).toBeLessThan(10);
    const [filtered] = model.training.filtered!;
    expect(filtered).toMatchObject({ candidates: 25, kept: 25, selected: chosen.length });
    expect(findings.map(({ code }) => code)).toContain("columns-selected");
  });

  it("gives the same model whatever the order of the patients", () => {
    const { table, outcome } = study(4, 25, 3);
    const order = [...outcome.keys()].reverse();
    const turned = {
      table: {
        patients: order.map((row) => table.patients[row]),
        columns: table.columns.map((column) =>
          column.kind === "numeric"
            ? { ...column, values: Float64Array.from(order, (row) => column.values[row]) }
            : column,
        ),
      },
      outcome: Uint8Array.from(order, (row) => outcome[row]),
    };
    const asked = specification(25, "score", mrmr);
    const first = fitModel(asked, { table, outcome }, createRandom(1));
    const second = fitModel(asked, turned, createRandom(1));
    expect(second.model).toEqual(first.model);
    expect(order.map((row) => first.outOfFold[row])).toEqual([...second.outOfFold]);
  });

  it("that keeps nothing says so, and everybody has the same risk", () => {
    const none: ColumnSelection = { method: "stability", perHalf: 2, threshold: 1, pairs: 30 };
    const training = study(5, 60, 0);
    const { model, findings } = fitModel(specification(60, "features", none), training, createRandom(1));
    expect(findings.map(({ code }) => code)).toContain("selection-empty");
    expect(new Set(predictProbability(model, training.table)).size).toBe(1);
  });

  it("is refused beside chained equations", () => {
    const asked = { ...specification(25, "features", mrmr) };
    const imputation = { columns: [], imputations: 5, iterations: 5, derived: {} };
    expect(() => fitModel({ ...asked, imputation }, study(1, 25, 3), createRandom(1))).toThrow(InputError);
  });
});
