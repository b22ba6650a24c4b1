import { type Finding, InputError } from "../errors.ts";
import { noteRepeatedRows, patientsOf, readContent, type TableContent } from "./build-patients.ts";
import { missingCells } from "./cell.ts";
import { cohortFindings } from "./cohort-findings.ts";
import type { CohortDescription } from "./cohort-description.ts";
import type { Cohort } from "./cohort.ts";
import { otherOutcomeFindings, readOutcome } from "./outcome-column.ts";
import type { RawTable } from "./raw-table.ts";
import type { RowValues } from "./table-rows.ts";

/** A cohort and what its reader must know. */
export interface CohortReading {
  readonly cohort: Cohort;
  /** What was noticed while the cohort was built; findings of the table itself stay with the table. */
  readonly findings: readonly Finding[];
}

/**
 * The patients that a table describes, one value a variable and patient.
 *
 * @param table The table as read; a patient may have several rows where the images differ.
 * @param description Which columns mean what; other columns are not read.
 * @returns Patients in order of first appearance. Missing numbers and dates are NaN, missing levels -1.
 * @throws {InputError} With every problem of description and table at once, each with file, row, column and cause:
 *   a missing column, a cell that cannot be read or lies outside its plausible range, a missing outcome, an empty id,
 *   rows of a patient that disagree or repeat an image, an image without path or spacing, an outcome of one class.
 */
export function buildCohort(table: RawTable, description: CohortDescription): CohortReading {
  let outcome: RowValues | null = null;
  const content = readContent(table, description, (reading, isMissing) => {
    outcome = readOutcome(reading, description, isMissing);
    return outcome === null ? [] : [{ name: description.outcome.variable, rowValues: outcome }];
  });
  return withOutcome(content, description, outcome);
}

function withOutcome(
  content: TableContent,
  description: CohortDescription,
  outcome: RowValues | null,
): CohortReading {
  const { reading, people } = content;
  if (description.images === null) noteRepeatedRows(content);
  if (outcome !== null) noteSingleClass(content, description, outcome);
  const problems = reading.problems.list();
  if (problems.length > 0 || outcome === null) throw new InputError(problems);
  const cohort: Cohort = {
    ...patientsOf(content),
    outcome: Uint8Array.from(people.rows, ([first]) => outcome.values[first]),
  };
  const others = otherOutcomeFindings(reading, description, missingCells(description.missing));
  return { cohort, findings: [...others, ...cohortFindings(cohort, description, reading.table)] };
}

function noteSingleClass(
  { reading: { table, problems }, people: { rows } }: TableContent,
  { outcome }: CohortDescription,
  read: RowValues,
): void {
  if (read.unreadable.some((mark) => mark === 1) || rows.length === 0) return;
  const events = rows.reduce((count, [first]) => count + read.values[first], 0);
  if (events === 0 || events === rows.length)
    problems.add(
      "outcome",
      `${table.file}, column ${outcome.variable}: the outcome needs patients with and without the event; got ${events} with and ${rows.length - events} without; check the code of the event`,
    );
}
