import { InputError } from "../errors.ts";
import type { Cohort } from "./cohort.ts";
import { dateCell } from "./date-cell.ts";
import { findVariable } from "./find-variable.ts";

/**
 * Whether each patient's date is a day or a later one.
 *
 * @param name Column of the date.
 * @param firstDay Year-month-day.
 * @param part Set that begins on that day, for messages.
 * @returns One entry a patient, in the cohort's order.
 * @throws {InputError} The column is no date, the day is none, or a patient has no date.
 */
export function isFromDay(
  cohort: Cohort,
  name: string,
  firstDay: string,
  part: "test" | "prospective",
): boolean[] {
  const split = part === "test" ? "the temporal split" : "the prospective phase";
  const column = findVariable(cohort, name, split);
  if ("codes" in column || column.variable.kind !== "date")
    throw new InputError(
      `${split} needs a date; got ${name}, which is ${column.variable.kind}; describe it as a date`,
    );
  const first = dateCell(firstDay, () => false);
  if (first.kind !== "value")
    throw new InputError(
      `${split} needs the first day of the ${part} set as year-month-day; got "${firstDay}"; correct it`,
    );
  refusePatients(cohort, name, Array.from(column.values, Number.isNaN), "a date");
  return Array.from(column.values, (day) => day >= first.value);
}

/**
 * Refuses a split that leaves patients without a part.
 *
 * @param refused One entry a patient.
 * @param needed What each patient needs in the column.
 * @throws {InputError} Any patient is refused; five of them are named.
 */
export function refusePatients(
  cohort: Cohort,
  column: string,
  refused: readonly boolean[],
  needed: string,
): void {
  const patients = cohort.patients.filter((_, row) => refused[row]);
  if (patients.length === 0) return;
  const named = patients.slice(0, 5).join(", ") + (patients.length > 5 ? " and others" : "");
  throw new InputError(
    `the split by ${column} needs ${needed} for every patient; got none for ${patients.length} patients (${named}); fill it in or exclude them by an eligibility rule`,
  );
}
