import { radixOrder } from "../math/radix-order.ts";
import { requireClasses, requireScores } from "./predictions.ts";

/** DeLong's structural components V10 (one per positive patient) and V01 (one per negative), in the patients' order. */
export interface Placements {
  /** Twice the number of negatives below, ties counted half: V10 · 2 · negatives. */
  readonly ofPositives: Float64Array;
  /** Twice the number of positives above, ties counted half: V01 · 2 · positives. */
  readonly ofNegatives: Float64Array;
}

/**
 * Twice the placement of every patient among the other class; doubled, so that ties keep them integers and exact.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least two patients of each.
 * @param score Higher means more likely positive, on any scale; shape [n].
 * @throws {InputError} A class of fewer than two, unequal lengths, or a score that is not finite.
 * @source DeLong et al. 1988, Biometrics 44:837-845, eq. for V10 and V01.
 * @example placements(Uint8Array.of(0, 0, 1, 1), Float64Array.of(1, 3, 2, 3)).ofPositives[1] // => 3
 */
export function placements(outcome: Uint8Array, score: Float64Array): Placements {
  const counts = requireScores(outcome, score);
  const { positives: m, negatives: n } = requireClasses(counts, 2, "DeLong's variance");
  const order = radixOrder(score);
  const [ofPositives, ofNegatives] = [new Float64Array(m), new Float64Array(n)];
  const place = positionsInClass(outcome);
  let [positivesBelow, negativesBelow] = [0, 0];
  for (let start = 0; start < order.length;) {
    const value = score[order[start]];
    let end = start;
    let tiedPositives = 0;
    for (; end < order.length && score[order[end]] === value; end++) tiedPositives += outcome[order[end]];
    const tiedNegatives = end - start - tiedPositives;
    for (let k = start; k < end; k++) {
      const patient = order[k];
      if (outcome[patient] === 1) ofPositives[place[patient]] = 2 * negativesBelow + tiedNegatives;
      else ofNegatives[place[patient]] = 2 * (m - positivesBelow) - tiedPositives;
    }
    positivesBelow += tiedPositives;
    negativesBelow += tiedNegatives;
    start = end;
  }
  return { ofPositives, ofNegatives };
}

/** Number of every patient among those of the same class, from 0. */
function positionsInClass(outcome: Uint8Array): Uint32Array {
  const place = new Uint32Array(outcome.length);
  const next = [0, 0];
  for (let i = 0; i < outcome.length; i++) place[i] = next[outcome[i]]++;
  return place;
}

/**
 * The AUC that placements imply.
 *
 * @returns AUC in [0, 1].
 */
export function placementAuc({ ofPositives, ofNegatives }: Placements): number {
  return total(ofPositives) / (2 * ofPositives.length * ofNegatives.length);
}

/**
 * DeLong's covariance of the AUCs of two scores of the same patients, or the variance of one with itself.
 *
 * @returns S10 / positives + S01 / negatives; exactly 0 where one of the scores places all patients of a class alike.
 * @source DeLong et al. 1988, Biometrics 44:837-845.
 */
export function placementCovariance(first: Placements, second: Placements): number {
  const [m, n] = [first.ofPositives.length, first.ofNegatives.length];
  const s10 = sampleCovariance(first.ofPositives, second.ofPositives) / (4 * n * n);
  const s01 = sampleCovariance(first.ofNegatives, second.ofNegatives) / (4 * m * m);
  return s10 / m + s01 / n;
}

/** Placements of the difference of two scores: DeLong's components are linear. */
export function subtractPlacements(first: Placements, second: Placements): Placements {
  return {
    ofPositives: first.ofPositives.map((value, i) => value - second.ofPositives[i]),
    ofNegatives: first.ofNegatives.map((value, i) => value - second.ofNegatives[i]),
  };
}

function sampleCovariance(x: Float64Array, y: Float64Array): number {
  const [meanX, meanY] = [total(x) / x.length, total(y) / y.length];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] - meanX) * (y[i] - meanY);
  return sum / (x.length - 1);
}

/** Exact, since doubled placements are integers. */
function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
