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

/**
 * Table 1: the patients' characteristics, overall and by group.
 *
 * @param title What the groups are, e.g. `Characteristics by outcome`.
 */
export function characteristicsTable(table: TableOne, title: string): PrintedTable {
  const tests = testLetters(table.rows);
  return {
    id: "characteristics",
    title,
    columns: ["", "All", ...table.groups.map(({ label }) => label), "SMD", "p"],
    rows: [
      {
        kind: "row",
        cells: [
          "Patients",
          formatCount(table.patients),
          ...table.groups.map(({ patients }) => formatCount(patients)),
          "",
          "",
        ],
      },
      ...table.rows.flatMap((row) => ("unit" in row ? numericRows(row, tests) : categoricalRows(row, tests))),
    ],
    note: `Numbers are median (first–third quartile), mean (standard deviation), or count (% of patients with a value). SMD: standardised mean difference, the mean over pairs of groups. ${[...tests].map(([name, letter]) => `${letter}${name}`).join("; ")}. p-values describe; they select no predictor.`,
  };
}

/** Raised letters, so that a mark is no part of the number before it. */
const LETTERS = Array.from("\u1d43\u1d47\u1d9c\u1d48\u1d49\u1da0\u1d4d\u02b0");

/** A letter for each test, in order of appearance. */
function testLetters(rows: readonly TableOneRow[]): ReadonlyMap<string, string> {
  const names = [...new Set(rows.filter(({ test }) => test.pValue !== null).map(({ test }) => test.name))];
  return new Map(names.map((name, i) => [name, LETTERS[i % LETTERS.length]]));
}

function ends(
  { standardisedDifference, test }: TableOneRow,
  tests: ReadonlyMap<string, string>,
): readonly string[] {
  const letter = tests.get(test.name);
  const p =
    test.pValue === null || letter === undefined ? NOT_AVAILABLE : `${formatPValue(test.pValue)}${letter}`;
  return [formatFixed(standardisedDifference, 2), p];
}

function numericRows(row: NumericRow, tests: ReadonlyMap<string, string>): readonly PrintedRow[] {
  const label = row.kind === "numeric" && row.unit !== null ? `${row.label}, ${row.unit}` : row.label;
  const all = [row.overall, ...row.groups];
  const print = row.kind === "date" ? dateWords : quartileWords;
  const means: PrintedRow[] =
    row.kind === "date" ? [] : [{ kind: "part", cells: ["mean (SD)", ...all.map(meanWords), "", ""] }];
  return [
    { kind: "row", cells: [label, ...all.map(print), ...ends(row, tests)] },
    ...means,
    ...missingRows(all),
  ];
}

function categoricalRows(row: CategoricalRow, tests: ReadonlyMap<string, string>): readonly PrintedRow[] {
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
      ...missingRows(all),
    ];
  return [
    { kind: "row", cells: [row.label, ...all.map(() => ""), ...ends(row, tests)] },
    ...row.levels.map((level, i): PrintedRow => ({
      kind: "part",
      cells: [level, ...all.map((summary) => count(summary, i)), "", ""],
    })),
    ...missingRows(all),
  ];
}

function percentageOf({ percentages }: CategoricalSummary, level: number): number | null {
  const percentage = percentages[level];
  return percentage === null ? null : percentage / 100;
}

function missingRows(summaries: readonly { readonly missing: number }[]): readonly PrintedRow[] {
  if (summaries.every(({ missing }) => missing === 0)) return [];
  return [
    { kind: "part", cells: ["missing", ...summaries.map(({ missing }) => formatCount(missing)), "", ""] },
  ];
}

function quartileWords({ median, firstQuartile, thirdQuartile }: NumericSummary): string {
  if (median === null) return NOT_AVAILABLE;
  const decimals = decimalsFor(median);
  return `${formatFixed(median, decimals)} (${formatRange(firstQuartile, thirdQuartile, decimals)})`;
}

function meanWords({ mean, standardDeviation }: NumericSummary): string {
  if (mean === null) return NOT_AVAILABLE;
  const decimals = decimalsFor(mean);
  const spread = standardDeviation === null ? NOT_AVAILABLE : formatFixed(standardDeviation, decimals);
  return decimals > 4
    ? `${formatSignificant(mean, 3)} (${formatSignificant(standardDeviation, 3)})`
    : `${formatFixed(mean, decimals)} (${spread})`;
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
