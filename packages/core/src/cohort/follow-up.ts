import { type Finding, InputError } from "../errors.ts";
import { noteRepeatedRows, patientsOf, readContent } from "./build-patients.ts";
import { cohortFindings } from "./cohort-findings.ts";
import type { CohortDescription } from "./cohort-description.ts";
import type { Patients } from "./cohort.ts";
import { readOutcome } from "./outcome-column.ts";
import type { RawTable } from "./raw-table.ts";
import type { RowValues } from "./table-rows.ts";

/** Patients whose outcome may not be known yet. */
export interface FollowUp {
  readonly patients: Patients;
  /** 1 = event, 0 = none, NaN = not known yet; one per patient. */
  readonly outcome: Float64Array;
  readonly findings: readonly Finding[];
}

/**
 * Patients on their way: as `buildCohort`, but a missing outcome is one that is not known yet, and one class alone is none
 * the less a follow-up.
 *
 * @param table A patient may have several rows where the images differ.
 * @throws {InputError} With every problem at once, as `buildCohort`.
 */
export function buildFollowUp(table: RawTable, description: CohortDescription): FollowUp {
  let outcome: RowValues | null = null;
  const content = readContent(table, description, (reading, isMissing) => {
    outcome = readOutcome(reading, description, isMissing, "allowed");
    return outcome === null ? [] : [{ name: description.outcome.variable, rowValues: outcome }];
  });
  if (description.images === null) noteRepeatedRows(content);
  const problems = content.reading.problems.list();
  if (problems.length > 0 || outcome === null) throw new InputError(problems);
  const { values } = outcome as RowValues;
  const patients = patientsOf(content);
  return {
    patients,
    outcome: Float64Array.from(content.people.rows, ([first]) => values[first]),
    findings: cohortFindings(patients, description, table),
  };
}
