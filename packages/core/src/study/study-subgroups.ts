import type { Cohort } from "../cohort/cohort.ts";
import { findVariable } from "../cohort/find-variable.ts";
import type { PatientId } from "../cohort/patient.ts";
import type { Subgroups } from "../validation/subgroup.ts";
import type { Protocol } from "./protocol.ts";

/** A variable that divides a dataset, with the level of each of its patients. */
export interface StudySubgroup extends Subgroups {
  readonly variable: string;
  readonly label: string;
  /** What the levels are called in print, in their order. */
  readonly levelLabels: readonly string[];
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
        levelLabels: column.variable.levels.map(({ label }) => label),
        codes: Int16Array.from(rows, (index) => column.codes[index]),
      };
    const bounds = cuts ?? [];
    const groupOf = (value: number) =>
      Number.isNaN(value) ? -1 : bounds.filter((cut) => value >= cut).length;
    return {
      ...base,
      levels: cutNames(bounds),
      levelLabels: cutLabels(bounds, column.variable.kind === "numeric" ? column.variable.unit : null),
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

/**
 * What the groups between cut points are called in print, with the unit.
 *
 * @param cuts Ascending; each starts the next group.
 * @param unit Null, or 1, for a variable without one.
 * @example cutLabels([40, 60], "years") // => ["below 40 years", "40 to below 60 years", "60 years or more"]
 */
export function cutLabels(cuts: readonly number[], unit: string | null): readonly string[] {
  const last = cuts.at(-1);
  if (last === undefined) return ["all"];
  const measured = unit === null || unit === "1" ? "" : ` ${unit}`;
  const between = cuts
    .slice(1)
    .map((cut, index) => `${String(cuts[index])} to below ${String(cut)}${measured}`);
  return [`below ${String(cuts[0])}${measured}`, ...between, `${String(last)}${measured} or more`];
}
