import { expect } from "vitest";
import { tableOne } from "../../packages/core/src/cohort/table-one.ts";
import { meanTest } from "../../packages/core/src/cohort/association-tests.ts";
import type { Cohort, CohortColumn } from "../../packages/core/src/cohort/cohort.ts";
import { patientId } from "../../packages/core/src/cohort/patient.ts";
import type {
  CategoricalSummary,
  Grouping,
  TableOneRow,
} from "../../packages/core/src/cohort/table-one-row.ts";
import { InputError, NumericalError } from "../../packages/core/src/errors.ts";
import { adjustPValues, type Adjustment } from "../../packages/core/src/math/adjust-p-values.ts";
import { chiSquareTest } from "../../packages/core/src/math/chi-square-test.ts";
import {
  type ContingencyTable,
  crossTabulate,
  withoutEmptyLevels,
} from "../../packages/core/src/math/contingency-table.ts";
import { kendallTest, pearsonTest, spearmanTest } from "../../packages/core/src/math/correlation-tests.ts";
import { fisherExactTest } from "../../packages/core/src/math/fisher-exact.ts";
import { fisherOddsRatio } from "../../packages/core/src/math/fisher-odds-ratio.ts";
import { cohenKappa } from "../../packages/core/src/math/kappa.ts";
import {
  kruskalWallis,
  wilcoxonRankSum,
  wilcoxonSignedRank,
} from "../../packages/core/src/math/rank-tests.ts";
import { shapiroWilk } from "../../packages/core/src/math/shapiro-wilk.ts";
import { skewness } from "../../packages/core/src/math/skewness.ts";
import { studentTTest, type TTest, welchTTest } from "../../packages/core/src/math/t-tests.ts";
import {
  type FTest,
  leveneTest,
  oneWayAnova,
  welchAnova,
} from "../../packages/core/src/math/variance-analysis.ts";
import { levelsOf } from "../levels-of.ts";
import { numbers, type OracleTable, readOracleTable, texts } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { psychWeightedVariance } from "./psych-weighted-variance.ts";
import { printedByR } from "./r-fisher-limits.ts";

interface Spec {
  readonly variable: string;
  readonly by: string;
}

interface TableOneSpec {
  readonly vars: readonly string[];
  readonly categorical: readonly string[];
  readonly by: string;
}

interface SamplesSpec {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

interface CorrelationSpec {
  readonly x: string;
  readonly y: string;
}

interface AdjustSpec {
  readonly p: readonly (number | null)[];
}

interface KappaSpec {
  readonly nominal: string;
  readonly ordinal: string;
}

const codesOf = (cells: readonly (string | null)[], levels: readonly string[]): Int16Array =>
  Int16Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell)));

/** The row of Table 1 that the project's own function makes of one column of the file. */
const rowOf = (
  table: OracleTable,
  column: CohortColumn,
  by: string,
): { row: TableOneRow; grouping: Grouping } => {
  const cells = texts(table, by);
  const levels = levelsOf(cells);
  const grouping = { label: by, levels, membership: codesOf(cells, levels) };
  const cohort: Cohort = {
    patients: Array.from({ length: table.rows }, (_, i) => patientId(String(i))),
    outcome: new Uint8Array(table.rows),
    columns: [column],
    images: [],
  };
  return { row: tableOne(cohort, grouping).rows[0], grouping };
};

const numericColumn = (table: OracleTable, name: string): CohortColumn => ({
  variable: { kind: "numeric", name, label: name, unit: null, knownAt: "before-surgery" },
  values: numbers(table, name),
});

const categoricalColumn = (table: OracleTable, name: string): CohortColumn => {
  const cells = texts(table, name);
  const codes = levelsOf(cells);
  const levels = codes.map((code) => ({ code, label: code }));
  const variable = {
    kind: "categorical",
    name,
    label: name,
    knownAt: "before-surgery",
    levels,
    reference: codes[0],
  } as const;
  return { variable, codes: codesOf(cells, codes) };
};

const presentByGroup = (values: Float64Array, { levels, membership }: Grouping): Float64Array[] =>
  levels.map((_, level) => values.filter((value, i) => membership[i] === level && !Number.isNaN(value)));

const byLevel = <T>(levels: readonly string[], values: readonly T[]): Record<string, T> =>
  Object.fromEntries(levels.map((level, i) => [level, values[i]]));

/** Null where a measure does not exist for these data. */
const defined = <T>(measure: () => T): T | null => {
  try {
    return measure();
  } catch (error) {
    if (error instanceof InputError || error instanceof NumericalError) return null;
    throw error;
  }
};

const fAnswer = ({ f, numeratorDegrees, denominatorDegrees, pValue }: FTest) => ({
  F: f,
  df1: numeratorDegrees,
  df2: denominatorDegrees,
  p: pValue,
});
const tAnswer = ({ t, degreesOfFreedom, pValue, lower, upper }: TTest) => ({
  t,
  df: degreesOfFreedom,
  p: pValue,
  diff_ci: [lower, upper],
});

const continuous = (table: OracleTable, { variable, by }: Spec): unknown => {
  const column = numericColumn(table, variable);
  const { row, grouping } = rowOf(table, column, by);
  if (row.kind !== "numeric" || "codes" in column) throw new Error("a numeric column makes a numeric row");
  const groups = presentByGroup(column.values, grouping);
  const summary = (
    {
      present,
      mean,
      standardDeviation,
      median,
      firstQuartile,
      thirdQuartile,
      minimum,
      maximum,
    }: typeof row.overall,
    values: Float64Array,
  ) => ({
    n: present,
    mean,
    sd: standardDeviation,
    median,
    q1: firstQuartile,
    q3: thirdQuartile,
    min: minimum,
    max: maximum,
    skew_g1: defined(() => skewness(values)),
  });
  const kruskal = defined(() => kruskalWallis(groups));
  const two = () => {
    const [a, b] = groups;
    const rank = (continuity: boolean) =>
      defined(() => {
        const { statistic, pValue } = wilcoxonRankSum(a, b, { exact: false, continuity });
        return { W: statistic, p: pValue };
      });
    const levene = defined(() => leveneTest(groups));
    return {
      t_equal: defined(() => tAnswer(studentTTest(a, b))),
      t_welch: defined(() => tAnswer(welchTTest(a, b))),
      wilcoxon_cc: rank(true),
      wilcoxon_nocc: rank(false),
      smd: row.standardisedDifference,
      levene_median: levene === null ? null : { F: levene.f, p: levene.pValue },
    };
  };
  return {
    missing: row.overall.missing,
    overall: summary(
      row.overall,
      column.values.filter((value) => !Number.isNaN(value)),
    ),
    groups: byLevel(
      grouping.levels,
      row.groups.map((group, g) => summary(group, groups[g])),
    ),
    anova_equal_var: defined(() => ({ ...fAnswer(oneWayAnova(groups)), p: row.meanTest.pValue })),
    anova_welch: defined(() => fAnswer(welchAnova(groups))),
    kruskal: kruskal === null ? null : { chisq: kruskal.h, df: kruskal.degreesOfFreedom, p: kruskal.pValue },
    shapiro_by_group: byLevel(
      grouping.levels,
      groups.map((group) =>
        defined(() => {
          const { w, pValue } = shapiroWilk(group);
          return { W: w, p: pValue };
        }),
      ),
    ),
    ...(groups.length === 2 ? two() : {}),
  };
};

const chiAnswer = (table: ContingencyTable, yates: boolean) => {
  const { chiSquare, degreesOfFreedom, pValue, smallestExpected } = chiSquareTest(table, yates);
  return { chisq: chiSquare, df: degreesOfFreedom, p: pValue, min_expected: smallestExpected };
};

/** Distance of two odds ratios on the side of 1 where R searches. */
const distance = (a: number, b: number): number =>
  Math.min(a, b) > 1 ? Math.abs(1 / a - 1 / b) : Math.abs(a - b);

const fisherAnswer = (table: ContingencyTable): unknown => {
  const p = fisherExactTest(table).pValue;
  const filled = withoutEmptyLevels(table);
  if (filled.rows !== 2 || filled.columns !== 2) return { p };
  const [a, c, b, d] = filled.counts;
  const exact = fisherOddsRatio([a, b, c, d]);
  const printed = printedByR([a, b, c, d]);
  // R's numbers stand for the exact ones as far as its root search goes.
  for (const key of ["value", "lower", "upper"] as const)
    if (Number.isFinite(exact[key])) expect(distance(exact[key], printed[key])).toBeLessThan(2e-4);
  const { value, lower, upper } = printed;
  return { p, or_cond_mle: value, or_ci: [lower, upper] };
};

const categorical = (table: OracleTable, { variable, by }: Spec): unknown => {
  const column = categoricalColumn(table, variable);
  const { row, grouping } = rowOf(table, column, by);
  if (!("levels" in row) || !("codes" in column)) throw new Error("levels make a row of levels");
  const counts = crossTabulate(column.codes, grouping.membership, row.levels.length, grouping.levels.length);
  const nested = (value: (group: CategoricalSummary, level: number) => unknown) =>
    byLevel(
      row.levels,
      row.levels.map((_, level) =>
        byLevel(
          grouping.levels,
          row.groups.map((group) => value(group, level)),
        ),
      ),
    );
  return {
    missing: row.overall.missing,
    counts: nested((group, level) => group.counts[level]),
    col_percent: nested((group, level) => group.percentages[level]),
    chisq_nocc: defined(() => chiAnswer(counts, false)),
    chisq_yates: defined(() => chiAnswer(counts, true)),
    fisher: defined(() => fisherAnswer(counts)),
    smd: row.standardisedDifference,
  };
};

/** A constant has no test: each of the row's tests must be null with a reason. */
const constant = (table: OracleTable, { variable, by }: Spec): unknown => {
  const { row } = rowOf(table, numericColumn(table, variable), by);
  if (row.kind !== "numeric") throw new Error("a numeric column makes a numeric row");
  const tests = [row.test, row.meanTest];
  const estimable = tests.some(({ pValue, reason }) => pValue !== null || reason === null);
  return { p: tests.find(({ pValue }) => pValue !== null)?.pValue ?? null, estimable };
};

const wholeTable = (table: OracleTable, { vars, categorical: levelled, by }: TableOneSpec): unknown => {
  const answer: Record<string, Record<string, unknown>> = {
    cont_pNormal: {},
    cont_pNonNormal: {},
    cat_pApprox: {},
    cat_pExact: {},
    smd: {},
  };
  for (const name of vars) {
    const column = levelled.includes(name) ? categoricalColumn(table, name) : numericColumn(table, name);
    const { row, grouping } = rowOf(table, column, by);
    answer["smd"][name] = row.standardisedDifference;
    if ("codes" in column) {
      const counts = crossTabulate(
        column.codes,
        grouping.membership,
        column.variable.levels.length,
        grouping.levels.length,
      );
      answer["cat_pApprox"][name] = chiSquareTest(counts, true).pValue;
      answer["cat_pExact"][name] = fisherExactTest(counts).pValue;
    } else {
      const groups = presentByGroup(column.values, grouping);
      answer["cont_pNormal"][name] = meanTest(groups).pValue;
      answer["cont_pNonNormal"][name] = kruskalWallis(groups).pValue;
    }
  }
  return answer;
};

const wilcoxonExact = ({ a, b }: SamplesSpec): unknown => {
  const unpaired = wilcoxonRankSum(a, b, { exact: true });
  const pairs = Math.min(a.length, b.length);
  const paired = wilcoxonSignedRank(
    b.slice(0, pairs).map((value, i) => a[i] - value),
    { exact: true },
  );
  return { W: unpaired.statistic, p: unpaired.pValue, paired_V: paired.statistic, paired_p: paired.pValue };
};

const correlation = (table: OracleTable, { x, y }: CorrelationSpec): unknown => {
  const [first, second] = [numbers(table, x), numbers(table, y)];
  const complete = first.map((value, i) => value + second[i]);
  const pair = [first, second].map((values) => values.filter((_, i) => !Number.isNaN(complete[i])));
  const [pearson, spearman, kendall] = [
    pearsonTest(pair[0], pair[1]),
    spearmanTest(pair[0], pair[1]),
    kendallTest(pair[0], pair[1]),
  ];
  return {
    pearson: { r: pearson.correlation, p: pearson.pValue, ci: [pearson.lower, pearson.upper] },
    spearman: { rho: spearman.correlation, p: spearman.pValue },
    kendall: { tau_b: kendall.correlation, p: kendall.pValue },
  };
};

const adjustments: Readonly<Record<string, Adjustment>> = {
  bonferroni: "bonferroni",
  holm: "holm",
  hochberg: "hochberg",
  BH: "benjamini-hochberg",
  BY: "benjamini-yekutieli",
};

const adjusted = ({ p }: AdjustSpec): unknown => {
  const values = p.map((value) => value ?? NaN);
  return Object.fromEntries(
    Object.entries(adjustments).map(([name, adjustment]) => [name, adjustPValues(values, adjustment)]),
  );
};

/** Ratings of two readers, as "COLUMN reader A vs B" says, cross-tabulated by subject. */
const ratings = (table: OracleTable, description: string): ContingencyTable => {
  const match = /^(\S+) reader (\S+) vs (\S+?)(,|$)/.exec(description);
  if (match === null) throw new Error(`cannot read "${description}"`);
  const [, name, first, second] = match;
  const [subjects, readers, cells] = [texts(table, "subject"), texts(table, "reader"), texts(table, name)];
  const of = (reader: string) =>
    new Map(subjects.flatMap((subject, i) => (readers[i] === reader ? [[subject, cells[i]] as const] : [])));
  const [a, b] = [of(first), of(second)];
  const pairs = [...a].map(([subject, rating]) => [rating, b.get(subject) ?? null] as const);
  const levels = levelsOf(pairs.flat());
  const codes = [0, 1].map((reader) =>
    codesOf(
      pairs.map((pair) => pair[reader]),
      levels,
    ),
  );
  return crossTabulate(codes[0], codes[1], levels.length, levels.length);
};

const kappa = (table: OracleTable, { nominal, ordinal }: KappaSpec): unknown => {
  const [named, ordered] = [cohenKappa(ratings(table, nominal)), cohenKappa(ratings(table, ordinal))];
  const weighted = cohenKappa(ratings(table, ordinal), "quadratic");
  return {
    nominal: { kappa: named.value, var: named.variance },
    ordinal: {
      kappa: ordered.value,
      weighted_kappa_quadratic: weighted.value,
      var_weighted: psychWeightedVariance(ratings(table, ordinal)),
    },
  };
};

testOracles("02", {
  "table1.continuous": (oracle) => continuous(readOracleTable(oracle), oracle.spec as Spec),
  "table1.categorical": (oracle) => categorical(readOracleTable(oracle), oracle.spec as Spec),
  "table1.constant": (oracle) => constant(readOracleTable(oracle), oracle.spec as Spec),
  "table1.tableone": (oracle) => wholeTable(readOracleTable(oracle), oracle.spec as TableOneSpec),
  "test.wilcoxon_exact": (oracle) => wilcoxonExact(oracle.spec as SamplesSpec),
  correlation: (oracle) => correlation(readOracleTable(oracle), oracle.spec as CorrelationSpec),
  p_adjust: (oracle) => adjusted(oracle.spec as AdjustSpec),
  "kappa.cohen": (oracle) => kappa(readOracleTable(oracle), oracle.spec as KappaSpec),
});
