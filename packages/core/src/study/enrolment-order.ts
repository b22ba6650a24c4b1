import type { Cohort, DateColumn } from "../cohort/cohort.ts";
import { isoDate } from "../cohort/date-cell.ts";
import type { PatientId } from "../cohort/patient.ts";
import type { Protocol } from "./protocol.ts";

/** What of a protocol names the day on which a patient came into the study. */
export type EnrolmentProtocol = Pick<Protocol, "cohort" | "split" | "simulated" | "simulatedToday">;

/**
 * The day on which the first of some patients was enrolled.
 *
 * @param patients Of the cohort.
 * @returns Year-month-day; null where the table has no column of enrolment dates, or a patient's date is missing.
 */
export function firstEnrolment(
  protocol: EnrolmentProtocol,
  cohort: Pick<Cohort, "patients" | "columns">,
  patients: readonly PatientId[],
): string | null {
  const column = enrolmentColumn(protocol, cohort);
  if (column === null || patients.length === 0) return null;
  const wanted = new Set(patients);
  let first = Infinity;
  for (const [row, patient] of cohort.patients.entries()) {
    if (!wanted.has(patient)) continue;
    const day = column.values[row];
    if (Number.isNaN(day)) return null;
    first = Math.min(first, day);
  }
  return isoDate(first);
}

/**
 * The day on which a study takes place: today, or the day that a simulated study states.
 *
 * @param today Of the machine, as year-month-day.
 */
export function dayOfStudy({ simulated, simulatedToday }: EnrolmentProtocol, today: string): string {
  return simulated ? (simulatedToday ?? today) : today;
}

/** The column that the protocol names, or by which it splits, or the only date; null where there is no such column. */
export function enrolmentColumn(
  { cohort: { enrolment }, split }: EnrolmentProtocol,
  { columns }: Pick<Cohort, "columns">,
): DateColumn | null {
  const name = enrolment ?? splitDate(split);
  const dates = columns.filter(
    (column): column is DateColumn =>
      column.variable.kind === "date" && (name === undefined || column.variable.name === name),
  );
  return dates.length === 1 ? dates[0] : null;
}

function splitDate(split: Protocol["split"]): string | undefined {
  if (split.method === "temporal") return split.column;
  return "dateColumn" in split ? split.dateColumn : undefined;
}
