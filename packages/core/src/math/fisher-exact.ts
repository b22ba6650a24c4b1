import { NumericalError } from "../errors.ts";
import { type ContingencyTable, withoutEmptyLevels } from "./contingency-table.ts";
import { fisherTwoByTwo } from "./fisher-odds-ratio.ts";
import { fisherNetwork } from "./fisher-network.ts";
import { fisherMonteCarlo } from "./fisher-monte-carlo.ts";

/** Fisher's test of independence. */
export interface FisherTest {
  readonly pValue: number;
  /** Tables drawn at random where the exact sum would take too long; null for an exact p-value. */
  readonly simulatedTables: number | null;
}

/** Tables drawn where an exact p-value takes too long; its standard error is then at most 0.005. */
const SIMULATED_TABLES = 10_000;

/**
 * Fisher's exact test that the levels of rows and columns are independent, for tables of any size.
 *
 * @param table Counts; levels without patients are left out.
 * @returns P-value in (0, 1]: the probability of all tables of the same margins that are no more likely. A table whose
 *   exact sum would take more than a second or two gets a Monte Carlo p-value, the same at every call.
 * @throws {NumericalError} Fewer than two rows or columns hold patients.
 * @source Freeman & Halton 1951, Biometrika 38:141-149.
 */
export function fisherExactTest(table: ContingencyTable): FisherTest {
  const filled = withoutEmptyLevels(table);
  if (filled.rows < 2 || filled.columns < 2)
    throw new NumericalError(
      "Fisher's test is undefined: it needs two levels with patients in rows and columns",
    );
  if (filled.rows === 2 && filled.columns === 2) {
    const [a, c, b, d] = filled.counts;
    return { pValue: fisherTwoByTwo([a, b, c, d]), simulatedTables: null };
  }
  const exact = fisherNetwork(filled);
  if (exact !== null) return { pValue: exact, simulatedTables: null };
  return { pValue: fisherMonteCarlo(filled, SIMULATED_TABLES), simulatedTables: SIMULATED_TABLES };
}
