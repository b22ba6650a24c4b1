import type { PatientId } from "../../cohort/patient.ts";
import type { NumericPredictor, PredictorTable } from "../../features/predictor-table.ts";
import { pearson } from "../../math/statistics.ts";

/** A column with fewer different values is a code and not a measurement. */
const FEWEST_VALUES = 11;

/** Columns that correlate more with a chosen one say the same again. */
const MOST_CORRELATED = 0.7;

/** Columns that are enough to tell patients apart. */
const MOST_COLUMNS = 8;

/** Equal rows are told only where chance would make fewer pairs than this. */
const EXPECTED_BY_CHANCE = 0.01;

/**
 * Patients whose measurements are all the same, where chance cannot explain it: the number of equal pairs that independent
 * columns would give is below 0.01.
 *
 * @param table One row a patient; rows of one patient are not compared with each other.
 * @returns Pairs of neighbours among the equal ones, so that three equal rows are two pairs; none where there are too few
 *   measurements to tell.
 */
export function equalRows(table: PredictorTable): readonly (readonly [PatientId, PatientId])[] {
  const { patients } = table;
  const measured = table.columns.filter(
    (column): column is NumericPredictor =>
      column.kind === "numeric" && new Set(column.values).size >= FEWEST_VALUES,
  );
  const telling = tellingColumns(measured);
  if (expectedPairs(telling, patients.length) >= EXPECTED_BY_CHANCE) return [];
  const rows = new Map<string, number[]>();
  for (let row = 0; row < patients.length; row++) {
    const key = measured.map(({ values }) => values[row]).join(" ");
    rows.set(key, [...(rows.get(key) ?? []), row]);
  }
  return [...rows.values()].flatMap((equal) =>
    equal.slice(1).flatMap((row, index): (readonly [PatientId, PatientId])[] => {
      const [first, second] = [patients[equal[index]], patients[row]];
      return first === second ? [] : [[first, second]];
    }),
  );
}

/** The columns with the most different values that do not repeat each other. */
function tellingColumns(columns: readonly NumericPredictor[]): readonly NumericPredictor[] {
  const ordered = columns
    .map((column) => ({ column, different: new Set(column.values).size }))
    .sort((a, b) => b.different - a.different);
  const chosen: NumericPredictor[] = [];
  for (const { column } of ordered) {
    if (chosen.length === MOST_COLUMNS) break;
    if (chosen.every((other) => !repeats(other, column))) chosen.push(column);
  }
  return chosen;
}

function repeats(first: NumericPredictor, second: NumericPredictor): boolean {
  const rows = [...first.values.keys()].filter(
    (row) => !Number.isNaN(first.values[row]) && !Number.isNaN(second.values[row]),
  );
  if (rows.length < 3) return true;
  const correlation = pearson(
    rows.map((row) => first.values[row]),
    rows.map((row) => second.values[row]),
  );
  return !(Math.abs(correlation) <= MOST_CORRELATED);
}

/** Pairs of rows times the share of pairs that each column alone cannot tell apart. */
function expectedPairs(columns: readonly NumericPredictor[], rows: number): number {
  const pairs = (rows * (rows - 1)) / 2;
  return columns.reduce((expected, { values }) => {
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    let equal = 0;
    for (const count of counts.values()) equal += (count * (count - 1)) / 2;
    return expected * (equal / pairs);
  }, pairs);
}
