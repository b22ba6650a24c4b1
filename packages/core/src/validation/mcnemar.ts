import { InputError } from "../errors.ts";
import { betaCdf, chiSquaredUpper } from "../math/distributions.ts";
import { requireScores } from "./predictions.ts";

/** Patients whom exactly one of two models calls positive. */
export interface DiscordantCalls {
  readonly onlyFirst: number;
  readonly onlySecond: number;
}

/** McNemar's test that two models call the same share of the patients positive. */
export interface McNemarTest extends DiscordantCalls {
  /** Two-sided binomial test; 1 where the models never differ. */
  readonly exactPValue: number;
  /** Without continuity correction; null where the models never differ. */
  readonly chiSquared: number | null;
  readonly pValue: number | null;
  /** With Edwards' continuity correction; null where the models never differ. */
  readonly correctedChiSquared: number | null;
  readonly correctedPValue: number | null;
}

/**
 * McNemar's test of two models' calls among patients of one outcome: of their sensitivities or their specificities.
 *
 * @param among Whose calls are compared: 1 = patients with the event (sensitivity), 0 = those without (specificity).
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param scores Scores of the two models, each of shape [n].
 * @param threshold Patients at or above it are called positive, for both models.
 * @throws {InputError} Unequal lengths, an outcome that is not 0 or 1, or a score that is not finite.
 * @source McNemar 1947, Psychometrika 12:153-157; correction: Edwards 1948, Psychometrika 13:185-187.
 */
export function mcnemarTest(
  among: 0 | 1,
  outcome: Uint8Array,
  scores: readonly [first: Float64Array, second: Float64Array],
  threshold: number,
): McNemarTest {
  const [first, second] = scores;
  requireScores(outcome, first);
  requireScores(outcome, second);
  let [onlyFirst, onlySecond] = [0, 0];
  for (let i = 0; i < outcome.length; i++) {
    if (outcome[i] !== among) continue;
    const [calledFirst, calledSecond] = [first[i] >= threshold, second[i] >= threshold];
    if (calledFirst && !calledSecond) onlyFirst += 1;
    if (calledSecond && !calledFirst) onlySecond += 1;
  }
  return testDiscordant({ onlyFirst, onlySecond });
}

/**
 * McNemar's test from the counts of patients whom exactly one of two models calls positive.
 *
 * @param calls Whole numbers of at least 0.
 * @throws {InputError} A negative count.
 * @example testDiscordant({ onlyFirst: 2, onlySecond: 6 }).exactPValue // => 0.2890625
 */
export function testDiscordant({ onlyFirst, onlySecond }: DiscordantCalls): McNemarTest {
  if (!(onlyFirst >= 0 && onlySecond >= 0))
    throw new InputError(
      `McNemar's test needs counts of at least 0; got ${onlyFirst} and ${onlySecond}; check them`,
    );
  const total = onlyFirst + onlySecond;
  const counts = { onlyFirst, onlySecond };
  if (total === 0)
    return {
      ...counts,
      exactPValue: 1,
      chiSquared: null,
      pValue: null,
      correctedChiSquared: null,
      correctedPValue: null,
    };
  const difference = Math.abs(onlyFirst - onlySecond);
  const chiSquared = (difference * difference) / total;
  const corrected = Math.max(0, difference - 1);
  const correctedChiSquared = (corrected * corrected) / total;
  const fewer = Math.min(onlyFirst, onlySecond);
  // P(X <= k) of a fair binomial is the upper tail of a beta at one half.
  const exactPValue = Math.min(1, 2 * betaCdf(0.5, total - fewer, fewer + 1));
  return {
    ...counts,
    exactPValue,
    chiSquared,
    pValue: chiSquaredUpper(chiSquared, 1),
    correctedChiSquared,
    correctedPValue: chiSquaredUpper(correctedChiSquared, 1),
  };
}
