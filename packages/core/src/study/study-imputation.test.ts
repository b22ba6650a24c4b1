import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import { InputError } from "../errors.ts";
import type { NumericPredictor } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import { methodsParagraphs } from "../report/methods.ts";
import { type FitData, type FitTask, runFitTask } from "./fit-task.ts";
import { missingFindings } from "./missing-findings.ts";
import { modelSpecifications } from "./model-specifications.ts";
import { readProtocol } from "./read-protocol.ts";
import { sharedImputations } from "./shared-imputations.ts";
import { studyImputation } from "./study-imputation.ts";

const study = (changes: string) => `schema: sentinode/study@1
name: a study
seed: 5
cohort: { table: a.csv, id: patient }
outcome: { variable: event, positive: 1, label: event }
variables:
  positive: { type: numeric, label: Positive sentinel nodes }
  total: { type: numeric, label: Sentinel nodes removed }
  ratio: { type: numeric, label: Node ratio }
  grade: { type: ordinal, levels: [1, 2, 3] }
blocks: { C: [positive, total], N: [ratio] }
models: { C: [C], CN: [C, N] }
regression: { method: maximum-likelihood }
validation: { folds: 4 }
${changes}`;

const imputed = study(
  "imputation: { method: chained-equations, imputations: 3, iterations: 4, derived: { ratio: { operation: ratio, of: [positive, total] } } }",
);

const PATIENTS = 80;
const ids = Array.from({ length: PATIENTS }, (_, row) => patientId(`case${String(row).padStart(2, "0")}`));
const random = createRandom(2);

function column(name: string, values: readonly number[]): NumericPredictor {
  const source = { kind: "clinical", variable: name } as const;
  return { kind: "numeric", name, label: name, source, unit: null, values: Float64Array.from(values) };
}

const positive = ids.map(() => 1 + random.integer(4));
const total = ids.map((_, row) => positive[row] + random.integer(5));
const data: FitData = {
  predictors: {
    patients: ids,
    columns: [
      column("positive", positive),
      column(
        "total",
        total.map((value, row) => (row % 5 === 1 ? NaN : value)),
      ),
      column(
        "ratio",
        total.map((value, row) => (row % 7 === 1 ? NaN : positive[row] / value)),
      ),
    ],
  },
  outcome: Uint8Array.from(positive, (count) => (count + 2 * random.normal() > 2.5 ? 1 : 0)),
  seed: 5,
};
const protocol = readProtocol(imputed, "study.yaml");
const models = modelSpecifications(protocol, data.predictors);

describe("chained equations of a protocol", () => {
  it("take every predictor of every block, for all models alike", () => {
    for (const { imputation } of models)
      expect(imputation).toEqual({
        columns: ["positive", "total", "ratio"],
        imputations: 3,
        iterations: 4,
        derived: { ratio: { operation: "ratio", of: ["positive", "total"] } },
      });
  });

  it("are asked for: without the word missing values become the median", () => {
    const plain = readProtocol(study(""), "study.yaml");
    expect(plain.imputation).toEqual({ method: "simple" });
    const [first] = modelSpecifications(plain, data.predictors);
    expect("imputation" in first).toBe(false);
    expect(studyImputation(data, [first], ids)).toBeNull();
  });

  it.each([
    ["grade", "{ ratio: { operation: ratio, of: [positive, grade] } }"],
    [
      "ratio",
      "{ total: { operation: sum, of: [positive, ratio] }, ratio: { operation: ratio, of: [positive, total] } }",
    ],
    ["height", "{ height: { operation: sum, of: [positive, total] } }"],
  ])("refuse a derivation with %s in the wrong place", (name, derived) => {
    const text = study(`imputation: { method: chained-equations, derived: ${derived} }`);
    expect(() => readProtocol(text, "study.yaml")).toThrow(InputError);
    expect(() => readProtocol(text, "study.yaml")).toThrow(new RegExp(name));
  });

  it("are in the Methods section, with what is derived", () => {
    const [plain, chained] = [study(""), imputed].map((text) =>
      methodsParagraphs(readProtocol(text, "study.yaml")).join(" "),
    );
    expect(plain).toMatch(/missing numbers are replaced by the median/);
    expect(chained).not.toMatch(/replaced by the median/);
    expect(chained).toMatch(/imputed 3 times by chained equations of 4 rounds/);
    expect(chained).toMatch(
      /Node ratio is computed as the ratio of Positive sentinel nodes and Sentinel nodes removed/,
    );
  });
});

describe("imputations of a fold", () => {
  const task = (name: string, label: string, trainingSet: string): FitTask => ({
    label,
    trainingSet,
    model: models.find((model) => model.name === name)!,
    training: ids.slice(0, 60),
    testing: ids.slice(60),
    thresholdRules: ["p>=0.10"],
  });

  it("are the same for all models, and others in another fold", () => {
    const training = { table: data.predictors, outcome: data.outcome };
    const impute = (trainingSet: string, seed: number) =>
      sharedImputations({ ...data, seed }, trainingSet)(models[0].imputation!, training, createRandom(seed));
    expect(impute("cross-validation/0/1", 5)).toEqual(impute("cross-validation/0/1", 5));
    expect(impute("cross-validation/0/2", 5)).not.toEqual(impute("cross-validation/0/1", 5));
    expect(impute("cross-validation/0/1", 6)).not.toEqual(impute("cross-validation/0/1", 5));
  });

  it("do not depend on which model was fitted before, nor on the worker", () => {
    const first = runFitTask(data, task("CN", "cross-validation/CN/0/0", "cross-validation/0/0"));
    runFitTask(data, task("C", "cross-validation/C/0/0", "cross-validation/0/0"));
    const elsewhere = structuredClone(data);
    runFitTask(elsewhere, task("C", "cross-validation/C/0/0", "cross-validation/0/0"));
    const second = runFitTask(elsewhere, task("CN", "cross-validation/CN/0/0", "cross-validation/0/0"));
    expect(second).toEqual(first);
  });

  it("are not changed by patients who are tested", () => {
    const other = {
      ...data,
      outcome: data.outcome.map((event, row) => (row >= 60 ? 1 - event : event)),
    };
    const [one, two] = [data, other].map((one) =>
      runFitTask(one, task("CN", "cross-validation/CN/0/0", "cross-validation/0/0")),
    );
    expect(two.probabilities).toEqual(one.probabilities);
    expect(two.model).toEqual(one.model);
  });
});

describe("missing predictors of the development set", () => {
  const codes = (text: string) =>
    missingFindings(readProtocol(text, "study.yaml"), data.predictors, ids).map(({ code }) => code);

  it("are counted, with what fits them", () => {
    expect(codes(study(""))).toEqual(["imputation-simple"]);
    expect(codes(imputed)).toEqual(["imputations-few"]);
    expect(codes(study("imputation: { method: chained-equations, imputations: 40 }"))).toEqual([]);
    const [{ message }] = missingFindings(protocol, data.predictors, ids);
    expect(message).toMatch(/^25 of 80 patients/);
    expect(message).toMatch(/ask for 32/);
  });

  it("are not mentioned where they are few", () => {
    const complete = ids.filter((_, row) => row % 5 !== 1 && row % 7 !== 1);
    expect(missingFindings(readProtocol(study(""), "study.yaml"), data.predictors, complete)).toEqual([]);
  });
});

describe("diagnostics of the development set", () => {
  const columns = studyImputation(data, models, ids)!;

  it("have an entry for every column that an equation imputes, without a value of a patient", () => {
    expect(columns.map(({ name }) => name)).toEqual(["total"]);
    const [{ missing, patients, means, distribution }] = columns;
    expect({ missing, patients }).toEqual({ missing: 16, patients: 80 });
    expect(means).toHaveLength(3);
    for (const chain of means) expect(chain).toHaveLength(4);
    expect(distribution?.kind).toBe("density");
  });

  it("have densities with an area of about 1 and an R-hat", () => {
    const [{ distribution, meanConvergence }] = columns;
    if (distribution?.kind !== "density") throw new Error("a number has a density");
    const step = distribution.at[1] - distribution.at[0];
    for (const heights of [distribution.observed, distribution.imputed])
      expect(Math.abs(heights.reduce((sum, height) => sum + height * step, 0) - 1)).toBeLessThan(0.06);
    expect(meanConvergence).toBeGreaterThan(0.5);
  });
});
