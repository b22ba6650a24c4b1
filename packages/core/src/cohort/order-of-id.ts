import type { Cohort } from "./cohort.ts";

/**
 * A cohort in the order of its patients' ids, and the images of a patient in that of their names: sums over patients then
 * have the same last bit in whatever order the table lists its rows.
 */
export function inOrderOfId(cohort: Cohort): Cohort {
  const { patients, columns, images, outcome } = cohort;
  const rows = patients.map((_, row) => row);
  rows.sort((a, b) => byText(patients[a], patients[b]));
  const inOrder = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  return {
    patients: rows.map((row) => patients[row]),
    outcome: Uint8Array.from(rows, (row) => outcome[row]),
    columns: columns.map((column) =>
      "codes" in column
        ? { ...column, codes: Int16Array.from(rows, (row) => column.codes[row]) }
        : // One literal a kind of variable, since a spread loses which kind of column it is.
          column.variable.kind === "numeric"
          ? { variable: column.variable, values: inOrder(column.values) }
          : { variable: column.variable, values: inOrder(column.values) },
    ),
    images: images.toSorted(
      (a, b) => byText(a.patient, b.patient) || byText(a.image, b.image) || byText(a.mask, b.mask),
    ),
  };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
