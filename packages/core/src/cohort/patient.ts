import { InputError } from "../errors.ts";

declare const brand: unique symbol;

/** Identifies one patient. Splits, folds and resamples are sets of these, never of rows or images. */
export type PatientId = string & { readonly [brand]: "PatientId" };

/**
 * Sorts patients by id, by code unit: draws over sorted patients do not depend on the order of the table's rows.
 *
 * @returns A new list.
 */
export function sortedPatients(patients: readonly PatientId[]): PatientId[] {
  return [...patients].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/**
 * The patient that a study id names.
 *
 * @param text The id as the table writes it; surrounding white space is dropped.
 * @throws {InputError} The id is empty.
 * @example patientId(" case001 ") // => "case001"
 */
export function patientId(text: string): PatientId {
  const id = text.trim();
  if (id === "") throw new InputError("a patient needs an id; got an empty cell; fill it in");
  return id as PatientId;
}
