import { InputError } from "../errors.ts";
import { type Cohort, SEALED } from "./cohort.ts";
import type { PatientId } from "./patient.ts";
import type { Split } from "./split.ts";

/** Patients whose outcomes no model may learn from: a part of a split, or those of another place. */
export type HeldOutPart = "test" | "prospective" | "external";

/** Outcomes of a part that is held out: what a vault keeps, and what it gives back when it is opened. */
export interface HeldOutOutcomes {
  readonly dataset: HeldOutPart;
  readonly patients: readonly PatientId[];
  /** 1 = event, 0 = none; in the order of `patients`. */
  readonly outcome: Uint8Array;
}

/** A cohort without the outcomes of its held-out patients, and these apart from it. */
export interface SealedCohort {
  /** The outcome of a held-out patient reads {@link SEALED}. */
  readonly cohort: Cohort;
  /** One entry a held-out part that has patients: test, then prospective. */
  readonly heldOut: readonly HeldOutOutcomes[];
}

/**
 * Takes the outcomes of test and prospective patients out of a cohort.
 *
 * @param split Parts of the cohort.
 */
export function sealOutcomes(cohort: Cohort, split: Split): SealedCohort {
  const row = new Map(cohort.patients.map((patient, index) => [patient, index]));
  const outcome = Uint8Array.from(cohort.outcome);
  const heldOut = (["test", "prospective"] as const).flatMap((dataset): HeldOutOutcomes[] => {
    const patients = split[dataset];
    const rows = patients.map((patient) => row.get(patient)!);
    for (const index of rows) outcome[index] = SEALED;
    return rows.length === 0
      ? []
      : [{ dataset, patients, outcome: Uint8Array.from(rows, (index) => cohort.outcome[index]) }];
  });
  return { cohort: { ...cohort, outcome }, heldOut };
}

/**
 * A cohort with the outcomes of an opened part in it again.
 *
 * @param opened As a vault gave them.
 * @throws {InputError} A patient of the part is not of the cohort.
 */
export function withOutcomes(cohort: Cohort, opened: HeldOutOutcomes): Cohort {
  const row = new Map(cohort.patients.map((patient, index) => [patient, index]));
  const outcome = Uint8Array.from(cohort.outcome);
  opened.patients.forEach((patient, position) => {
    const index = row.get(patient);
    if (index === undefined)
      throw new InputError(
        `the sealed outcomes of the ${opened.dataset} set need patients of the cohort; got ${patient}, who is none; run the study anew`,
      );
    outcome[index] = opened.outcome[position];
  });
  return { ...cohort, outcome };
}
