import { InputError } from "../errors.ts";
import type { Random } from "../math/random.ts";
import { allowedCodes, findLevel } from "./code-book.ts";
import type { CategoricalColumn, Cohort } from "./cohort.ts";
import { findCategorical } from "./find-variable.ts";
import { type PatientId, sortedPatients } from "./patient.ts";
import { NO_UNITS, type PatientUnits, unitsAmong } from "./patient-units.ts";
import { drawTestSet } from "./random-split.ts";
import { isFromDay, refusePatients } from "./split-by-date.ts";

/** A prospective phase that begins on a day; neither development nor test set holds a patient of it. */
export interface ProspectivePhase {
  /** First day, as year-month-day. */
  readonly prospectiveFrom?: string | undefined;
  /** Date of enrolment, which tells the phases apart. */
  readonly dateColumn?: string | undefined;
}

/** How test and prospective set are set apart. Codes are those of the code-book. */
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
      /** First day of the prospective set, after that of the test set. */
      readonly prospectiveFrom?: string | undefined;
    }
  | (ProspectivePhase & {
      readonly method: "centre";
      readonly column: string;
      readonly test: readonly (string | number)[];
    })
  | (ProspectivePhase & {
      readonly method: "random";
      /** Share of the patients before the prospective phase, in (0, 1). */
      readonly testShare: number;
      /** Variables with levels whose shares the parts keep, beside the outcome. */
      readonly stratifyBy: readonly string[];
    });

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
 * @param units Patients that the plan `random` keeps together; others follow what the table says.
 * @returns Whole patients; together they are the cohort.
 * @throws {InputError} An unknown variable or level, a patient whose value of the split's variable is missing or stands
 *   for no part, or a part without patients of both classes.
 */
export function splitCohort(
  cohort: Cohort,
  plan: SplitPlan,
  random: Random,
  units: PatientUnits = NO_UNITS,
): Split {
  const parts =
    plan.method === "random" ? partsAtRandom(cohort, plan, random, units) : partOfEach(cohort, plan);
  const of = (wanted: SplitPart) => cohort.patients.filter((_, row) => parts[row] === wanted);
  const split = { development: of("development"), test: of("test"), prospective: of("prospective") };
  if (plan.method !== "none") checkParts(cohort, parts, plan);
  return split;
}

/**
 * Whether each patient belongs to the prospective phase of a plan; no outcome is looked at.
 *
 * @returns One entry a patient; null where the plan has no such phase.
 * @throws {InputError} As {@link splitCohort}, for what tells the phase apart.
 */
export function prospectivePhase(cohort: Cohort, plan: SplitPlan): readonly boolean[] | null {
  if (!namesProspective(plan)) return null;
  switch (plan.method) {
    case "none":
      return null;
    case "column": {
      const column = findCategorical(cohort, plan.column, "the split by a column");
      const level = levelOf(column, plan.prospective!);
      return Array.from(column.codes, (code) => code === level);
    }
    case "temporal":
      return isFromDay(cohort, plan.column, plan.prospectiveFrom!, "prospective");
    case "centre":
    case "random":
      return prospectivePatients(cohort, plan);
  }
}

function partOfEach(cohort: Cohort, plan: Exclude<SplitPlan, { method: "random" }>): SplitPart[] {
  switch (plan.method) {
    case "none":
      return cohort.patients.map(() => "development");
    case "column":
      return partsByColumn(cohort, plan);
    case "temporal":
      return partsByDate(cohort, plan);
    case "centre":
      return partsByCentre(cohort, plan);
  }
}

function partsAtRandom(
  cohort: Cohort,
  plan: SplitPlan & { readonly method: "random" },
  random: Random,
  units: PatientUnits,
): SplitPart[] {
  const strata = plan.stratifyBy.map((name) => findCategorical(cohort, name, "the stratified split").codes);
  const isProspective = prospectivePatients(cohort, plan);
  const parts = isProspective.map((later): SplitPart => (later ? "prospective" : "development"));
  const row = new Map(cohort.patients.map((patient, index) => [patient, index]));
  const earlier = cohort.patients.filter((_, index) => !isProspective[index]);
  const order = sortedPatients(earlier).map((patient) => row.get(patient)!);
  const drawn = unitsAmong(
    order.map((index) => cohort.patients[index]),
    Uint8Array.from(order, (index) => cohort.outcome[index]),
    units,
  );
  const test = drawTestSet(
    drawn.outcome,
    strata.map((codes) => Int16Array.from(drawn.representatives, (position) => codes[order[position]])),
    plan.testShare,
    random,
  );
  order.forEach((index, position) => {
    if (test[drawn.unitOf[position]] === 1) parts[index] = "test";
  });
  return parts;
}

/** Whether each patient belongs to the prospective phase; none where the plan names no such phase. */
function prospectivePatients(cohort: Cohort, { prospectiveFrom, dateColumn }: ProspectivePhase): boolean[] {
  if (prospectiveFrom === undefined && dateColumn === undefined) return cohort.patients.map(() => false);
  if (prospectiveFrom === undefined || dateColumn === undefined)
    throw new InputError(
      "a prospective phase needs its first day and the column of the date; got one of them; state prospectiveFrom and dateColumn",
    );
  return isFromDay(cohort, dateColumn, prospectiveFrom, "prospective");
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
  refusePatients(
    cohort,
    plan.column,
    Array.from(column.codes, (code) => !partOfLevel.has(code)),
    "a code of one of its parts",
  );
  return Array.from(column.codes, (code) => partOfLevel.get(code)!);
}

function partsByDate(cohort: Cohort, plan: SplitPlan & { readonly method: "temporal" }): SplitPart[] {
  const { column, testFrom, prospectiveFrom } = plan;
  const isTested = isFromDay(cohort, column, testFrom, "test");
  const isLast =
    prospectiveFrom === undefined ? null : isFromDay(cohort, column, prospectiveFrom, "prospective");
  return isTested.map((tested, row) =>
    isLast?.[row] === true ? "prospective" : tested ? "test" : "development",
  );
}

function partsByCentre(cohort: Cohort, plan: SplitPlan & { readonly method: "centre" }): SplitPart[] {
  const column = findCategorical(cohort, plan.column, "the split by centre");
  const test = new Set(plan.test.map((code) => levelOf(column, code)));
  const isProspective = prospectivePatients(cohort, plan);
  refusePatients(
    cohort,
    plan.column,
    Array.from(column.codes, (code) => code < 0),
    "a centre",
  );
  return isProspective.map((later, row) =>
    later ? "prospective" : test.has(column.codes[row]) ? "test" : "development",
  );
}

function levelOf({ variable }: CategoricalColumn, code: string | number): number {
  const level = findLevel(variable.levels, String(code), ".");
  if (level < 0)
    throw new InputError(
      `the split by ${variable.name} needs one of the levels ${allowedCodes(variable.levels)}; got "${code}"; correct it`,
    );
  return level;
}

function checkParts({ outcome }: Cohort, parts: readonly SplitPart[], plan: SplitPlan): void {
  const expected: SplitPart[] = ["development", "test"];
  if (namesProspective(plan)) expected.push("prospective");
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

function namesProspective(plan: SplitPlan): boolean {
  if (plan.method === "none") return false;
  return plan.method === "column" ? plan.prospective !== undefined : plan.prospectiveFrom !== undefined;
}
