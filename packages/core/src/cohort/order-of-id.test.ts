import { describe, expect, it } from "vitest";
import type { Cohort, LesionImage } from "./cohort.ts";
import { inOrderOfId } from "./order-of-id.ts";
import { patientId } from "./patient.ts";
import { selectPatients } from "./select-patients.ts";

const image = (patient: string, name: string): LesionImage => ({
  patient: patientId(patient),
  image: name,
  mask: `mask-${name}`,
  spacingMm: null,
  rowNumber: 2,
});

const cohort: Cohort = {
  patients: ["b", "C", "a"].map(patientId),
  outcome: Uint8Array.of(1, 0, 1),
  columns: [
    {
      variable: {
        name: "age",
        label: "age",
        kind: "numeric",
        knownAt: "before-surgery",
        unit: null,
      },
      values: Float64Array.of(2, 3, 1),
    },
  ],
  images: [image("b", "2"), image("a", "2"), image("b", "1"), image("a", "1")],
};

describe("a cohort in the order of ids", () => {
  it("keeps what belongs together, by code units", () => {
    const sorted = inOrderOfId(cohort);
    expect(sorted.patients).toEqual(["C", "a", "b"]);
    expect([...sorted.outcome]).toEqual([0, 1, 1]);
    expect(sorted.columns.map((column) => ("values" in column ? [...column.values] : []))).toEqual([
      [3, 1, 2],
    ]);
    expect(sorted.images.map(({ patient, image: name }) => `${patient}${name}`)).toEqual([
      "a1",
      "a2",
      "b1",
      "b2",
    ]);
  });

  it("is the same for the same patients in any order", () => {
    const again = selectPatients(cohort, cohort.patients);
    const backwards: Cohort = {
      ...again,
      patients: again.patients.toReversed(),
      outcome: again.outcome.toReversed(),
      columns: again.columns.map((column) =>
        "values" in column ? { ...column, values: column.values.toReversed() } : column,
      ),
      images: again.images.toReversed(),
    };
    expect(inOrderOfId(backwards)).toEqual(inOrderOfId(cohort));
    expect(inOrderOfId(inOrderOfId(cohort))).toEqual(inOrderOfId(cohort));
  });
});
