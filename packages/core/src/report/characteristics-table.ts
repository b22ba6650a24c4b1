import { isoDate } from "../cohort/date-cell.ts";
import type {
  CategoricalRow,
  CategoricalSummary,
  NumericRow,
  NumericSummary,
  TableOne,
  TableOneRow,
} from "../cohort/table-one-row.ts";
import {
  formatCount,
  formatFixed,
  formatPercent,
  formatPValue,
  formatRange,
  formatSignificant,
  NOT_AVAILABLE,
} from "./format.ts";
import type { PrintedRow, PrintedTable } from "./table.ts";

/** What a table of characteristics compares, and how. */
export interface CharacteristicsComparison {
  /** What the groups are, e.g. `Characteristics by outcome`. */
  readonly title: string;
  /** Without p-values groups are described by standardised differences alone, as the parts of a split are. */
  readonly withTests: boolean;
}

/** Table 1: the patients' characteristics, overall and by group. */
export function characteristicsTable(
  table: TableOne,
  { title, withTests }: CharacteristicsComparison,
): PrintedTable {
  const tests = withTests ? testLetters(table.rows) : null;
  return {
    id: "characteristics",
    title,
    columns: ["", "All", ...table.groups.map(({ label }) => label), "SMD", ...(withTests ? ["p"] : [])],
    rows: [
      {
        kind: "row",
        cells: [
          "Patients",
          formatCount(table.patients),
          ...table.groups.map(({ patients }) => formatCount(patients)),
          ...blanks(tests),
        ],
      },
      ...table.rows.flatMap((row) => ("unit" in row ? numericRows(row, tests) : categoricalRows(row, tests))),
    ],
    note: `Numbers are median (first–third quartile), mean (standard deviation), or count (% of patients with a value; of missing values: of all patients). SMD: standardised mean difference${table.groups.length > 2 ? ", the mean over pairs of groups" : ""}.${tests === null ? "" : testNote(tests)}`,
  };
}

function testNote(tests: Tests): string {
  const names = [...tests].map(([name, letter]) => `${letter}${name}`).join("; ");
  return ` ${names}. Tests leave missing values out. p-values describe: they select no predictor and are not adjusted for their number.`;
}

/** The letter of each test. */
type Tests = ReadonlyMap<string, string>;

/** Cells of a row that compares nothing. */
function blanks(tests: Tests | null): readonly string[] {
  return tests === null ? [""] : ["", ""];
}

/** Raised letters, so that a mark is no part of the number before it. */
const LETTERS = Array.from("\u1d43\u1d47\u1d9c\u1d48\u1d49\u1da0\u1d4d\u02b0");

/** A letter for each test, in order of appearance. */
function testLetters(rows: readonly TableOneRow[]): Tests {
  const names = [...new Set(rows.filter(({ test }) => test.pValue !== null).map(({ test }) => test.name))];
  return new Map(names.map((name, i) => [name, LETTERS[i % LETTERS.length]]));
}

function ends({ standardisedDifference, test }: TableOneRow, tests: Tests | null): readonly string[] {
  if (tests === null) return [formatFixed(standardisedDifference, 2)];
  const letter = tests.get(test.name);
  const p =
    test.pValue === null || letter === undefined ? NOT_AVAILABLE : `${formatPValue(test.pValue)}${letter}`;
  return [formatFixed(standardisedDifference, 2), p];
}

function numericRows(row: NumericRow, tests: Tests | null): readonly PrintedRow[] {
  const label = row.kind === "numeric" && row.unit !== null ? `${row.label}, ${row.unit}` : row.label;
  const all = [row.overall, ...row.groups];
  const most = decimalsOf(row.overall) + 1;
  const print = row.kind === "date" ? dateWords : (own: NumericSummary) => quartileWords(own, most);
  const means: PrintedRow[] =
    row.kind === "date"
      ? []
      : [{ kind: "part", cells: ["mean (SD)", ...all.map((own) => meanWords(own, most)), ...blanks(tests)] }];
  return [
    { kind: "row", cells: [label, ...all.map(print), ...ends(row, tests)] },
    ...means,
    ...missingRows(all, tests),
  ];
}

function categoricalRows(row: CategoricalRow, tests: Tests | null): readonly PrintedRow[] {
  const all = [row.overall, ...row.groups];
  const count = (summary: CategoricalSummary, level: number) =>
    `${formatCount(summary.counts[level])} (${formatPercent(percentageOf(summary, level), 0)})`;
  const isPlain = row.kind === "binary" && row.levels.length === 2;
  if (isPlain)
    return [
      {
        kind: "row",
        cells: [
          `${row.label}: ${row.levels[1]}`,
          ...all.map((summary) => count(summary, 1)),
          ...ends(row, tests),
        ],
      },
      ...missingRows(all, tests),
    ];
  return [
    { kind: "row", cells: [row.label, ...all.map(() => ""), ...ends(row, tests)] },
    ...row.levels.map((level, i): PrintedRow => ({
      kind: "part",
      cells: [level, ...all.map((summary) => count(summary, i)), ...blanks(tests)],
    })),
    ...missingRows(all, tests),
  ];
}

function percentageOf({ percentages }: CategoricalSummary, level: number): number | null {
  const percentage = percentages[level];
  return percentage === null ? null : percentage / 100;
}

function missingRows(
  summaries: readonly { readonly present: number; readonly missing: number }[],
  tests: Tests | null,
): readonly PrintedRow[] {
  if (summaries.every(({ missing }) => missing === 0)) return [];
  const words = summaries.map(({ present, missing }) => {
    const all = present + missing;
    return all === 0 ? formatCount(missing) : `${formatCount(missing)} (${formatPercent(missing / all, 0)})`;
  });
  return [{ kind: "part", cells: ["missing", ...words, ...blanks(tests)] }];
}

function quartileWords({ median, firstQuartile, thirdQuartile }: NumericSummary, most: number): string {
  if (median === null) return NOT_AVAILABLE;
  const decimals = Math.min(most, decimalsFor(median));
  return `${formatFixed(median, decimals)} (${formatRange(firstQuartile, thirdQuartile, decimals)})`;
}

function meanWords({ mean, standardDeviation }: NumericSummary, most: number): string {
  if (mean === null) return NOT_AVAILABLE;
  const decimals = Math.min(most, decimalsFor(mean));
  const spread = standardDeviation === null ? NOT_AVAILABLE : formatFixed(standardDeviation, decimals);
  return decimals > 4
    ? `${formatSignificant(mean, 3)} (${formatSignificant(standardDeviation, 3)})`
    : `${formatFixed(mean, decimals)} (${spread})`;
}

/** Decimals of the values as they were recorded, as their ends show; means and quartiles get at most one more. */
function decimalsOf({ minimum, maximum }: NumericSummary): number {
  const needed = (value: number | null): number => {
    for (let decimals = 0; decimals < 6; decimals++)
      if (value === null || Number(value.toFixed(decimals)) === value) return decimals;
    return 6;
  };
  return Math.max(needed(minimum), needed(maximum));
}

/** About three digits for numbers of any size. */
function decimalsFor(value: number): number {
  const size = Math.abs(value);
  if (size >= 100 || size === 0) return size === 0 ? 1 : 0;
  return size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : size >= 0.01 ? 4 : 5;
}

function dateWords({ minimum, maximum }: NumericSummary): string {
  return minimum === null || maximum === null ? NOT_AVAILABLE : `${isoDate(minimum)} to ${isoDate(maximum)}`;
}
