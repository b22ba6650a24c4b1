import { InputError, NumericalError } from "../errors.ts";
import { mean, sampleStandardDeviation, sortedQuantile } from "../math/statistics.ts";
import { levelsTest, meanTest, rankTest } from "./association-tests.ts";
import { type CategoricalColumn, type Cohort, type CohortColumn, SEALED } from "./cohort.ts";
import type { PatientId } from "./patient.ts";
import type { Split, SplitPart } from "./split.ts";
import { categoricalDifference, numericDifference } from "./standardised-difference.ts";
import type {
  CategoricalRow,
  CategoricalSummary,
  Grouping,
  NumericRow,
  NumericSummary,
  TableOne,
  TableOneRow,
} from "./table-one-row.ts";

/**
 * Table 1: the characteristics of the patients by group.
 *
 * @param grouping Groups that are compared; patients in none count in the overall column alone.
 * @returns One row a described variable. Missing values are counted and left out of everything else.
 * @throws {InputError} A membership of another length or outside the levels, or fewer than two levels.
 */
export function tableOne(cohort: Cohort, grouping: Grouping): TableOne {
  checkGrouping(cohort, grouping);
  const sizes = grouping.levels.map((_, level) =>
    grouping.membership.reduce((n, own) => n + (own === level ? 1 : 0), 0),
  );
  return {
    groupedBy: grouping.label,
    groups: grouping.levels.map((label, level) => ({ label, patients: sizes[level] })),
    patients: cohort.patients.length,
    rows: cohort.columns.map((column) => tableOneRow(column, grouping)),
  };
}

/**
 * The patients grouped by outcome.
 *
 * @param label What the event is called, e.g. "nodal metastasis".
 * @returns Groups without and with the event, in this order; patients whose outcome is sealed are in neither.
 */
export function outcomeGrouping({ outcome }: Cohort, label: string): Grouping {
  return {
    label,
    levels: [`no ${label}`, label],
    membership: Int16Array.from(outcome, (event) => (event === SEALED ? -1 : event)),
  };
}

/**
 * The patients grouped by the parts of a split that have patients.
 *
 * @param split Parts of the cohort.
 */
export function splitGrouping({ patients }: Cohort, split: Split): Grouping {
  const parts = (["development", "test", "prospective"] satisfies SplitPart[]).filter(
    (part) => split[part].length > 0,
  );
  const partOf = new Map<PatientId, number>(
    parts.flatMap((part, i) => split[part].map((patient) => [patient, i] as const)),
  );
  return {
    label: "set",
    levels: parts,
    membership: Int16Array.from(patients, (patient) => partOf.get(patient) ?? -1),
  };
}

/**
 * What the values of a numeric variable look like.
 *
 * @param values NaN where missing.
 * @returns Quartiles by linear interpolation (type 7), standard deviation with n - 1.
 */
export function numericSummary(values: Float64Array): NumericSummary {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const present = sorted.length;
  const ifAny = (value: () => number): number | null => (present > 0 ? value() : null);
  return {
    present,
    missing: values.length - present,
    mean: ifAny(() => mean(sorted)),
    standardDeviation: present > 1 ? sampleStandardDeviation(sorted) : null,
    median: ifAny(() => sortedQuantile(sorted, 0.5)),
    firstQuartile: ifAny(() => sortedQuantile(sorted, 0.25)),
    thirdQuartile: ifAny(() => sortedQuantile(sorted, 0.75)),
    minimum: ifAny(() => sorted[0]),
    maximum: ifAny(() => sorted[present - 1]),
  };
}

/**
 * How many patients have each level.
 *
 * @param codes Levels 0..levels-1, -1 where missing.
 * @param levels Number of levels.
 * @example categoricalSummary(Int16Array.of(0, 1, 1, -1), 2).counts // => [1, 2]
 */
export function categoricalSummary(codes: Int16Array, levels: number): CategoricalSummary {
  const counts = new Array<number>(levels).fill(0);
  for (const code of codes) if (code >= 0) counts[code]++;
  const present = counts.reduce((total, count) => total + count, 0);
  const percentages = counts.map((count) => (present > 0 ? (100 * count) / present : null));
  return { present, missing: codes.length - present, counts, percentages };
}

function tableOneRow(column: CohortColumn, grouping: Grouping): TableOneRow {
  if ("codes" in column) return categoricalRow(column, grouping);
  const { variable } = column;
  const groups = grouping.levels.map((_, level) =>
    column.values.filter((_value, row) => grouping.membership[row] === level),
  );
  const known = groups.map((values) => values.filter((value) => !Number.isNaN(value)));
  return {
    variable: variable.name,
    label: variable.label,
    kind: variable.kind,
    unit: variable.kind === "numeric" ? variable.unit : null,
    overall: numericSummary(column.values),
    groups: groups.map(numericSummary),
    ...differenceOrReason(() => numericDifference(known)),
    test: rankTest(known),
    meanTest: meanTest(known),
  } satisfies NumericRow;
}

function categoricalRow(
  { variable, codes }: CategoricalColumn,
  { levels, membership }: Grouping,
): CategoricalRow {
  const count = variable.levels.length;
  const groups = levels.map((_, level) =>
    categoricalSummary(
      codes.filter((_code, row) => membership[row] === level),
      count,
    ),
  );
  const counts = groups.map((group) => group.counts);
  return {
    variable: variable.name,
    label: variable.label,
    kind: variable.kind,
    levels: variable.levels.map(({ label }) => label),
    overall: categoricalSummary(codes, count),
    groups,
    ...differenceOrReason(() => categoricalDifference(counts)),
    test: levelsTest(counts),
  };
}

function differenceOrReason(
  difference: () => number,
): Pick<TableOneRow, "standardisedDifference" | "differenceReason"> {
  try {
    return { standardisedDifference: difference(), differenceReason: null };
  } catch (error) {
    if (error instanceof NumericalError)
      return { standardisedDifference: null, differenceReason: error.message };
    throw error;
  }
}

function checkGrouping({ patients }: Cohort, { label, levels, membership }: Grouping): void {
  if (membership.length !== patients.length)
    throw new InputError(
      `the grouping by ${label} needs a group for ${patients.length} patients; got ${membership.length}`,
    );
  if (levels.length < 2)
    throw new InputError(`the grouping by ${label} needs two groups; got ${levels.length}; leave it out`);
  if (!membership.every((level) => level >= -1 && level < levels.length))
    throw new InputError(
      `the grouping by ${label} needs memberships of its ${levels.length} groups; got another`,
    );
}
