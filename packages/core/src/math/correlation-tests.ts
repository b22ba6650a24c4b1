import { InputError, NumericalError } from "../errors.ts";
import { log, tanh } from "./elementary.ts";
import { normalQuantile, normalUpper, studentTTwoSided } from "./distributions.ts";
import { midranks, pearson } from "./statistics.ts";

/** A correlation with its two-sided p-value. */
export interface CorrelationTest {
  readonly correlation: number;
  readonly pValue: number;
}

/** Pearson's correlation with Fisher's interval. */
export interface PearsonTest extends CorrelationTest {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Pearson's correlation, its t-test and Fisher's interval.
 *
 * @param x Finite values; at least four.
 * @param y Finite values in the order of `x`.
 * @param level Confidence level, in (0, 1).
 * @throws {InputError} Unequal lengths, or fewer than four pairs.
 * @throws {NumericalError} A variable does not vary.
 * @source Fisher 1921, Metron 1:3-32.
 */
export function pearsonTest(x: ArrayLike<number>, y: ArrayLike<number>, level = 0.95): PearsonTest {
  const correlation = checkedPearson(x, y);
  const centre = 0.5 * log((1 + correlation) / (1 - correlation));
  const margin = normalQuantile(0.5 + level / 2) / Math.sqrt(x.length - 3);
  const pValue = correlationPValue(correlation, x.length);
  if (Math.abs(correlation) === 1) return { correlation, pValue, lower: correlation, upper: correlation };
  return { correlation, pValue, lower: tanh(centre - margin), upper: tanh(centre + margin) };
}

/**
 * Spearman's rank correlation with midranks and its approximate t-test.
 *
 * @param x Finite values; at least four.
 * @param y Finite values in the order of `x`.
 * @throws {InputError} Unequal lengths, or fewer than four pairs.
 * @throws {NumericalError} A variable does not vary.
 * @source Spearman 1904, Am J Psychol 15:72-101.
 */
export function spearmanTest(x: ArrayLike<number>, y: ArrayLike<number>): CorrelationTest {
  const correlation = checkedPearson(midranks(x), midranks(y));
  return { correlation, pValue: correlationPValue(correlation, x.length) };
}

/**
 * Kendall's rank correlation tau-b and its test by the normal approximation with ties.
 *
 * @param x Finite values; at least four.
 * @param y Finite values in the order of `x`.
 * @throws {InputError} Unequal lengths, or fewer than four pairs.
 * @throws {NumericalError} A variable does not vary.
 * @source Kendall 1945, Biometrika 33:239-251; Kendall 1948, Rank Correlation Methods, chapter 4 (variance with ties).
 */
export function kendallTest(x: ArrayLike<number>, y: ArrayLike<number>): CorrelationTest {
  checkPairs(x, y);
  const n = x.length;
  let concordance = 0;
  for (let i = 1; i < n; i++)
    for (let j = 0; j < i; j++) concordance += Math.sign(x[i] - x[j]) * Math.sign(y[i] - y[j]);
  const [t, u, pairs] = [tieMoments(x), tieMoments(y), (n * (n - 1)) / 2];
  const scale = Math.sqrt(pairs - t.pairs) * Math.sqrt(pairs - u.pairs);
  if (scale === 0) throw new NumericalError("a correlation needs two variables that vary; one is constant");
  const variance =
    (n * (n - 1) * (2 * n + 5) - t.spread - u.spread) / 18 +
    (2 * t.pairs * u.pairs) / (n * (n - 1)) +
    (t.triples * u.triples) / (9 * n * (n - 1) * (n - 2));
  const pValue = Math.min(1, 2 * normalUpper(Math.abs(concordance) / Math.sqrt(variance)));
  return { correlation: concordance / scale, pValue };
}

function checkedPearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkPairs(x, y);
  return pearson(x, y);
}

function correlationPValue(correlation: number, n: number): number {
  if (Math.abs(correlation) === 1) return 0;
  return studentTTwoSided(correlation * Math.sqrt((n - 2) / (1 - correlation * correlation)), n - 2);
}

function checkPairs(x: ArrayLike<number>, y: ArrayLike<number>): void {
  if (x.length !== y.length)
    throw new InputError(`a correlation needs pairs; got ${x.length} and ${y.length} values`);
  if (x.length < 4)
    throw new InputError(`a correlation test needs four pairs; got ${x.length}; leave it out`);
}

/** Over sets of t tied values: pairs t(t-1)/2, triples t(t-1)(t-2), spread t(t-1)(2t+5). */
function tieMoments(values: ArrayLike<number>): { pairs: number; triples: number; spread: number } {
  const sizes = new Map<number, number>();
  for (let i = 0; i < values.length; i++) sizes.set(values[i], (sizes.get(values[i]) ?? 0) + 1);
  const moments = { pairs: 0, triples: 0, spread: 0 };
  for (const t of sizes.values()) {
    moments.pairs += (t * (t - 1)) / 2;
    moments.triples += t * (t - 1) * (t - 2);
    moments.spread += t * (t - 1) * (2 * t + 5);
  }
  return moments;
}
