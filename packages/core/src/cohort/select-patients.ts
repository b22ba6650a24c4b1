import { InputError } from "../errors.ts";
import type { Cohort } from "./cohort.ts";
import type { PatientId } from "./patient.ts";

/**
 * The part of a cohort that belongs to some patients, in the cohort's order.
 *
 * @param patients Patients of the cohort, in any order.
 * @throws {InputError} A patient is not in the cohort.
 */
export function selectPatients(cohort: Cohort, patients: Iterable<PatientId>): Cohort {
  const wanted = new Set(patients);
  const rows = cohort.patients.flatMap((patient, row) => (wanted.has(patient) ? [row] : []));
  if (rows.length < wanted.size) {
    const known = new Set(cohort.patients);
    const strangers = [...wanted].filter((patient) => !known.has(patient));
    throw new InputError(
      `a selection needs patients of the cohort; got ${strangers.length} others, the first ${strangers[0]}`,
    );
  }
  return {
    patients: rows.map((row) => cohort.patients[row]),
    outcome: Uint8Array.from(rows, (row) => cohort.outcome[row]),
    columns: cohort.columns.map((column) =>
      "codes" in column
        ? { variable: column.variable, codes: Int16Array.from(rows, (row) => column.codes[row]) }
        : // One literal a kind of variable, since a spread loses which kind of column it is.
          column.variable.kind === "numeric"
          ? { variable: column.variable, values: Float64Array.from(rows, (row) => column.values[row]) }
          : { variable: column.variable, values: Float64Array.from(rows, (row) => column.values[row]) },
    ),
    images: cohort.images.filter(({ patient }) => wanted.has(patient)),
  };
}
