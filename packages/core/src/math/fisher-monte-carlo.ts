import { logGamma } from "./log-gamma.ts";
import { type ContingencyTable, margins } from "./contingency-table.ts";
import { createRandom } from "./random.ts";

/**
 * Monte Carlo p-value of Fisher's test: the share of random tables of the same margins that are no more likely.
 *
 * @param table Counts without empty rows and columns.
 * @param draws Number of random tables.
 * @returns (1 + tables no more likely) / (1 + draws), the same at every call.
 * @source Davison & Hinkley 1997, Bootstrap Methods and their Application, section 4.2.
 */
export function fisherMonteCarlo(table: ContingencyTable, draws: number): number {
  const { rows, counts } = table;
  const sums = margins(table);
  const logFactorial = Float64Array.from({ length: sums.total + 1 }, (_, n) => logGamma(n + 1));
  const logLikelihood = (cells: Float64Array): number =>
    -cells.reduce((total, count) => total + logFactorial[count], 0);
  const threshold = logLikelihood(counts) + 1e-7;
  const rowOf = Int32Array.from(sums.rows.flatMap((size, row) => new Array<number>(size).fill(row)));
  const columnOf = Int32Array.from(
    sums.columns.flatMap((size, column) => new Array<number>(size).fill(column)),
  );
  const random = createRandom("fisher-monte-carlo");
  const cells = new Float64Array(counts.length);
  let atMost = 0;
  for (let draw = 0; draw < draws; draw++) {
    cells.fill(0);
    // Fisher-Yates over the rows: pairing them at random with the columns draws a table of the given margins.
    for (let i = rowOf.length - 1; i >= 0; i--) {
      const j = random.integer(i + 1);
      const row = rowOf[j];
      rowOf[j] = rowOf[i];
      rowOf[i] = row;
      cells[columnOf[i] * rows + row]++;
    }
    if (logLikelihood(cells) <= threshold) atMost++;
  }
  return (1 + atMost) / (1 + draws);
}
