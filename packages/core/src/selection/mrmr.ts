import { InputError } from "../errors.ts";
import type { Matrix } from "../math/matrix.ts";
import { correlationMeasures } from "./mrmr-correlation.ts";
import { discreteMeasures } from "./mrmr-discrete.ts";
import type { MrmrMeasures } from "./mrmr-measures.ts";

/** How relevance and redundancy are measured, and how one is held against the other. */
export interface MrmrOptions {
  /**
   * `discrete`: plug-in mutual information of integer codes, in nats. `gaussian`: -log(1 - r²) / 2 with Pearson's r.
   * `f-correlation`: F of the analysis of variance by outcome, and |r| between features.
   */
  readonly measure: "discrete" | "gaussian" | "f-correlation";
  /** Relevance minus (MID, FCD) or divided by (MIQ, FCQ) the mean redundancy with the features selected before. */
  readonly scheme: "difference" | "quotient";
  /** How many features to select, at least 1. */
  readonly count: number;
}

/** Features in the order of their selection. */
export interface MrmrSelection {
  /** Positions of the columns; fewer than asked for where no other can be scored. */
  readonly order: readonly number[];
  /** What each had when it was selected; the first has its relevance. */
  readonly scores: readonly number[];
  /** Of every feature, shape [p]; NaN where it has none. */
  readonly relevance: Float64Array;
}

/** Scores that differ by less than this share of them are equal. */
const TIE = 1e-12;

/**
 * Features by minimum redundancy and maximum relevance, selected one after the other.
 *
 * Of equal scores the earlier column wins. Constant columns have no correlation and are never selected; as codes they
 * have a mutual information of 0, as in R's praznik.
 *
 * @param features Shape [n, p], finite; integer codes for `discrete`.
 * @param outcome Class codes or numbers, shape [n]; for `gaussian` as numbers.
 * @throws {InputError} Unequal lengths, a value that is not finite, codes that are no integers or too many, a count below 1.
 * @source Peng, Long & Ding 2005, IEEE Trans Pattern Anal Mach Intell 27:1226-1238; Ding & Peng 2005, J Bioinform Comput
 *   Biol 3:185-205 (MIQ, FCD, FCQ).
 * @example selectMrmr({ rows: 4, columns: 2, values: Float64Array.of(1, 2, 1, 2, 1, 1, 2, 2) }, [0, 0, 1, 1], { measure: "discrete", scheme: "difference", count: 1 }).order // => [1]
 */
export function selectMrmr(
  features: Matrix,
  outcome: ArrayLike<number>,
  options: MrmrOptions,
): MrmrSelection {
  checkInput(features, outcome, options.count);
  const measures =
    options.measure === "discrete"
      ? discreteMeasures(features, outcome)
      : correlationMeasures(features, outcome, options.measure);
  return greedy(measures, options);
}

function greedy({ relevance, addRedundancy }: MrmrMeasures, { scheme, count }: MrmrOptions): MrmrSelection {
  const features = relevance.length;
  const redundancy = new Float64Array(features);
  const taken = new Uint8Array(features);
  const order: number[] = [];
  const scores: number[] = [];
  while (order.length < Math.min(count, features)) {
    let [best, bestScore] = [-1, -Infinity];
    for (let feature = 0; feature < features; feature++) {
      if (taken[feature] === 1 || Number.isNaN(relevance[feature])) continue;
      const mean = redundancy[feature] / order.length;
      const difference = scheme === "difference" ? relevance[feature] - mean : relevance[feature] / mean;
      const score = order.length === 0 ? relevance[feature] : difference;
      if (best < 0 || exceeds(score, bestScore))
        [best, bestScore] = [feature, Number.isNaN(score) ? -Infinity : score];
    }
    if (best < 0) break;
    taken[best] = 1;
    order.push(best);
    scores.push(bestScore);
    if (order.length < count) addRedundancy(best, redundancy);
  }
  return { order, scores, relevance };
}

/** Beyond what rounding explains; an undefined score, 0 / 0 or ∞ - ∞, exceeds nothing. */
function exceeds(score: number, best: number): boolean {
  if (!Number.isFinite(score) || !Number.isFinite(best)) return score > best;
  return score - best > TIE * Math.max(Math.abs(score), Math.abs(best));
}

function checkInput({ rows, columns, values }: Matrix, outcome: ArrayLike<number>, count: number): void {
  if (outcome.length !== rows || columns === 0)
    throw new InputError(
      `mRMR needs one outcome for each of ${rows} rows and a feature; got ${outcome.length} outcomes and ${columns} features`,
    );
  if (!(Number.isInteger(count) && count >= 1))
    throw new InputError(`mRMR selects a whole number of features of at least 1; got ${count}`);
  if (!values.every(Number.isFinite) || !Array.prototype.every.call(outcome, Number.isFinite))
    throw new InputError(
      "mRMR needs a finite value of every feature and outcome; got a missing or infinite one; impute or leave out the feature first",
    );
}
