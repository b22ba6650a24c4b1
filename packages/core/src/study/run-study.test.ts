import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { mean } from "../math/statistics.ts";
import { featureColumns } from "../radiomics/feature-columns.ts";
import type { Evaluation } from "../validation/evaluation.ts";
import { type FitTask, runFitTask } from "./fit-task.ts";
import type { Machine } from "./machine.ts";
import { readProtocol } from "./read-protocol.ts";
import { studyResults } from "./results.ts";
import type { StudyInput } from "./prepare-study.ts";
import { runStudy } from "./run-study.ts";
import { memoryVault } from "./vault.ts";

const PATIENTS = 120;
const headers = ["id", "age", "size", "grade", "set", "image", "mask", "event"];

/** Age and size mean something, grade a little, images nothing; two of the first 80 have no size. */
function rowsOf(seed: number): string[][] {
  const random = createRandom(seed).fork("table");
  return Array.from({ length: PATIENTS }, (_, row) => {
    const [age, size] = [random.normal(), random.normal()];
    const grade = 1 + random.integer(3);
    const event = 0.9 * age + 0.9 * size + 0.4 * (grade - 2) + random.normal() > 0.2 ? "1" : "0";
    const set = row < 80 ? "development" : row < 110 ? "test" : "later";
    return [
      `case${row}`,
      (55 + 9 * age).toFixed(1),
      row === 3 || row === 40 ? "" : (20 + 5 * size).toFixed(1),
      String(grade),
      set,
      `${row}.png`,
      `${row}_mask.png`,
      event,
    ];
  });
}

const protocolText = `schema: sentinode/study@1
name: a small study
seed: 7
cohort: { table: t.csv, id: id }
outcome: { variable: event, positive: 1, negative: 0, label: event }
variables:
  age: { type: numeric, unit: years }
  size: { type: numeric, unit: mm }
  grade: { type: ordinal, levels: [1, 2, 3] }
  set: { type: categorical, levels: [development, test, later], known: never, role: split }
images: { image: "{image}", mask: "{mask}", spacing: { mm: 0.1 } }
radiomics: { families: [firstOrder] }
blocks:
  C: [age, { column: size, spline: 3 }, grade]
  R: { radiomics: all, entersAs: score, scoreRegression: { method: ridge, folds: 5 } }
models: { C: { blocks: [C], regression: { method: maximum-likelihood } }, CR: [C, R] }
regression: { method: ridge, folds: 5 }
split: { method: column, column: set, development: development, test: test, prospective: later }
validation: { folds: 4, repeats: 2 }
subgroups: [{ variable: age, cuts: [55] }, { variable: grade }]
thresholds: { rules: [fnr<=0.10, youden, "p>=0.10"], decisionCurve: { from: 0.1, to: 0.3, step: 0.1 } }
`;

function input(rows: readonly (readonly string[])[], text = protocolText): StudyInput {
  const rowNumbers = rows.map((_, row) => row + 2);
  return {
    protocol: readProtocol(text, "study.yaml"),
    table: { file: "t.csv", headers, rows, rowNumbers, decimal: ".", findings: [] },
    software: "test",
  };
}

/** Runs one fit after the other in `order`, and measures noise that depends on the name of the image alone. */
function serialMachine(seen: FitTask[] = [], backwards = false): Machine {
  return {
    extract: async (images, plan) =>
      Promise.resolve(
        images.map(({ image }) => {
          const random = createRandom(image);
          const values = featureColumns(plan.settings).map(() => random.normal());
          return { values, undefinedBecause: [], findings: [] };
        }),
      ),
    vault: memoryVault(),
    today: "2015-12-31",
    fit: async (data, tasks) => {
      seen.push(...tasks);
      const work = backwards ? [...tasks].reverse() : tasks;
      const results = work.map((task) => runFitTask(data, task));
      return Promise.resolve(backwards ? results.reverse() : results);
    },
  };
}

const seen: FitTask[] = [];
const rows = rowsOf(1);
const run = await runStudy(input(rows), serialMachine(seen));
const results = studyResults(run);
const isSubgroup = ({ dataset }: Evaluation) => dataset.startsWith("subgroup:");
const whole = results.evaluations.filter((one) => !isSubgroup(one));

const estimate = {
  value: expect.any(Number),
  lower: expect.any(Number),
  upper: expect.any(Number),
  method: expect.any(String),
};
const valueOnly = { value: expect.any(Number) };
const interval = {
  value: expect.any(Number),
  lower: expect.any(Number),
  upper: expect.any(Number),
};

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe("the results of a study", () => {
  it("judge every model on every set, apart from and beside the subgroups", () => {
    const subjects = whole.map(({ model, dataset, method }) => `${model} ${dataset} ${method}`);
    const sets = [
      "development apparent",
      "development cross-validation",
      "test held-out",
      "prospective held-out",
    ];
    expect(subjects.sort()).toEqual(
      ["C", "CR"].flatMap((model) => sets.map((set) => `${model} ${set}`)).sort(),
    );
    const names = results.evaluations.filter(isSubgroup).map(({ dataset }) => dataset);
    for (const set of ["development", "test", "prospective"])
      for (const level of ["age=<55", "age=>=55", "grade=1", "grade=2", "grade=3"])
        expect(names).toContain(`subgroup:${level}@${set}`);
  });

  it("have the shape that other programs read", () => {
    expect(results).toMatchObject({
      schema: "sentinode/results@1",
      study: {
        name: "a small study",
        seed: 7,
        software: "test",
        protocolHash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      },
      cohort: { patients: PATIENTS, events: expect.any(Number), excluded: [] },
    });
    for (const evaluation of whole.filter(({ dataset }) => dataset !== "prospective")) {
      expect(evaluation).toMatchObject({
        patients: evaluation.dataset === "test" ? 30 : 80,
        events: expect.any(Number),
        auc: estimate,
        brier: valueOnly,
        scaledBrier: valueOnly,
        calibration: { intercept: estimate, slope: estimate, ici: valueOnly, curve: expect.any(Array) },
      });
      expect(evaluation.calibration.curve[0]).toEqual({
        predicted: expect.any(Number),
        observed: expect.any(Number),
        lower: expect.any(Number),
        upper: expect.any(Number),
      });
      expect(evaluation.decisionCurve.map(({ threshold }) => threshold)).toEqual([0.1, 0.2, 0.3]);
      for (const point of evaluation.decisionCurve)
        expect(point).toMatchObject({
          netBenefit: expect.any(Number),
          treatAll: expect.any(Number),
          avoidedPer100: expect.any(Number),
        });
      expect(evaluation.thresholds.map(({ name }) => name)).toEqual(["fnr<=0.10", "youden", "p>=0.10"]);
      for (const threshold of evaluation.thresholds)
        expect(threshold).toMatchObject({
          threshold: expect.any(Number),
          sensitivity: interval,
          specificity: interval,
          falseNegativeRate: interval,
          sparedPer100: expect.any(Number),
        });
    }
    expect(results.comparisons.map(({ first, second, dataset }) => [first, second, dataset])).toEqual([
      ["C", "CR", "development"],
      ["C", "CR", "test"],
      ["C", "CR", "prospective"],
    ]);
  });

  it("are plain JSON without a number that is none; a value that does not exist is null and a finding says why", () => {
    expect(JSON.parse(JSON.stringify(results))).toEqual(results);
    for (const value of numbersIn(results)) expect(Number.isFinite(value)).toBe(true);
    for (const { auc, dataset } of results.evaluations)
      if (auc.value === null)
        expect(results.findings.some(({ message }) => message.includes(dataset))).toBe(true);
  });

  it("take the cross-validated AUC from all repeats and say so", () => {
    const { auc } = whole.find(({ method }) => method === "cross-validation")!;
    expect(auc.method).toMatch(/repeats/);
  });

  it("find what was put into the table, and do not find the noise", () => {
    const [aucC, aucCR] = ["C", "CR"].map(
      (name) =>
        whole.find(({ model, method }) => model === name && method === "cross-validation")!.auc.value!,
    );
    expect(aucC).toBeGreaterThan(0.75);
    expect(aucCR).toBeLessThan(aucC + 0.05);
  });

  it("name no patient", () => {
    expect(JSON.stringify(results)).not.toMatch(/case\d/);
    expect(JSON.stringify(run.models)).not.toMatch(/case\d/);
  });
});

describe("runStudy", () => {
  it("gives the same bytes with the same seed, in whatever order the machine works", async () => {
    const again = await runStudy(input(rows), serialMachine([], true));
    expect(JSON.stringify(studyResults(again))).toBe(JSON.stringify(results));
    expect(JSON.stringify(again.models)).toBe(JSON.stringify(run.models));
  });

  it("gives other folds with another seed, and the same patients", async () => {
    const other = await runStudy(input(rows, protocolText.replace("seed: 7", "seed: 8")), serialMachine());
    expect(other.split).toEqual(run.split);
    expect(other.predictions[1].folds).not.toEqual(run.predictions[1].folds);
  });

  it("lets no test or prospective patient into a fold or a training set", () => {
    const heldOut = new Set([...run.split.test, ...run.split.prospective]);
    expect(heldOut.size).toBe(40);
    for (const { label, training, testing } of seen) {
      expect(training.some((patient) => heldOut.has(patient))).toBe(false);
      if (label.startsWith("cross-validation"))
        expect(testing.some((patient) => heldOut.has(patient))).toBe(false);
    }
  });

  it("tests every development patient once a repeat, in the same folds for every model", () => {
    const folds = (model: string) =>
      seen.filter(({ label }) => label.startsWith(`cross-validation/${model}/`));
    expect(folds("C").map(({ testing }) => testing)).toEqual(folds("CR").map(({ testing }) => testing));
    const tested = folds("C").flatMap(({ testing }) => testing);
    expect([...tested].sort()).toEqual([...run.split.development, ...run.split.development].sort());
  });

  it("fits the same models whatever the held-out patients are like", async () => {
    const other = rows.map((row, index) =>
      index < 80 ? row : [row[0], "99", "1", "3", ...row.slice(4, -1), row.at(-1) === "1" ? "0" : "1"],
    );
    const { models, evaluations } = await runStudy(input(other), serialMachine());
    expect(models.map(({ model, thresholds }) => ({ model, thresholds }))).toEqual(
      run.models.map(({ model, thresholds }) => ({ model, thresholds })),
    );
    expect(evaluations.filter(({ dataset }) => dataset === "development")).toEqual(
      run.evaluations.filter(({ dataset }) => dataset === "development"),
    );
  });

  it("keeps its input as it was", async () => {
    const study = input(rows);
    const before = structuredClone(study);
    await runStudy(study, serialMachine());
    expect(study).toEqual(before);
  });

  it("finds nothing where the outcome is shuffled", async () => {
    const aucs: { held: number; crossValidated: number }[] = [];
    for (let permutation = 0; permutation < 6; permutation++) {
      const random = createRandom(`permutation/${permutation}`);
      const outcomes = random.shuffle(rows.map((row) => row.at(-1)));
      const shuffled = rows.map((row, index) => [...row.slice(0, -1), outcomes[index]]);
      const { evaluations } = await runStudy(input(shuffled), serialMachine());
      const auc = (dataset: string, wanted: string) =>
        evaluations.find(
          ({ model, method, dataset: on }) => model === "CR" && method === wanted && on === dataset,
        )!.auc.value!;
      aucs.push({
        held: auc("test", "held-out"),
        crossValidated: auc("development", "cross-validation"),
      });
    }
    for (const measure of ["held", "crossValidated"] as const) {
      const average = mean(aucs.map((one) => one[measure]));
      expect(average).toBeGreaterThan(0.38);
      expect(average).toBeLessThan(0.6);
    }
  });
});
