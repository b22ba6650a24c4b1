/** Number of patients with a value, and what the values look like; null where no patient has one. */
export interface NumericSummary {
  readonly present: number;
  readonly missing: number;
  readonly mean: number | null;
  /** Null for fewer than two values. */
  readonly standardDeviation: number | null;
  readonly median: number | null;
  readonly firstQuartile: number | null;
  readonly thirdQuartile: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/** Patients of each level; percentages are of the patients with a value. */
export interface CategoricalSummary {
  readonly present: number;
  readonly missing: number;
  readonly counts: readonly number[];
  /** 0..100; null where no patient of the group has a value. */
  readonly percentages: readonly (number | null)[];
}

/** A test of the difference between the groups, with its name for the foot of the table. */
export interface GroupTest {
  readonly name: string;
  /** Null where the test does not exist; `reason` says why. */
  readonly pValue: number | null;
  readonly reason: string | null;
}

interface RowBase {
  /** Column of the cohort table. */
  readonly variable: string;
  readonly label: string;
  /** Standardised mean difference, the mean over all pairs of groups, not negative; null where it does not exist. */
  readonly standardisedDifference: number | null;
  /** Why the standardised difference does not exist; null where it does. */
  readonly differenceReason: string | null;
  /** The test to print. */
  readonly test: GroupTest;
}

/** A numeric variable or a date (days since 1970-01-01). */
export interface NumericRow extends RowBase {
  readonly kind: "numeric" | "date";
  readonly unit: string | null;
  readonly overall: NumericSummary;
  /** In the order of the grouping's levels. */
  readonly groups: readonly NumericSummary[];
  /** The test of the means beside that of the ranks, for tables that print the mean. */
  readonly meanTest: GroupTest;
}

/** A variable with levels. */
export interface CategoricalRow extends RowBase {
  readonly kind: "binary" | "categorical" | "ordinal";
  /** Labels of the levels, in the order of the counts. */
  readonly levels: readonly string[];
  readonly overall: CategoricalSummary;
  readonly groups: readonly CategoricalSummary[];
}

/** A variable of Table 1. */
export type TableOneRow = NumericRow | CategoricalRow;

/** Groups that Table 1 compares. */
export interface Grouping {
  readonly label: string;
  readonly levels: readonly string[];
  /** Index into `levels`, -1 for a patient in none; one per patient. */
  readonly membership: Int16Array;
}

/** The characteristics of the patients by group. */
export interface TableOne {
  readonly groupedBy: string;
  readonly groups: readonly { readonly label: string; readonly patients: number }[];
  readonly patients: number;
  readonly rows: readonly TableOneRow[];
}
