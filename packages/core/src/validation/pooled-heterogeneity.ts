import { InputError } from "../errors.ts";
import { mean } from "../math/statistics.ts";
import type { ChiSquaredTail } from "./calibration-tests.ts";
import { cochranQ } from "./cochran-q.ts";
import { delongVariance } from "./delong.ts";
import { countClasses } from "./predictions.ts";
import { auc } from "./roc.ts";
import type { Subgroups } from "./subgroup.ts";

/** A test that a model ranks patients equally well in all levels of a variable. */
export interface HeterogeneityTest extends ChiSquaredTail {
  /** Levels that took part. */
  readonly levels: number;
  /** The fewest patients of one outcome in one of these levels: below about 10 the test is a hint. */
  readonly fewest: number;
}

/**
 * Tests whether an AUC differs between the levels of a variable, for predictions of one or several repeats: Cochran's Q of
 * the mean AUC over repeats with the mean of DeLong's variances.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param repeats Higher means more likely positive, one array of shape [n] a repeat; at least one.
 * @param subgroups Level of every patient; patients without one, and levels with fewer than two patients of an outcome or an
 *   AUC without a variance, are left out.
 * @throws {InputError} No repeat, a level for another number of patients, or scores that are not finite.
 * @throws {NumericalError} Fewer than two levels are left.
 * @source Cochran 1954, Biometrics 10:101-129.
 */
export function pooledAucHeterogeneity(
  outcome: Uint8Array,
  repeats: readonly Float64Array[],
  { levels, codes }: Subgroups,
): HeterogeneityTest {
  if (repeats.length === 0 || codes.length !== outcome.length)
    throw new InputError(
      `a test between subgroups needs predictions and a level for every patient; got ${repeats.length} repeats and ${codes.length} levels for ${outcome.length} patients; match them`,
    );
  const kept = levels.flatMap((_, code) => {
    const isMember = (_value: number, row: number) => codes[row] === code;
    const events = outcome.filter(isMember);
    const { positives, negatives } = countClasses(events);
    const rarer = Math.min(positives, negatives);
    if (rarer < 2) return [];
    const scores = repeats.map((score) => score.filter(isMember));
    const variance = mean(scores.map((score) => delongVariance(events, score)));
    return variance === 0
      ? []
      : [{ value: mean(scores.map((score) => auc(events, score))), variance, rarer }];
  });
  return {
    ...cochranQ(kept),
    levels: kept.length,
    fewest: kept.reduce((least, { rarer }) => Math.min(least, rarer), Infinity),
  };
}
