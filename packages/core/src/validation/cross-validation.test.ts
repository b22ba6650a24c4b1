import { describe, expect, it } from "vitest";
import { patientId } from "../cohort/patient.ts";
import { createRandom } from "../math/random.ts";
import { crossValidationPlan, poolFolds } from "./cross-validation.ts";

const patients = Array.from({ length: 47 }, (_, i) => patientId(`case${i}`));
const outcome = Uint8Array.from(patients, (_, i) => Number(i % 4 === 0));
const plan = crossValidationPlan(patients, outcome, { folds: 5, repeats: 3 }, createRandom(1));

describe("repeated cross-validation", () => {
  it("tests every patient once a repeat and never trains on the tested", () => {
    for (let repeat = 0; repeat < 3; repeat++) {
      const folds = plan.filter((fold) => fold.repeat === repeat);
      expect(folds.flatMap((fold) => fold.testing).toSorted()).toEqual([...patients].toSorted());
      for (const { training, testing } of folds)
        expect(new Set([...training, ...testing]).size).toBe(training.length + testing.length);
    }
  });

  it("gives every fold its share of events", () => {
    for (const { testing } of plan) {
      const events = testing.filter((patient) => outcome[patients.indexOf(patient)] === 1).length;
      expect([2, 3]).toContain(events);
    }
  });

  it("draws a repeat alike however many repeats follow, and repeats unlike each other", () => {
    const short = crossValidationPlan(patients, outcome, { folds: 5, repeats: 1 }, createRandom(1));
    expect(short).toEqual(plan.slice(0, 5));
    expect(plan[0].testing).not.toEqual(plan[5].testing);
  });

  it("refuses a patient who stands twice, and no repeat", () => {
    const twice = [...patients.slice(1), patients[1]];
    expect(() => crossValidationPlan(twice, outcome, { folds: 5, repeats: 1 }, createRandom(1))).toThrow(
      /once/,
    );
    expect(() => crossValidationPlan(patients, outcome, { folds: 5, repeats: 0 }, createRandom(1))).toThrow(
      /repeat/,
    );
  });
});

describe("pooling the folds", () => {
  const values = plan.map(({ testing }) => testing.map((patient) => patients.indexOf(patient)));

  it("puts every value at its patient", () => {
    const repeats = poolFolds(patients, plan, values);
    expect(repeats).toHaveLength(3);
    for (const repeat of repeats) expect(Array.from(repeat)).toEqual(Array.from(patients.keys()));
  });

  it("refuses a missing fold, a missing prediction, a patient tested twice and a stranger", () => {
    expect(() => poolFolds(patients, plan, values.slice(1))).toThrow(/every fold/);
    expect(() => poolFolds(patients, plan, [[], ...values.slice(1)])).toThrow(/every testing patient/);
    expect(() => poolFolds(patients, plan.slice(1), values.slice(1))).toThrow(/in every repeat/);
    expect(() => poolFolds(patients, [plan[0], ...plan], [values[0], ...values])).toThrow(/once/);
    expect(() => poolFolds(patients.slice(1), plan, values)).toThrow(/another patient/);
  });
});
