import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { stratifiedFolds } from "./folds.ts";
import { patientFolds } from "./patient-folds.ts";
import { patientId } from "./patient.ts";

const outcome = Uint8Array.from({ length: 40 }, (_, row) => (row % 4 === 0 ? 1 : 0));

describe("folds of patients who stand several times", () => {
  it("keep all rows of a patient together", () => {
    const rows = Array.from({ length: 60 }, (_, row) => (row * 7) % 40);
    const patients = rows.map((row) => patientId(`p${String(row)}`));
    const events = Uint8Array.from(rows, (row) => outcome[row]);
    const folds = patientFolds(events, patients, 5, createRandom(1));
    const foldOf = new Map<string, number>();
    patients.forEach((patient, row) => {
      expect(folds[row]).toBe(foldOf.get(patient) ?? folds[row]);
      foldOf.set(patient, folds[row]);
    });
    expect(new Set(folds).size).toBe(5);
  });

  it("are those of stratified folds where every patient stands once", () => {
    const patients = Array.from(outcome, (_, row) => patientId(`p${String(row)}`));
    expect(patientFolds(outcome, patients, 5, createRandom(1))).toEqual(
      stratifiedFolds(outcome, 5, createRandom(1)),
    );
  });
});
