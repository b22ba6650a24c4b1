import { radixOrder } from "../math/radix-order.ts";
import { requireClasses, requireScores } from "./predictions.ts";

/** How the ranks of a score go with the outcome, over pairs of patients. */
export interface RankAssociation {
  /** Chance that a patient with the event scores higher, ties counted half: the area under the ROC curve. */
  readonly concordance: number;
  /** Concordant less discordant pairs, of all pairs with different outcomes. */
  readonly somersD: number;
  /** The same, of those pairs whose scores differ; NaN where all are tied. */
  readonly gamma: number;
  /** The same, of all pairs of patients. */
  readonly tauA: number;
}

/**
 * Somers' D, Goodman and Kruskal's gamma and Kendall's tau-a of a score and a binary outcome.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param score Higher means more likely positive, on any scale; shape [n]. Exact, where
 *   `rms::lrm` sorts risks into bins of 0.0002.
 * @throws {InputError} A class without patients, unequal lengths, or a score that is not finite.
 * @source Somers 1962, Am Sociol Rev 27:799-811; Goodman & Kruskal 1954, JASA 49:732-764.
 * @example rankAssociation(Uint8Array.of(0, 0, 1, 1), Float64Array.of(1, 3, 2, 4)).somersD // => 0.5
 */
export function rankAssociation(outcome: Uint8Array, score: Float64Array): RankAssociation {
  const counts = requireScores(outcome, score);
  const { positives, negatives } = requireClasses(counts, 1, "rank association");
  const order = radixOrder(score);
  let [concordant, tied, negativesBelow] = [0, 0, 0];
  for (let start = 0; start < order.length;) {
    const value = score[order[start]];
    let end = start;
    let events = 0;
    for (; end < order.length && score[order[end]] === value; end++) events += outcome[order[end]];
    const others = end - start - events;
    concordant += events * negativesBelow;
    tied += events * others;
    negativesBelow += others;
    start = end;
  }
  const pairs = positives * negatives;
  const surplus = 2 * concordant + tied - pairs;
  const n = outcome.length;
  return {
    concordance: (concordant + 0.5 * tied) / pairs,
    somersD: surplus / pairs,
    gamma: surplus / (pairs - tied),
    tauA: surplus / (0.5 * n * (n - 1)),
  };
}
