import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import { InputError } from "../errors.ts";
import type { NumericPredictor } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import type { ModelSpecification } from "../models/model.ts";
import { predictProbability } from "../models/predict.ts";
import { type FitData, type FitTask, runFitTask } from "./fit-task.ts";

const PATIENTS = 90;
const names = ["first", "second", "third"];
const ids = Array.from({ length: PATIENTS }, (_, row) => patientId(`case${row}`));

function column(name: string, values: readonly number[]): NumericPredictor {
  const source = { kind: "clinical", variable: name } as const;
  return { kind: "numeric", name, label: name, source, unit: null, values: Float64Array.from(values) };
}

const random = createRandom(11);
const columns = names.map((name) =>
  column(
    name,
    Array.from(ids, () => random.normal()),
  ),
);
const data: FitData = {
  predictors: { patients: ids, columns },
  outcome: Uint8Array.from(ids, (_, row) => (columns[0].values[row] + random.normal() > 0 ? 1 : 0)),
  seed: 3,
};

const ridge: ModelSpecification = {
  name: "C",
  blocks: [
    {
      name: "C",
      terms: names.map((name) => ({ column: name, shape: "linear" })),
      filter: null,
      entersAs: { kind: "features" },
    },
  ],
  regression: { method: "penalised", alpha: 0, folds: 5, rule: "minimum" },
  innerFolds: 5,
};

const task: FitTask = {
  label: "cross-validation/C/0/0",
  model: ridge,
  training: ids.slice(0, 60),
  testing: ids.slice(60),
  thresholdRules: ["fnr<=0.05", "youden", "p>=0.10"],
};

/** The same patients with other values and other outcomes wherever `changed` says so. */
function altered(changed: (row: number) => boolean): FitData {
  return {
    ...data,
    outcome: data.outcome.map((event, row) => (changed(row) ? 1 - event : event)),
    predictors: {
      patients: ids,
      columns: columns.map((one) => ({
        ...one,
        values: one.values.map((value, row) => (changed(row) ? 1000 - value : value)),
      })),
    },
  };
}

describe("runFitTask", () => {
  it("refuses a testing patient who stands in the training set", () => {
    const leaking = { ...task, testing: [...task.testing, task.training[7]] };
    expect(() => runFitTask(data, leaking)).toThrow(InputError);
    expect(() => runFitTask(data, leaking)).toThrow(/got 1 in both sets/);
  });

  it("refuses to test on its training set, however it is handed over", () => {
    expect(() => runFitTask(data, { ...task, testing: task.training })).toThrow(InputError);
  });

  it("refuses a patient without a row of predictors", () => {
    const unknown = { ...task, testing: [patientId("nobody")] };
    expect(() => runFitTask(data, unknown)).toThrow(/has no row of predictors/);
  });

  it("learns nothing from patients outside the training set: neither values nor outcomes", () => {
    const fitted = runFitTask(data, task);
    const other = runFitTask(
      altered((row) => row >= 60),
      task,
    );
    expect(other.model).toEqual(fitted.model);
    expect(other.thresholds).toEqual(fitted.thresholds);
    expect(other.outOfFold).toEqual(fitted.outOfFold);
    expect(other.probabilities).not.toEqual(fitted.probabilities);
  });

  it("takes no outcome of a testing patient into a prediction", () => {
    const outcome = data.outcome.map((event, row) => (row >= 60 ? 1 - event : event));
    expect(runFitTask({ ...data, outcome }, task)).toEqual(runFitTask(data, task));
  });

  it("does not depend on other tasks, on what was run before, or on the copy of the data that a worker has", () => {
    const alone = runFitTask(data, task);
    runFitTask(data, { ...task, label: "final/C" });
    runFitTask(data, { ...task, label: "cross-validation/C/0/1", training: ids.slice(20), testing: [] });
    expect(runFitTask(data, task)).toEqual(alone);
    expect(runFitTask(structuredClone(data), structuredClone(task))).toEqual(alone);
  });

  it("draws other folds under another label and under another seed", () => {
    const outOfFold = [
      runFitTask(data, task),
      runFitTask(data, { ...task, label: "cross-validation/C/1/0" }),
      runFitTask({ ...data, seed: 4 }, task),
    ].map((result) => JSON.stringify(result.outOfFold));
    expect(new Set(outOfFold).size).toBe(3);
  });

  it("predicts in the order of the testing patients, with the model that it gives back", () => {
    const fitted = runFitTask(data, task);
    const reversed = runFitTask(data, { ...task, testing: [...task.testing].reverse() });
    expect([...reversed.probabilities].reverse()).toEqual(fitted.probabilities);
    expect([...predictProbability(fitted.model, data.predictors)].slice(60)).toEqual(fitted.probabilities);
  });

  it("chooses thresholds on out-of-fold predictions of training patients", () => {
    const { thresholds, outOfFold } = runFitTask(data, task);
    const events = outOfFold.filter((_, row) => data.outcome[row] === 1);
    const missed = events.filter((probability) => probability < thresholds[0]).length;
    expect(outOfFold).toHaveLength(60);
    expect(missed / events.length).toBeLessThanOrEqual(0.05);
    expect(outOfFold).toContain(thresholds[0]);
    expect(outOfFold).toContain(thresholds[1]);
    expect(thresholds[2]).toBe(0.1);
  });
});

describe("runFitTask with outcomes in place of the study's", () => {
  const digits = (of: FitTask, from: FitData) =>
    of.training.map((patient) => from.outcome[ids.indexOf(patient)]).join("");

  it("gives the same where they are the same, and learns from them where they are not", () => {
    const same = runFitTask(data, { ...task, trainingOutcome: digits(task, data) });
    expect(same.probabilities).toEqual(runFitTask(data, task).probabilities);
    const turned = { ...data, outcome: data.outcome.map((event) => 1 - event) };
    const swapped = runFitTask(data, { ...task, trainingOutcome: digits(task, turned) });
    expect(swapped.probabilities).toEqual(runFitTask(turned, task).probabilities);
  });

  it("needs one digit a training patient", () => {
    expect(() => runFitTask(data, { ...task, trainingOutcome: "01" })).toThrow(
      /one digit a training patient/,
    );
    expect(() => runFitTask(data, { ...task, trainingOutcome: "2".repeat(60) })).toThrow(InputError);
  });
});
