import { describe, expect, it } from "vitest";
import { createRandom } from "../math/random.ts";
import type { Cohort } from "./cohort.ts";
import { patientId } from "./patient.ts";
import { splitCohort } from "./split.ts";

const size = 203;
const levels = ["A", "B", "C"].map((code) => ({ code, label: `centre ${code}` }));
const cohort: Cohort = {
  patients: Array.from({ length: size }, (_, i) => patientId(`P${i}`)),
  outcome: Uint8Array.from({ length: size }, (_, i) => (i % 3 === 0 ? 1 : 0)),
  columns: [
    {
      variable: {
        kind: "categorical",
        name: "centre",
        label: "Centre",
        knownAt: "never",
        levels,
        reference: "A",
      },
      codes: Int16Array.from({ length: size }, (_, i) => Math.floor(i / 5) % 3),
    },
    {
      variable: { kind: "date", name: "seen", label: "", knownAt: "never" },
      values: Float64Array.from({ length: size }, (_, i) => i),
    },
    {
      variable: { kind: "numeric", name: "age", label: "", knownAt: "before-surgery", unit: null },
      values: new Float64Array(size),
    },
  ],
  images: [],
};
const random = createRandom("split");
const eventsOf = (patients: readonly string[]): number =>
  patients.reduce((n, patient) => n + cohort.outcome[cohort.patients.indexOf(patientId(patient))], 0);

describe("a split", () => {
  it("covers the cohort and puts no patient into two parts, whatever the plan", () => {
    const plans = [
      { method: "none" },
      { method: "column", column: "centre", development: "A", test: "B", prospective: "centre C" },
      { method: "temporal", column: "seen", testFrom: "1970-05-01" },
      { method: "centre", column: "centre", test: ["C"] },
      { method: "random", testShare: 0.3, stratifyBy: ["centre"] },
      { method: "random", testShare: 0.3, stratifyBy: [], prospectiveFrom: "1970-05-01", dateColumn: "seen" },
      { method: "centre", column: "centre", test: ["C"], prospectiveFrom: "1970-05-01", dateColumn: "seen" },
      { method: "temporal", column: "seen", testFrom: "1970-03-01", prospectiveFrom: "1970-05-01" },
    ] as const;
    for (const plan of plans) {
      const { development, test, prospective } = splitCohort(cohort, plan, random);
      expect([...development, ...test, ...prospective].sort()).toEqual([...cohort.patients].sort());
    }
  });

  it("by date puts the first day of the test set into the test set", () => {
    const { test } = splitCohort(
      cohort,
      { method: "temporal", column: "seen", testFrom: "1970-01-11" },
      random,
    );
    expect(test[0]).toBe("P10");
    expect(test).toHaveLength(size - 10);
  });

  it("at random keeps the share of patients and of events within one, in every stratum", () => {
    for (const testShare of [0.2, 0.3, 0.5]) {
      const { test } = splitCohort(
        cohort,
        { method: "random", testShare, stratifyBy: ["centre"] },
        createRandom(9),
      );
      expect(test).toHaveLength(Math.round(size * testShare));
      expect(Math.abs(eventsOf(test) - testShare * eventsOf(cohort.patients))).toBeLessThanOrEqual(1);
    }
  });

  it("with a prospective phase keeps its patients out of the draw, which is that of the others alone", () => {
    const plan = { method: "random", testShare: 0.3, stratifyBy: [] } as const;
    const phase = { prospectiveFrom: "1970-05-01", dateColumn: "seen" };
    const first = 120;
    const earlier: Cohort = {
      ...cohort,
      patients: cohort.patients.slice(0, first),
      outcome: cohort.outcome.slice(0, first),
    };
    const split = splitCohort(cohort, { ...plan, ...phase }, createRandom(3));
    expect(split.prospective).toEqual(cohort.patients.slice(first));
    expect(split.test).toEqual(splitCohort(earlier, plan, createRandom(3)).test);
    expect(split.test).toHaveLength(Math.round(0.3 * first));
  });

  it("by date or centre gives the prospective phase the patients from its first day on", () => {
    const late = cohort.patients.slice(150);
    const temporal = { method: "temporal", column: "seen", testFrom: "1970-03-02" } as const;
    const byDate = splitCohort(cohort, { ...temporal, prospectiveFrom: "1970-05-31" }, random);
    expect(byDate.prospective).toEqual(late);
    expect(byDate.test).toEqual(cohort.patients.slice(60, 150));
    const centre = { method: "centre", column: "centre", test: ["C"] } as const;
    const phase = { prospectiveFrom: "1970-05-31", dateColumn: "seen" };
    const byCentre = splitCohort(cohort, { ...centre, ...phase }, random);
    expect(byCentre.prospective).toEqual(late);
    expect(byCentre.test).toEqual(
      splitCohort(cohort, centre, random).test.filter((id) => !late.includes(id)),
    );
  });

  it("at random depends on the seed alone", () => {
    const draw = (seed: number): readonly string[] =>
      splitCohort(cohort, { method: "random", testShare: 0.3, stratifyBy: [] }, createRandom(seed)).test;
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it("refuses unknown or missing values, parts without both classes, and variables of another kind", () => {
    const split = (plan: Parameters<typeof splitCohort>[1]) => () => splitCohort(cohort, plan, random);
    expect(split({ method: "column", column: "centre", development: "A", test: "B" })).toThrow(
      /got none for \d+ patients \(P10/,
    );
    expect(split({ method: "column", column: "centre", development: "A", test: "D" })).toThrow(
      /one of the levels "A", "B", "C"; got "D"/,
    );
    expect(split({ method: "column", column: "centre", development: "A", test: "A" })).toThrow(
      /different codes/,
    );
    expect(split({ method: "column", column: "center", development: "A", test: "B" })).toThrow(
      /did you mean centre/,
    );
    expect(split({ method: "centre", column: "centre", test: ["A", "B", "C"] })).toThrow(
      /development set.*got 0 with and 0 without/,
    );
    expect(split({ method: "temporal", column: "seen", testFrom: "1970-07-22" })).toThrow(
      /test set needs patients with and without/,
    );
    expect(split({ method: "temporal", column: "age", testFrom: "1970-07-22" })).toThrow(/needs a date/);
    expect(split({ method: "temporal", column: "seen", testFrom: "03/04/2020" })).toThrow(/year-month-day/);
    expect(split({ method: "random", testShare: 1, stratifyBy: [] })).toThrow(/between 0 and 1/);
    expect(split({ method: "random", testShare: 0.3, stratifyBy: ["age"] })).toThrow(/with levels/);
    const phase = {
      method: "random",
      testShare: 0.3,
      stratifyBy: [],
      prospectiveFrom: "1970-07-22",
    } as const;
    expect(split(phase)).toThrow(/prospectiveFrom and dateColumn/);
    expect(split({ ...phase, dateColumn: "seen" })).toThrow(
      /prospective set needs patients with and without/,
    );
    expect(split({ ...phase, dateColumn: "age" })).toThrow(/prospective phase needs a date/);
  });
});
