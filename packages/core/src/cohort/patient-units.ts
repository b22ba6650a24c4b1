import { type PatientId, sortedPatients } from "./patient.ts";

/**
 * Who stands for whom: patients that must stay together in every split and fold, each with the first of them by id.
 * Patients who stand for themselves alone are not in it.
 */
export type PatientUnits = ReadonlyMap<PatientId, PatientId>;

/** Every patient by itself. */
export const NO_UNITS: PatientUnits = new Map();

/**
 * The units that pairs of patients join; who is joined with one is joined with all that this one is joined with.
 *
 * @param pairs In any order.
 */
export function joinedPatients(pairs: readonly (readonly [PatientId, PatientId])[]): PatientUnits {
  const members = new Map<PatientId, readonly PatientId[]>();
  for (const [a, b] of pairs) {
    const joined = [...new Set([a, b, ...(members.get(a) ?? []), ...(members.get(b) ?? [])])];
    for (const patient of joined) members.set(patient, joined);
  }
  return new Map([...members].map(([patient, joined]) => [patient, sortedPatients(joined)[0]]));
}

/** Units of some patients, as draws use them. */
export interface DrawnUnits {
  /** One position a unit, in the order of the patients: of the patient who stands for it. */
  readonly representatives: readonly number[];
  /** For each patient the position of its unit in `representatives`. */
  readonly unitOf: Int32Array;
  /** 1 where a member has the event; one a unit. */
  readonly outcome: Uint8Array;
}

/**
 * The units among some patients. Members who are not among them do not count.
 *
 * @param outcome 1 = event, 0 = none; one per patient.
 */
export function unitsAmong(
  patients: readonly PatientId[],
  outcome: Uint8Array,
  units: PatientUnits,
): DrawnUnits {
  const numberOf = new Map<PatientId, number>();
  const representatives: number[] = [];
  const unitOf = Int32Array.from(patients, (patient, position) => {
    const name = units.get(patient) ?? patient;
    const known = numberOf.get(name);
    if (known !== undefined) return known;
    numberOf.set(name, representatives.length);
    return representatives.push(position) - 1;
  });
  const events = new Uint8Array(representatives.length);
  unitOf.forEach((unit, position) => {
    events[unit] = Math.max(events[unit], outcome[position]);
  });
  return { representatives, unitOf, outcome: events };
}
