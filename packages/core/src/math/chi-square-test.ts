import { NumericalError } from "../errors.ts";
import { type ContingencyTable, margins, withoutEmptyLevels } from "./contingency-table.ts";
import { chiSquaredUpper } from "./distributions.ts";

/** Pearson's test of independence. */
export interface ChiSquareTest {
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Below 5 the p-value is not to be trusted. */
  readonly smallestExpected: number;
}

/**
 * Pearson's chi-square test that the levels of rows and columns are independent.
 *
 * @param table Counts; levels without patients are left out.
 * @param yates Corrects a 2 by 2 table for continuity, by at most the deviation itself; other tables stay as they are.
 * @throws {NumericalError} Fewer than two rows or columns hold patients.
 * @source Pearson 1900, Phil Mag 50:157-175; Yates 1934, J R Stat Soc Suppl 1:217-235.
 */
export function chiSquareTest(table: ContingencyTable, yates = false): ChiSquareTest {
  const filled = withoutEmptyLevels(table);
  if (filled.rows < 2 || filled.columns < 2)
    throw new NumericalError(
      "the chi-square test is undefined: it needs two levels with patients in rows and columns",
    );
  const sums = margins(filled);
  const expected = filled.counts.map((_, cell) => {
    const [i, j] = [cell % filled.rows, Math.floor(cell / filled.rows)];
    return (sums.rows[i] * sums.columns[j]) / sums.total;
  });
  const correction =
    yates && filled.rows === 2 && filled.columns === 2
      ? Math.min(0.5, Math.abs(filled.counts[0] - expected[0]))
      : 0;
  const chiSquare = filled.counts.reduce((total, count, cell) => {
    const deviation = Math.abs(count - expected[cell]) - correction;
    return total + (deviation * deviation) / expected[cell];
  }, 0);
  const degreesOfFreedom = (filled.rows - 1) * (filled.columns - 1);
  return {
    chiSquare,
    degreesOfFreedom,
    pValue: chiSquaredUpper(chiSquare, degreesOfFreedom),
    smallestExpected: expected.reduce((least, value) => Math.min(least, value), Infinity),
  };
}
