import type { Cohort } from "../cohort/cohort.ts";
import { findVariable } from "../cohort/find-variable.ts";
import type { PatientId } from "../cohort/patient.ts";
import type { Subgroups } from "../validation/subgroup.ts";
import type { Protocol } from "./protocol.ts";

/** A variable that divides a dataset, with the level of each of its patients. */
export interface StudySubgroup extends Subgroups {
  readonly variable: string;
  readonly label: string;
}

/**
 * The subgroups that a protocol asks for, for the patients of one dataset.
 *
 * @param patients In the order of the codes.
 * @throws {InputError} A variable that the cohort lacks.
 */
export function studySubgroups(
  protocol: Protocol,
  cohort: Cohort,
  patients: readonly PatientId[],
): readonly StudySubgroup[] {
  const row = new Map(cohort.patients.map((patient, index) => [patient, index]));
  const rows = patients.map((patient) => row.get(patient)!);
  return protocol.subgroups.map(({ variable, cuts }) => {
    const column = findVariable(cohort, variable, "a subgroup");
    const base = { variable, label: column.variable.label };
    if ("codes" in column)
      return {
        ...base,
        levels: column.variable.levels.map(({ code }) => code),
        codes: Int16Array.from(rows, (index) => column.codes[index]),
      };
    const bounds = cuts ?? [];
    const groupOf = (value: number) =>
      Number.isNaN(value) ? -1 : bounds.filter((cut) => value >= cut).length;
    return {
      ...base,
      levels: cutNames(bounds),
      codes: Int16Array.from(rows, (index) => groupOf(column.values[index])),
    };
  });
}

/**
 * What the groups between cut points are called.
 *
 * @param cuts Ascending; each starts the next group.
 * @example cutNames([40, 60]) // => ["<40", "40-<60", ">=60"]
 */
export function cutNames(cuts: readonly number[]): readonly string[] {
  const last = cuts.at(-1);
  if (last === undefined) return ["all"];
  const between = cuts.slice(1).map((cut, index) => `${String(cuts[index])}-<${String(cut)}`);
  return [`<${String(cuts[0])}`, ...between, `>=${String(last)}`];
}
