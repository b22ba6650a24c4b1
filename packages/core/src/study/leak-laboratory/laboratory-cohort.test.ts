import { describe, expect, it } from "vitest";
import { auc } from "../../validation/roc.ts";
import { freshPatients, laboratoryCohort, otherRows, radiomicNames } from "./laboratory-cohort.ts";
import { valuesOf } from "./laboratory-columns.ts";

const cohort = laboratoryCohort({ patients: 200, seed: 5 });

describe("laboratoryCohort", () => {
  it("is the same for the same seed and another for another", () => {
    expect(laboratoryCohort({ patients: 200, seed: 5 }).table).toEqual(cohort.table);
    expect(laboratoryCohort({ patients: 200, seed: 6 }).table).not.toEqual(cohort.table);
  });

  it("sets 30 % apart, with the share of events of the cohort", () => {
    expect(cohort.test).toHaveLength(60);
    const events = cohort.test.reduce((count, row) => count + cohort.outcome[row], 0);
    const share = cohort.outcome.reduce((count, event) => count + event, 0) / 200;
    expect(Math.abs(events - 60 * share)).toBeLessThanOrEqual(1);
    expect([...cohort.test, ...otherRows(200, cohort.test)].sort((a, b) => a - b)).toEqual(
      otherRows(200, []),
    );
  });

  it("has radiomic stand-ins that say nothing of the outcome of new patients", () => {
    const fresh = freshPatients(cohort, 3000);
    const strongest = Math.max(
      ...radiomicNames.map((name) => Math.abs(auc(fresh.outcome, valuesOf(fresh.table, name)) - 0.5)),
    );
    expect(strongest).toBeLessThan(0.05);
  });
});
