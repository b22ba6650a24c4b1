/** What a model is worth in a large population whose probabilities are known: expectations, without a drawn outcome. */
import { logistic } from "../../packages/core/src/math/elementary.ts";
import { clippedLogits } from "../../packages/core/src/validation/calibration.ts";

/** True performance of a model. */
export interface Truth {
  readonly auc: number;
  /** Calibration in the large. */
  readonly intercept: number;
  readonly slope: number;
  readonly brier: number;
}

/** True shares at a threshold. */
export interface ThresholdTruth {
  readonly netBenefit: number;
  readonly sensitivity: number;
  readonly specificity: number;
  readonly ppv: number;
  readonly npv: number;
}

const BINS = 1 << 15;
const REACH = 12;

/** Sums over patients whose predicted logits are all but equal. */
interface Bins {
  readonly patients: Float64Array;
  readonly events: Float64Array;
  /** Mean predicted logit. */
  readonly logit: Float64Array;
}

/**
 * True discrimination and calibration.
 *
 * @param probability Predicted risks of the population.
 * @param chance Their true probabilities.
 */
export function truthOf(probability: Float64Array, chance: Float64Array): Truth {
  const bins = binned(probability, chance);
  let brier = 0;
  for (let i = 0; i < chance.length; i++) {
    const [p, c] = [probability[i], chance[i]];
    brier += c * (1 - p) * (1 - p) + (1 - c) * p * p;
  }
  return {
    auc: areaOf(bins),
    intercept: interceptOf(bins),
    slope: slopeOf(bins),
    brier: brier / chance.length,
  };
}

/** True shares of the patients at or above a threshold, and of those below. */
export function thresholdTruth(
  probability: Float64Array,
  chance: Float64Array,
  threshold: number,
): ThresholdTruth {
  let [called, calledEvents, events] = [0, 0, 0];
  const n = chance.length;
  for (let i = 0; i < n; i++) {
    events += chance[i];
    if (probability[i] < threshold) continue;
    called += 1;
    calledEvents += chance[i];
  }
  const odds = threshold / (1 - threshold);
  return {
    netBenefit: (calledEvents - odds * (called - calledEvents)) / n,
    sensitivity: calledEvents / events,
    specificity: 1 - (called - calledEvents) / (n - events),
    ppv: calledEvents / called,
    npv: (n - called - (events - calledEvents)) / (n - called),
  };
}

/** True discrimination improvement and continuous net reclassification of one model over another. */
export function reclassificationTruth(
  old: Float64Array,
  updated: Float64Array,
  chance: Float64Array,
): { readonly idi: number; readonly nri: number } {
  let [events, idiEvents, idiOthers, nriEvents, nriOthers] = [0, 0, 0, 0, 0];
  for (let i = 0; i < chance.length; i++) {
    const change = updated[i] - old[i];
    events += chance[i];
    idiEvents += chance[i] * change;
    idiOthers += (1 - chance[i]) * change;
    nriEvents += chance[i] * Math.sign(change);
    nriOthers += (1 - chance[i]) * Math.sign(change);
  }
  const others = chance.length - events;
  return { idi: idiEvents / events - idiOthers / others, nri: nriEvents / events - nriOthers / others };
}

function binned(probability: Float64Array, chance: Float64Array): Bins {
  const { values } = clippedLogits(probability);
  const [patients, events, logit] = [0, 1, 2].map(() => new Float64Array(BINS));
  for (let i = 0; i < values.length; i++) {
    const place = Math.floor(((values[i] + REACH) / (2 * REACH)) * BINS);
    const bin = Math.min(BINS - 1, Math.max(0, place));
    patients[bin] += 1;
    events[bin] += chance[i];
    logit[bin] += values[i];
  }
  for (let bin = 0; bin < BINS; bin++) if (patients[bin] > 0) logit[bin] /= patients[bin];
  return { patients, events, logit };
}

/** Share of pairs ranked rightly; a pair inside a bin counts one half. */
function areaOf({ patients, events }: Bins): number {
  let [below, right, allEvents] = [0, 0, 0];
  for (let bin = 0; bin < BINS; bin++) {
    const others = patients[bin] - events[bin];
    right += events[bin] * (below + others / 2);
    below += others;
    allEvents += events[bin];
  }
  return right / (allEvents * below);
}

function interceptOf({ patients, events, logit }: Bins): number {
  let intercept = 0;
  for (let step = 0; step < 8; step++) {
    let [score, information] = [0, 0];
    for (let bin = 0; bin < BINS; bin++) {
      if (patients[bin] === 0) continue;
      const p = logistic(intercept + logit[bin]);
      score += events[bin] - patients[bin] * p;
      information += patients[bin] * p * (1 - p);
    }
    intercept += score / information;
  }
  return intercept;
}

function slopeOf({ patients, events, logit }: Bins): number {
  let [intercept, slope] = [0, 1];
  for (let step = 0; step < 8; step++) {
    let [s0, s1, i00, i01, i11] = [0, 0, 0, 0, 0];
    for (let bin = 0; bin < BINS; bin++) {
      if (patients[bin] === 0) continue;
      const x = logit[bin];
      const p = logistic(intercept + slope * x);
      const residual = events[bin] - patients[bin] * p;
      const weight = patients[bin] * p * (1 - p);
      s0 += residual;
      s1 += residual * x;
      i00 += weight;
      i01 += weight * x;
      i11 += weight * x * x;
    }
    const determinant = i00 * i11 - i01 * i01;
    intercept += (i11 * s0 - i01 * s1) / determinant;
    slope += (i00 * s1 - i01 * s0) / determinant;
  }
  return slope;
}
