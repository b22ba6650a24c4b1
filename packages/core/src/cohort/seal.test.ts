import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { type Cohort, SEALED } from "./cohort.ts";
import { patientId } from "./patient.ts";
import { sealOutcomes, withOutcomes } from "./seal.ts";

const patients = ["a", "b", "c", "d", "e"].map(patientId);
const [a, b, c, d, e] = patients;
const cohort: Cohort = { patients, columns: [], images: [], outcome: Uint8Array.of(1, 0, 1, 0, 1) };
const split = { development: [a, d], test: [e, b], prospective: [c] };

describe("sealing", () => {
  it("leaves the outcomes of development patients alone and takes all others out", () => {
    const sealed = sealOutcomes(cohort, split);
    expect([...sealed.cohort.outcome]).toEqual([1, SEALED, SEALED, 0, SEALED]);
    expect([...cohort.outcome]).toEqual([1, 0, 1, 0, 1]);
    expect(sealed.heldOut).toEqual([
      { dataset: "test", patients: [e, b], outcome: Uint8Array.of(1, 0) },
      { dataset: "prospective", patients: [c], outcome: Uint8Array.of(1) },
    ]);
  });

  it("seals nothing where nobody is set apart", () => {
    const sealed = sealOutcomes(cohort, { development: patients, test: [], prospective: [] });
    expect(sealed.heldOut).toEqual([]);
    expect(sealed.cohort.outcome).toEqual(cohort.outcome);
  });

  it("gives back one part at a time", () => {
    const { cohort: closed, heldOut } = sealOutcomes(cohort, split);
    const half = withOutcomes(closed, heldOut[0]);
    expect([...half.outcome]).toEqual([1, 0, SEALED, 0, 1]);
    expect(withOutcomes(half, heldOut[1]).outcome).toEqual(cohort.outcome);
  });

  it("refuses outcomes of patients that the cohort does not have", () => {
    const foreign = { dataset: "test" as const, patients: [patientId("z")], outcome: Uint8Array.of(1) };
    expect(() => withOutcomes(cohort, foreign)).toThrow(InputError);
  });
});
