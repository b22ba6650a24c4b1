import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import { InputError } from "../errors.ts";
import { type NumericPredictor, type PredictorTable, takePatients } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import { mean } from "../math/statistics.ts";
import { calibrateCentre } from "./calibrate-centre.ts";
import { fitModel } from "./fit-model.ts";
import { harmonise, harmoniseTraining } from "./harmonise.ts";
import type { HarmonisationSpecification, ModelSpecification } from "./model.ts";
import { predictProbability } from "./predict.ts";

const CENTRES = ["north", "south", "east"];
const FEATURES = 12;

/** Patients of centres that measure the same tumours with an offset and a gain of their own. */
function simulated(seed: number, patients: number, centreOf: (row: number) => number) {
  const random = createRandom(seed);
  const codes = Int16Array.from({ length: patients }, (_, row) => centreOf(row));
  const source = (name: string) => ({ kind: "clinical", variable: name }) as const;
  const features = Array.from({ length: FEATURES }, (_, j): NumericPredictor => {
    const name = `f${String(j)}`;
    const truth = Float64Array.from({ length: patients }, () => random.normal());
    const measured = (shake: number) =>
      truth.map(
        (value, row) => (value + shake * random.normal()) * (1 + 0.4 * codes[row]) + 1.5 * codes[row],
      );
    const perturbed = [measured(0.1), measured(0.1)];
    return {
      kind: "numeric",
      name,
      label: name,
      source: source(name),
      unit: null,
      values: measured(0),
      perturbed,
    };
  });
  const table: PredictorTable = {
    patients: Array.from({ length: patients }, (_, row) => patientId(`${String(seed)}-${String(row)}`)),
    columns: [
      ...features,
      {
        kind: "categorical",
        name: "centre",
        label: "Centre",
        source: source("centre"),
        levels: CENTRES,
        ordered: false,
        reference: 0,
        codes,
      },
    ],
  };
  const outcome = Uint8Array.from(codes, (code, row) => {
    const truth = (features[0].values[row] - 1.5 * code) / (1 + 0.4 * code);
    return random.bernoulli(1 / (1 + Math.exp(-2 * truth))) ? 1 : 0;
  });
  return { table, outcome };
}

const harmonisation: HarmonisationSpecification = {
  by: "centre",
  columns: Array.from({ length: FEATURES }, (_, j) => `f${String(j)}`),
  covariates: [],
  parametric: true,
  meanOnly: false,
  reference: null,
};
const specification: ModelSpecification = {
  name: "R",
  blocks: [
    {
      name: "radiomics",
      terms: harmonisation.columns.map((column) => ({ column, shape: "linear" })),
      filter: null,
      entersAs: { kind: "features" },
    },
  ],
  harmonisation,
  regression: { method: "penalised", alpha: 1, folds: 5, rule: "minimum" },
  innerFolds: 5,
};
const training = simulated(1, 300, (row) => row % 2);
const { model, findings } = fitModel(specification, training, createRandom(1));
const gap = (table: PredictorTable, column: number) => {
  const codes = (table.columns[FEATURES] as { codes: Int16Array }).codes;
  const { values } = table.columns[column] as NumericPredictor;
  const of = (code: number) => mean(values.filter((_, row) => codes[row] === code));
  return Math.abs(of(1) - of(0));
};

describe("harmonisation inside a fit", () => {
  it("brings centres together and says so", () => {
    const { table } = harmoniseTraining(harmonisation, training.table);
    for (let j = 0; j < FEATURES; j++) expect(gap(table, j)).toBeLessThan(0.3 * gap(training.table, j));
    expect(findings.find(({ code }) => code === "harmonised")?.message).toMatch(
      /12 of 12 features over 2 centres/,
    );
  });

  it("moves the versions from perturbed images with the image", () => {
    const { table } = harmoniseTraining(harmonisation, training.table);
    const { values, perturbed } = table.columns[3] as NumericPredictor;
    const distance = mean(values.map((value, row) => Math.abs(value - perturbed![0][row])));
    expect(distance).toBeLessThan(0.2);
  });

  it("asks new patients for their centre, and predicts each from their own row", () => {
    const fresh = simulated(2, 50, (row) => row % 2);
    const all = predictProbability(model, fresh.table);
    const alone = predictProbability(model, takePatients(fresh.table, [7]));
    expect(alone[0]).toBe(all[7]);
    expect(model.inputs.map(({ name }) => name)).toContain("centre");
    const without = { ...fresh.table, columns: fresh.table.columns.slice(0, FEATURES) };
    expect(() => predictProbability(model, without)).toThrow(/centre/);
  });

  it("keeps the harmonisation of the model's own inputs only, and survives JSON", () => {
    const names = model.inputs.map(({ name }) => name).filter((name) => name !== "centre");
    expect([...model.harmonisation!.combat.features].sort()).toEqual([...names].sort());
    const copy = JSON.parse(JSON.stringify(model)) as typeof model;
    const fresh = simulated(3, 20, (row) => row % 2).table;
    expect(predictProbability(copy, fresh)).toEqual(predictProbability(model, fresh));
  });

  it("looks at no outcome", () => {
    const other = { table: training.table, outcome: training.outcome.map((event) => 1 - event) };
    const { model: second } = fitModel(specification, other, createRandom(1));
    const shared = model.harmonisation!.combat.features.filter((name) =>
      second.harmonisation!.combat.features.includes(name),
    );
    expect(shared.length).toBeGreaterThan(0);
    const meanOf = (one: typeof model, name: string) =>
      one.harmonisation!.combat.means[one.harmonisation!.combat.features.indexOf(name)];
    for (const name of shared) expect(meanOf(second, name)).toBe(meanOf(model, name));
  });

  it("refuses a centre that it has not learned, by name, and a patient without one", () => {
    const unseen = simulated(4, 10, () => 2).table;
    expect(() => predictProbability(model, unseen)).toThrow(/"east", which it has not learned/);
    const nowhere = simulated(4, 10, () => -1).table;
    expect(() => predictProbability(model, nowhere)).toThrow(/missing for 10 of 10/);
  });

  it("leaves a table as it is without a specification", () => {
    expect(harmoniseTraining(undefined, training.table).table).toBe(training.table);
    expect(harmonise(undefined, training.table)).toBe(training.table);
  });
});

describe("calibrateCentre", () => {
  const sample = simulated(5, 60, () => 2).table;
  const calibrated = calibrateCentre(model, sample);

  it("lets the model predict for the new centre, and predicts the same for the known ones", () => {
    const known = simulated(6, 40, (row) => row % 2).table;
    expect(predictProbability(calibrated, known)).toEqual(predictProbability(model, known));
    const fresh = simulated(7, 400, () => 2);
    const risks = predictProbability(calibrated, fresh.table);
    const events = mean(Float64Array.from(fresh.outcome));
    expect(Math.abs(mean(risks) - events)).toBeLessThan(0.1);
  });

  it("needs a model with harmonisation and a sample of one centre", () => {
    const plain = fitModel(
      { name: "R", blocks: specification.blocks, regression: specification.regression, innerFolds: 5 },
      training,
      createRandom(1),
    ).model;
    expect(() => calibrateCentre(plain, sample)).toThrow(InputError);
    expect(() => calibrateCentre(model, simulated(8, 20, (row) => row % 3).table)).toThrow(/one centre/);
    expect(() => calibrateCentre(model, simulated(8, 20, () => 0).table)).toThrow(/"north" already/);
  });
});
