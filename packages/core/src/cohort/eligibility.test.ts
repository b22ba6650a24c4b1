import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import { cohortFlow } from "./cohort-flow.ts";
import type { Cohort } from "./cohort.ts";
import { meetsCondition } from "./condition.ts";
import { applyEligibility } from "./eligibility.ts";
import { patientId } from "./patient.ts";
import { selectPatients } from "./select-patients.ts";
import { splitCohort } from "./split.ts";

const base = { label: "", knownAt: "before-surgery" } as const;
const cohort: Cohort = {
  patients: ["A", "B", "C", "D", "E", "F"].map(patientId),
  outcome: Uint8Array.of(1, 0, 1, 0, 1, 0),
  columns: [
    {
      variable: { ...base, kind: "numeric", name: "age", unit: "years" },
      values: Float64Array.of(30, 40, 50, NaN, 70, 80),
    },
    {
      variable: {
        ...base,
        kind: "binary",
        name: "neo",
        reference: "0",
        levels: [
          { code: "0", label: "no" },
          { code: "1", label: "yes" },
        ],
      },
      codes: Int16Array.of(0, 1, 0, 0, -1, 0),
    },
    { variable: { ...base, kind: "date", name: "seen" }, values: Float64Array.of(0, 10, 20, 30, 40, 50) },
  ],
  images: [{ patient: patientId("C"), image: "c.png", mask: "c_mask.png", spacingMm: null, rowNumber: 4 }],
};

describe("a condition", () => {
  it("holds for values that equal, are listed, lie below or above, or are missing", () => {
    expect(meetsCondition(cohort, { variable: "age", below: 40 })).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(meetsCondition(cohort, { variable: "age", below: 40, above: 70 })).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(meetsCondition(cohort, { variable: "age", missing: true })).toEqual([
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
    expect(meetsCondition(cohort, { variable: "neo", equals: 1 })).toEqual([
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(meetsCondition(cohort, { variable: "neo", oneOf: ["yes"], missing: true })).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(meetsCondition(cohort, { variable: "seen", above: "1970-01-31" })).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it("is refused where it does not fit the variable", () => {
    expect(() => meetsCondition(cohort, { variable: "agee", below: 1 })).toThrow(/did you mean age/);
    expect(() => meetsCondition(cohort, { variable: "age" })).toThrow(/needs equals/);
    expect(() => meetsCondition(cohort, { variable: "neo", below: 1 })).toThrow(/list the levels/);
    expect(() => meetsCondition(cohort, { variable: "neo", equals: "maybe" })).toThrow(/one of the levels/);
    expect(() => meetsCondition(cohort, { variable: "age", equals: "old" })).toThrow(/needs a number/);
    expect(() => meetsCondition(cohort, { variable: "seen", below: 4 })).toThrow(/needs a date/);
  });
});

describe("eligibility", () => {
  it("counts each patient for the first rule that holds and keeps the others with their images", () => {
    const result = applyEligibility(cohort, [
      { reason: "neoadjuvant therapy", exclude: { variable: "neo", equals: "1" } },
      { reason: "40 or younger", exclude: { variable: "age", below: 41 } },
      { reason: "nobody", exclude: { variable: "age", above: 200 } },
    ]);
    expect(result.excluded.map(({ patients }) => patients)).toEqual([1, 1, 0]);
    expect(result.assessed).toBe(6);
    expect(result.cohort.patients).toEqual(["C", "D", "E", "F"]);
    expect(result.cohort.images).toHaveLength(1);
    const split = splitCohort(
      result.cohort,
      { method: "temporal", column: "seen", testFrom: "1970-02-10" },
      createRandom(1),
    );
    expect(cohortFlow(result, split)).toMatchObject({
      assessed: 6,
      analysed: 4,
      events: 2,
      parts: [
        { part: "development", patients: 2, events: 1 },
        { part: "test", patients: 2, events: 1 },
      ],
    });
  });

  it("refuses all unfit rules at once, and rules that leave one class", () => {
    const unfit = [
      { reason: "one", exclude: { variable: "x", missing: true } },
      { reason: "two", exclude: { variable: "neo", equals: "5" } },
    ] as const;
    expect(() => applyEligibility(cohort, unfit)).toThrow(/"one".*\n.*"two"/);
    expect(() =>
      applyEligibility(cohort, [{ reason: "all", exclude: { variable: "seen", above: "1970-01-11" } }]),
    ).not.toThrow();
    expect(() =>
      applyEligibility(cohort, [{ reason: "all", exclude: { variable: "seen", above: "1970-01-01" } }]),
    ).toThrow(/got 1 with and 0 without/);
  });

  it("selects no stranger", () => {
    expect(() => selectPatients(cohort, [patientId("Z")])).toThrow(/others, the first Z/);
  });
});
