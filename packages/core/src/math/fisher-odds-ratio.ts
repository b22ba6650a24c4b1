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
  const { least, most } = support(counts);
  const tail = (1 - level) / 2;
  const [first, last] = [counts[0] === least, counts[0] === most];
  const solve = (f: (given: ConditionalCell) => number): number =>
    exp(increasingRoot((logOdds) => f(conditionalCell(counts, logOdds))));
  return {
    value: first ? 0 : last ? Infinity : solve(({ mean }) => mean - counts[0]),
    lower: first ? 0 : solve(({ atLeast }) => atLeast - tail),
    upper: last ? Infinity : solve(({ atMost }) => tail - atMost),
  };
}

/** What the first cell of a 2 by 2 table does, given its margins and the odds ratio. */
export interface ConditionalCell {
  readonly mean: number;
  /** Probability of a count that is at most, or at least, the observed one. */
  readonly atMost: number;
  readonly atLeast: number;
}

/**
 * The conditional distribution of the first cell of a 2 by 2 table (Fisher's noncentral hypergeometric).
 *
 * @param counts The cells a, b (first row), c, d (second row).
 * @param logOdds Logarithm of the odds ratio.
 * @source Cornfield 1956, Proc 3rd Berkeley Symp 4:135-148.
 * @example conditionalCell([3, 1, 1, 3], 0).mean // => 2
 */
export function conditionalCell(
  counts: readonly [number, number, number, number],
  logOdds: number,
): ConditionalCell {
  const { least, logDensity } = firstCell(counts);
  let largest = -Infinity;
  for (let x = 0; x < logDensity.length; x++) largest = Math.max(largest, logDensity[x] + x * logOdds);
  let [total, weighted, atMost, atLeast] = [0, 0, 0, 0];
  for (let x = 0; x < logDensity.length; x++) {
    const weight = exp(logDensity[x] + x * logOdds - largest);
    total += weight;
    weighted += weight * (least + x);
    if (least + x <= counts[0]) atMost += weight;
    if (least + x >= counts[0]) atLeast += weight;
  }
  return { mean: weighted / total, atMost: atMost / total, atLeast: atLeast / total };
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

function support([a, b, c, d]: readonly [number, number, number, number]): { least: number; most: number } {
  return { least: Math.max(0, a - d), most: a + Math.min(b, c) };
}

function firstCell(counts: readonly [number, number, number, number]): FirstCell {
  const [a, b, c, d] = counts;
  const [row, column, total] = [a + b, a + c, a + b + c + d];
  const { least, most } = support(counts);
  const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  const logDensity = Float64Array.from({ length: most - least + 1 }, (_, x) => {
    const count = least + x;
    return logChoose(row, count) + logChoose(total - row, column - count) - logChoose(total, column);
  });
  return { least, logDensity };
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
