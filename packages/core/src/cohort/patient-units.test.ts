import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { crossValidationPlan } from "../validation/cross-validation.ts";
import type { Cohort } from "./cohort.ts";
import { joinedPatients, unitsAmong } from "./patient-units.ts";
import { patientId } from "./patient.ts";
import { splitCohort } from "./split.ts";

const patients = Array.from({ length: 100 }, (_, i) => patientId(`p${String(i).padStart(3, "0")}`));
const outcome = Uint8Array.from(patients, (_, i) => (i % 3 === 0 ? 1 : 0));
const cohort: Cohort = { patients, outcome, columns: [], images: [] };
const pair = (a: number, b: number) => [patients[a], patients[b]] as const;
const units = joinedPatients([pair(4, 90), pair(90, 17), pair(50, 51)]);

describe("patients who stay together", () => {
  it("are joined over any chain of pairs, under the first id", () => {
    expect([4, 90, 17].map((i) => units.get(patients[i]))).toEqual([patients[4], patients[4], patients[4]]);
    expect([50, 51].map((i) => units.get(patients[i]))).toEqual([patients[50], patients[50]]);
    expect(units.size).toBe(5);
  });

  it("are one unit with an event where one of them has it", () => {
    const among = unitsAmong(patients.slice(50, 53), Uint8Array.of(0, 1, 0), units);
    expect(among).toEqual({
      representatives: [0, 2],
      unitOf: Int32Array.of(0, 0, 1),
      outcome: Uint8Array.of(1, 0),
    });
  });

  it("stand in one part of every random split", () => {
    for (let seed = 0; seed < 30; seed++) {
      const split = splitCohort(
        cohort,
        { method: "random", testShare: 0.3, stratifyBy: [] },
        createRandom(seed),
        units,
      );
      const isTest = new Set(split.test);
      expect(new Set([4, 90, 17].map((i) => isTest.has(patients[i]))).size).toBe(1);
      expect(isTest.has(patients[50])).toBe(isTest.has(patients[51]));
      expect(Math.abs(split.test.length - 30)).toBeLessThanOrEqual(3);
    }
  });

  it("stand in one fold of every repeat", () => {
    const folds = crossValidationPlan(patients, outcome, { folds: 5, repeats: 20, units }, createRandom(1));
    for (const { testing } of folds) {
      const tested = new Set(testing);
      expect(new Set([4, 90, 17].map((i) => tested.has(patients[i]))).size).toBe(1);
      expect(tested.has(patients[50])).toBe(tested.has(patients[51]));
    }
  });

  it("change no draw where there are none", () => {
    const size = { folds: 5, repeats: 2 };
    expect(crossValidationPlan(patients, outcome, { ...size, units: new Map() }, createRandom(1))).toEqual(
      crossValidationPlan(patients, outcome, size, createRandom(1)),
    );
  });
});
