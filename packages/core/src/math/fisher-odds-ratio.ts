import { InputError } from "../errors.ts";
import { exp } from "./elementary.ts";
import { logGamma } from "./log-gamma.ts";

/** Conditional odds ratio of a 2 by 2 table with its exact interval. */
export interface ExactOddsRatio {
  /** Conditional maximum likelihood estimate, 0 to Infinity. */
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** The count in the first cell given the margins: its support and the logarithms of its hypergeometric density. */
interface FirstCell {
  readonly least: number;
  readonly logDensity: Float64Array;
}

/**
 * The conditional odds ratio of a 2 by 2 table.
 *
 * @param counts The cells a, b (first row), c, d (second row).
 * @param level Confidence level of the exact (Clopper-Pearson type) interval, in (0, 1).
 * @returns 0 or Infinity where the first cell is as small or as large as the margins allow.
 * @throws {InputError} A level outside (0, 1).
 * @source Fisher 1935, J R Stat Soc 98:39-82; Cornfield 1956, Proc 3rd Berkeley Symp 4:135-148.
 */
export function fisherOddsRatio(
  counts: readonly [number, number, number, number],
  level = 0.95,
): ExactOddsRatio {
  if (!(level > 0 && level < 1))
    throw new InputError(`a confidence level lies between 0 and 1; got ${level}; choose 0.95`);
  const cell = firstCell(counts);
  const observed = counts[0] - cell.least;
  const [first, last] = [observed === 0, observed === cell.logDensity.length - 1];
  const tail = (1 - level) / 2;
  const expected = (logOdds: number): number => tilted(cell, logOdds, (x) => x) - observed;
  const atMost = (logOdds: number): number => tail - tilted(cell, logOdds, (x) => (x <= observed ? 1 : 0));
  const atLeast = (logOdds: number): number => tilted(cell, logOdds, (x) => (x >= observed ? 1 : 0)) - tail;
  return {
    value: first ? 0 : last ? Infinity : exp(increasingRoot(expected)),
    lower: first ? 0 : exp(increasingRoot(atLeast)),
    upper: last ? Infinity : exp(increasingRoot(atMost)),
  };
}

/**
 * Fisher's two-sided p-value of a 2 by 2 table: all tables of the same margins that are no more likely.
 *
 * @param counts The cells a, b (first row), c, d (second row).
 * @returns In (0, 1]; 1 where a margin is empty. Tables within 1e-7 of the observed one's probability count, as in R.
 * @source Fisher 1935, J R Stat Soc 98:39-82.
 * @example fisherTwoByTwo([3, 1, 1, 3]) // => 0.48571428571428565
 */
export function fisherTwoByTwo(counts: readonly [number, number, number, number]): number {
  const cell = firstCell(counts);
  const observed = cell.logDensity[counts[0] - cell.least];
  let total = 0;
  for (const logDensity of cell.logDensity) if (logDensity <= observed + 1e-7) total += exp(logDensity);
  return Math.min(1, total);
}

function firstCell([a, b, c, d]: readonly [number, number, number, number]): FirstCell {
  const [row, column, total] = [a + b, a + c, a + b + c + d];
  const least = Math.max(0, row + column - total);
  const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  const logDensity = Float64Array.from(
    { length: Math.min(row, column) - least + 1 },
    (_, x) =>
      logChoose(row, least + x) + logChoose(total - row, column - least - x) - logChoose(total, column),
  );
  return { least, logDensity };
}

/** Expectation of a measure of the first cell's offset from its least value, for a given log odds ratio. */
function tilted({ logDensity }: FirstCell, logOdds: number, measure: (offset: number) => number): number {
  let largest = -Infinity;
  for (let x = 0; x < logDensity.length; x++) largest = Math.max(largest, logDensity[x] + x * logOdds);
  let [weighted, total] = [0, 0];
  for (let x = 0; x < logDensity.length; x++) {
    const weight = exp(logDensity[x] + x * logOdds - largest);
    weighted += weight * measure(x);
    total += weight;
  }
  return weighted / total;
}

/** Root of an increasing function of the log odds ratio by bisection to the last bit. */
function increasingRoot(f: (logOdds: number) => number): number {
  let [low, high] = [-1, 1];
  while (f(low) > 0 && low > -1e6) low *= 2;
  while (f(high) < 0 && high < 1e6) high *= 2;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
}
