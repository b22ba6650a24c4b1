import { describe, expect, it } from "vitest";
import { type PatientId, patientId } from "../cohort/patient.ts";
import { createRandom } from "../math/random.ts";
import { crossValidationPlan, type Fold } from "./cross-validation.ts";
import { crossValidate, nestedCrossValidation } from "./nested-cross-validation.ts";

const patients = Array.from({ length: 60 }, (_, i) => patientId(`p${String(i).padStart(2, "0")}`));
const outcome = Uint8Array.from(patients, (_, i) => Number(i % 3 === 0));
const events = new Map(patients.map((patient, i) => [patient, outcome[i]]));
const plan = crossValidationPlan(patients, outcome, { folds: 5, repeats: 2 }, createRandom(1));
const innerPlan = ({ training, fold }: Fold) =>
  crossValidationPlan(
    training,
    Uint8Array.from(training, (patient) => events.get(patient)!),
    { folds: 4, repeats: 1 },
    createRandom(2).fork(String(fold)),
  );
const prevalence = (training: readonly PatientId[]) =>
  training.reduce((sum, patient) => sum + events.get(patient)!, 0) / training.length;

describe("cross-validation", () => {
  it("never shows a testing patient to the fit", () => {
    const repeats = crossValidate(patients, plan, (training, testing) => {
      expect(training.some((patient) => testing.includes(patient))).toBe(false);
      return testing.map(() => prevalence(training));
    });
    expect(repeats.map((values) => values.length)).toEqual([60, 60]);
  });
});

describe("nested cross-validation", () => {
  const rule = "minimum" as const;
  const toward = (share: number) => (training: readonly PatientId[], testing: readonly PatientId[]) =>
    testing.map((patient) => (1 - share) * prevalence(training) + share * events.get(patient)!);

  it("chooses the candidate of the least inner loss and predicts with it", () => {
    const candidates = [0, 0.8, 0.4].map(toward);
    const fitCandidates = (training: readonly PatientId[], testing: readonly PatientId[]) =>
      candidates.map((fit) => fit(training, testing));
    const { choices, repeats } = nestedCrossValidation({ patients, outcome }, plan, {
      fitCandidates,
      innerPlan,
      rule,
    });
    expect(choices.map(({ chosen }) => chosen)).toEqual(new Array(10).fill(1));
    expect(repeats[0][0]).toBeGreaterThan(0.8);
  });

  it("by one standard error prefers a simpler candidate that does as well", () => {
    // Right for a little more than half of the patients, wrong for the others.
    const coin = (testing: readonly PatientId[]) =>
      testing.map((patient) => {
        const isRight = (Number(patient.slice(1)) * 7) % 13 < 7;
        return isRight ? events.get(patient)! : 1 - events.get(patient)!;
      });
    const choose = (preferred: "minimum" | "one-standard-error") =>
      nestedCrossValidation({ patients, outcome }, plan, {
        fitCandidates: (_, testing) => [testing.map(() => 0.5), coin(testing)],
        innerPlan,
        rule: preferred,
        loss: (event, risk) => Math.abs(event - risk),
      }).choices.map(({ chosen }) => chosen);
    const [best, simple] = [choose("minimum"), choose("one-standard-error")];
    expect(best).toContain(1);
    simple.forEach((chosen, k) => expect(chosen).toBeLessThanOrEqual(best[k]));
    expect(simple).not.toEqual(best);
  });

  it("refuses inner folds that hold testing patients", () => {
    const leaking = () => [
      { repeat: 0, fold: 0, training: patients.slice(1), testing: patients.slice(0, 1) },
    ];
    const fitCandidates = (training: readonly PatientId[], testing: readonly PatientId[]) => [
      toward(0)(training, testing),
    ];
    expect(() =>
      nestedCrossValidation({ patients, outcome }, plan, { fitCandidates, innerPlan: leaking, rule }),
    ).toThrow(/outer fold only/);
  });
});
