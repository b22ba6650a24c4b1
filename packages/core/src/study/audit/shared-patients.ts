import type { PatientId } from "../../cohort/patient.ts";
import type { SharedPatients } from "./evidence.ts";

/** Ids that a message names; the others are counted. */
const EXAMPLES = 5;

/** A set of patients with its name. */
export interface NamedPatients {
  readonly name: string;
  readonly patients: readonly (PatientId | null)[];
}

/**
 * The patients of two sets.
 *
 * @returns Null where they share none; rows without a patient are not compared.
 */
export function sharedPatients(first: NamedPatients, second: NamedPatients): SharedPatients | null {
  const members = new Set(first.patients);
  const both = [
    ...new Set(second.patients.filter((patient): patient is PatientId => patient !== null)),
  ].filter((patient) => members.has(patient));
  if (both.length === 0) return null;
  return { names: [first.name, second.name], patients: both.length, examples: both.slice(0, EXAMPLES) };
}

/** What every two of several sets share. */
export function sharedByPairs(sets: readonly NamedPatients[]): readonly SharedPatients[] {
  return sets.flatMap((first, index) =>
    sets.slice(index + 1).flatMap((second) => sharedPatients(first, second) ?? []),
  );
}

/**
 * A few ids as a sentence names them.
 *
 * @example namedPatients({ names: ["a", "b"], patients: 7, examples: [] }) // => "7 patients"
 */
export function namedPatients({ patients, examples }: SharedPatients): string {
  const count = patients === 1 ? "1 patient" : `${patients} patients`;
  if (examples.length === 0) return count;
  return `${count} (${examples.join(", ")}${patients > examples.length ? " and others" : ""})`;
}
