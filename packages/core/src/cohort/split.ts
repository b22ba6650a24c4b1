import { InputError } from "../errors.ts";
import type { Random } from "../math/random.ts";
import { allowedCodes, findLevel } from "./code-book.ts";
import type { CategoricalColumn, Cohort } from "./cohort.ts";
import { dateCell } from "./date-cell.ts";
import { findCategorical, findVariable } from "./find-variable.ts";
import { type PatientId, sortedPatients } from "./patient.ts";
import { drawTestSet } from "./random-split.ts";

/** How the test set is set apart. Codes are those of the code-book. */
export type SplitPlan =
  | { readonly method: "none" }
  | {
      readonly method: "column";
      readonly column: string;
      readonly development: string | number;
      readonly test: string | number;
      readonly prospective?: string | number | undefined;
    }
  | {
      readonly method: "temporal";
      readonly column: string;
      /** First day of the test set, as year-month-day. */
      readonly testFrom: string;
    }
  | { readonly method: "centre"; readonly column: string; readonly test: readonly (string | number)[] }
  | {
      readonly method: "random";
      /** Share of the patients, in (0, 1). */
      readonly testShare: number;
      /** Variables with levels whose shares the parts keep, beside the outcome. */
      readonly stratifyBy: readonly string[];
    };

/** A part of a split. */
export type SplitPart = "development" | "test" | "prospective";

/** The patients of each part, in the cohort's order; no patient is in two. */
export interface Split {
  readonly development: readonly PatientId[];
  /** Empty where the plan is `none`. */
  readonly test: readonly PatientId[];
  /** Empty where the plan names none. */
  readonly prospective: readonly PatientId[];
}

/**
 * The patients of the development, test and prospective sets.
 *
 * @param random Used by the plan `random` alone.
 * @returns Whole patients; together they are the cohort.
 * @throws {InputError} An unknown variable or level, a patient whose value of the split's variable is missing or stands
 *   for no part, or a part without patients of both classes.
 */
export function splitCohort(cohort: Cohort, plan: SplitPlan, random: Random): Split {
  const parts = partOfEach(cohort, plan, random);
  const of = (wanted: SplitPart) => cohort.patients.filter((_, row) => parts[row] === wanted);
  const split = { development: of("development"), test: of("test"), prospective: of("prospective") };
  if (plan.method !== "none") checkParts(cohort, parts, plan);
  return split;
}

function partOfEach(cohort: Cohort, plan: SplitPlan, random: Random): SplitPart[] {
  switch (plan.method) {
    case "none":
      return cohort.patients.map(() => "development");
    case "column":
      return partsByColumn(cohort, plan);
    case "temporal":
      return partsByDate(cohort, plan);
    case "centre":
      return partsByCentre(cohort, plan);
    case "random": {
      const strata = plan.stratifyBy.map(
        (name) => findCategorical(cohort, name, "the stratified split").codes,
      );
      const row = new Map(cohort.patients.map((patient, index) => [patient, index]));
      const order = sortedPatients(cohort.patients).map((patient) => row.get(patient)!);
      const test = drawTestSet(
        Uint8Array.from(order, (index) => cohort.outcome[index]),
        strata.map((codes) => Int16Array.from(order, (index) => codes[index])),
        plan.testShare,
        random,
      );
      const parts = cohort.patients.map((): SplitPart => "development");
      order.forEach((index, position) => {
        if (test[position] === 1) parts[index] = "test";
      });
      return parts;
    }
  }
}

function partsByColumn(cohort: Cohort, plan: SplitPlan & { readonly method: "column" }): SplitPart[] {
  const column = findCategorical(cohort, plan.column, "the split by a column");
  const partOfLevel = new Map<number, SplitPart>();
  for (const part of ["development", "test", "prospective"] as const) {
    const code = plan[part];
    if (code === undefined) continue;
    const level = levelOf(column, code);
    const taken = partOfLevel.get(level);
    if (taken !== undefined)
      throw new InputError(
        `the split by ${plan.column} needs different codes; got "${code}" for ${taken} and ${part}; correct one`,
      );
    partOfLevel.set(level, part);
  }
  refuseRows(
    cohort,
    plan.column,
    Array.from(column.codes, (code) => !partOfLevel.has(code)),
    "a code of one of its parts",
  );
  return Array.from(column.codes, (code) => partOfLevel.get(code)!);
}

function partsByDate(cohort: Cohort, plan: SplitPlan & { readonly method: "temporal" }): SplitPart[] {
  const column = findVariable(cohort, plan.column, "the temporal split");
  if ("codes" in column || column.variable.kind !== "date")
    throw new InputError(
      `the temporal split needs a date; got ${plan.column}, which is ${column.variable.kind}; describe it as a date`,
    );
  const from = dateCell(plan.testFrom, () => false);
  if (from.kind !== "value")
    throw new InputError(
      `the temporal split needs the first day of the test set as year-month-day; got "${plan.testFrom}"; correct it`,
    );
  refuseRows(cohort, plan.column, Array.from(column.values, Number.isNaN), "a date");
  return Array.from(column.values, (day) => (day >= from.value ? "test" : "development"));
}

function partsByCentre(cohort: Cohort, plan: SplitPlan & { readonly method: "centre" }): SplitPart[] {
  const column = findCategorical(cohort, plan.column, "the split by centre");
  const test = new Set(plan.test.map((code) => levelOf(column, code)));
  refuseRows(
    cohort,
    plan.column,
    Array.from(column.codes, (code) => code < 0),
    "a centre",
  );
  return Array.from(column.codes, (code) => (test.has(code) ? "test" : "development"));
}

function levelOf({ variable }: CategoricalColumn, code: string | number): number {
  const level = findLevel(variable.levels, String(code), ".");
  if (level < 0)
    throw new InputError(
      `the split by ${variable.name} needs one of the levels ${allowedCodes(variable.levels)}; got "${code}"; correct it`,
    );
  return level;
}

function refuseRows(cohort: Cohort, column: string, refused: readonly boolean[], needed: string): void {
  const patients = cohort.patients.filter((_, row) => refused[row]);
  if (patients.length === 0) return;
  const named = patients.slice(0, 5).join(", ") + (patients.length > 5 ? " and others" : "");
  throw new InputError(
    `the split by ${column} needs ${needed} for every patient; got none for ${patients.length} patients (${named}); fill it in or exclude them by an eligibility rule`,
  );
}

function checkParts({ outcome }: Cohort, parts: readonly SplitPart[], plan: SplitPlan): void {
  const expected: SplitPart[] = ["development", "test"];
  if (plan.method === "column" && plan.prospective !== undefined) expected.push("prospective");
  const problems = expected.flatMap((part) => {
    const classes = [0, 0];
    parts.forEach((own, row) => {
      if (own === part) classes[outcome[row]]++;
    });
    if (Math.min(...classes) > 0) return [];
    return [
      `the ${part} set needs patients with and without the event; got ${classes[1]} with and ${classes[0]} without; change the split`,
    ];
  });
  if (problems.length > 0) throw new InputError(problems);
}
