import { InputError } from "../errors.ts";
import { exp, log, log1p, logistic } from "../math/elementary.ts";
import { radixOrder } from "../math/radix-order.ts";
import { fitLogisticLine } from "../math/logistic-line.ts";
import { requireClasses, requireScores } from "./predictions.ts";

/** Harrell's indices of a linear predictor, in the order that rms::validate prints them. */
export const PERFORMANCE_INDICES = [
  "somersD",
  "nagelkerke",
  "intercept",
  "slope",
  "discrimination",
  "unreliability",
  "quality",
  "brier",
  "gini",
  "riskGini",
] as const;

/** The name of one of {@link PERFORMANCE_INDICES}. */
export type PerformanceIndex = (typeof PERFORMANCE_INDICES)[number];

/**
 * Indices of one linear predictor. `somersD` is 2 AUC - 1; `nagelkerke` R² after recalibration; `intercept` and `slope`
 * of the calibration line; `discrimination`, `unreliability` and `quality` Harrell's D, U and Q; `gini` and `riskGini`
 * Gini's mean difference of the recalibrated linear predictor and risk. NaN where the predictions separate the outcomes
 * or are all equal, so that no calibration line exists.
 */
export type PerformanceIndices = Readonly<Record<PerformanceIndex, number>>;

/** A linear predictor with what several samples of the same patients share. */
export interface RankedPredictor {
  readonly outcome: Uint8Array;
  readonly linear: Float64Array;
  readonly risk: Float64Array;
  /** Patients by ascending linear predictor. */
  readonly order: Uint32Array;
}

/**
 * A linear predictor with its risks and ranks.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param linear Logit of the predicted risk, finite; shape [n].
 * @throws {InputError} Unequal lengths, or a linear predictor that is not finite.
 */
export function rankPredictor(outcome: Uint8Array, linear: Float64Array): RankedPredictor {
  requireScores(outcome, linear);
  return { outcome, linear, risk: linear.map(logistic), order: radixOrder(linear) };
}

/**
 * Harrell's indices of a linear predictor among patients, each counted as often as a sample holds the patient.
 *
 * @param predictor From {@link rankPredictor}.
 * @param counts How often each patient stands in the sample, shape [n]; once each without it.
 * @returns NaN for the indices that need a calibration line where none exists.
 * @throws {InputError} The sample lacks patients with or without the event.
 * @source Harrell 2015, Regression Modeling Strategies, sections 5.3 and 10.9; the definitions of rms::validate.lrm.
 */
export function performanceIndices(
  predictor: RankedPredictor,
  counts: Float64Array = new Float64Array(predictor.outcome.length).fill(1),
): PerformanceIndices {
  const { outcome, linear, risk } = predictor;
  if (counts.length !== outcome.length)
    throw new InputError(
      `a sample needs a count for every patient; got ${counts.length} for ${outcome.length}; match them`,
    );
  let [patients, events, squares] = [0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const [count, event] = [counts[i], outcome[i]];
    patients += count;
    events += count * event;
    squares += count * (event - risk[i]) * (event - risk[i]);
  }
  requireClasses({ positives: events, negatives: patients - events }, 1, "a sample");
  const line = fitLogisticLine({ x: linear, outcome, counts });
  const share = events / patients;
  const nullLoss = -patients * (share * log(share) + (1 - share) * log1p(-share));
  const gain = line === null ? NaN : 2 * (nullLoss - line.loss);
  const [intercept, slope] = line === null ? [NaN, NaN] : [line.intercept, line.slope];
  const discrimination = (gain - 1) / patients;
  const unreliability = line === null ? NaN : (2 * (line.diagonalLoss - line.loss) - 2) / patients;
  const recalibrated = line === null ? risk : recalibratedRisk(linear, intercept, slope);
  const { somersD, gini, riskGini } = rankIndices(predictor, counts, recalibrated);
  return {
    somersD,
    nagelkerke: (1 - exp(-gain / patients)) / (1 - exp((-2 * nullLoss) / patients)),
    intercept,
    slope,
    discrimination,
    unreliability,
    quality: discrimination - unreliability,
    brier: squares / patients,
    gini: Math.abs(slope) * gini,
    riskGini: line === null ? NaN : Math.abs(riskGini),
  };
}

function recalibratedRisk(linear: Float64Array, intercept: number, slope: number): Float64Array {
  const risk = new Float64Array(linear.length);
  for (let i = 0; i < risk.length; i++) risk[i] = logistic(intercept + slope * linear[i]);
  return risk;
}

/** Somers' D, and Gini's mean difference of the linear predictor and of risks that ascend or descend with it. */
function rankIndices({ outcome, linear, order }: RankedPredictor, counts: Float64Array, risk: Float64Array) {
  let [below, concordance, events, before] = [0, 0, 0, 0];
  let [spread, sum, riskSpread, riskSum] = [0, 0, 0, 0];
  for (let start = 0; start < order.length;) {
    const value = linear[order[start]];
    let [tiedEvents, tied, end] = [0, 0, start];
    for (; end < order.length && linear[order[end]] === value; end++) {
      const patient = order[end];
      const count = counts[patient];
      tied += count;
      tiedEvents += count * outcome[patient];
      // The sum over the copies of a patient of (2 rank - n - 1), but for n.
      const position = count * (2 * before + count);
      spread += position * value;
      riskSpread += position * risk[patient];
      sum += count * value;
      riskSum += count * risk[patient];
      before += count;
    }
    // Twice the patients without the event below each with it, ties counted half.
    concordance += tiedEvents * (2 * below + tied - tiedEvents);
    below += tied - tiedEvents;
    events += tiedEvents;
    start = end;
  }
  const total = before;
  const pairs = (total * (total - 1)) / 2;
  return {
    somersD: concordance / (events * below) - 1,
    gini: (spread - total * sum) / pairs,
    riskGini: (riskSpread - total * riskSum) / pairs,
  };
}
