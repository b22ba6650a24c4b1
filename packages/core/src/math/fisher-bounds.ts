import { log } from "./elementary.ts";

/** Largest and smallest log weight, -sum log x!, that tables of given margins can have. */
export interface Bounds {
  /** At least the largest. */
  readonly largest: number;
  /** At most the smallest. */
  readonly smallest: number;
}

/**
 * Bounds on the log weight of every table of two margins, without looking at any table.
 *
 * The upper bound is Lagrange's dual at the multipliers of the independent table mu = r c / n: no cell gains more than
 * x log mu - log x! at x = floor(mu). The lower bound lets each line of the table, on its own, stand in as few cells as
 * the other margin allows, by rows or by columns, whichever is nearer.
 *
 * @param rows Sums of the rows; whole numbers of at least 0.
 * @param columns Sums of the columns, with the same total.
 * @param logFactorial Log of n! at index n, up to the total.
 * @example fisherBounds([1], [1], [0, 0]) // => {"largest":0,"smallest":0}
 */
export function fisherBounds(
  rows: ArrayLike<number>,
  columns: ArrayLike<number>,
  logFactorial: ArrayLike<number>,
): Bounds {
  let total = 0;
  for (let i = 0; i < rows.length; i++) total += rows[i];
  let largest = 0;
  for (let i = 0; i < rows.length; i++)
    for (let j = 0; j < columns.length; j++) {
      if (rows[i] === 0 || columns[j] === 0) continue;
      const mean = (rows[i] * columns[j]) / total;
      const whole = Math.floor(mean);
      largest += (whole - mean) * log(mean) - logFactorial[whole];
    }
  const smallest = Math.max(
    leastOfLines(rows, columns, logFactorial),
    leastOfLines(columns, rows, logFactorial),
  );
  return { largest, smallest };
}

/** The log weight if each line filled the largest cells that the caps allow, as if it were the only one. */
function leastOfLines(
  lines: ArrayLike<number>,
  caps: ArrayLike<number>,
  logFactorial: ArrayLike<number>,
): number {
  const descending = Array.from(caps).sort((a, b) => b - a);
  let least = 0;
  for (let line = 0; line < lines.length; line++) {
    let left = lines[line];
    for (let k = 0; left > 0; k++) {
      const filled = Math.min(left, descending[k]);
      least -= logFactorial[filled];
      left -= filled;
    }
  }
  return least;
}
