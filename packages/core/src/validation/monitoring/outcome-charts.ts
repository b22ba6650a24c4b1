import { logistic } from "../../math/elementary.ts";
import { OUTCOME_WEIGHT, sumScale, weightedMeanError } from "./chart-statistics.ts";
import { cellOf, type ReferenceCells } from "./reference-cells.ts";

/** What the development set says of risks and outcomes: predictions out of fold, in cells. */
export interface RiskReference {
  readonly patients: number;
  readonly events: number;
  /** Linear predictors. */
  readonly cells: ReferenceCells;
  /** Mean linear predictor of the patients of each cell. */
  readonly means: readonly number[];
  /** Logistic regression of the outcome on the linear predictor: what honest predictions promised. */
  readonly calibration: { readonly intercept: number; readonly slope: number };
}

/** Charts of patients whose outcome is known, in their order. */
export const outcomeChartNames = [
  "prevalence since the start",
  "prevalence lately",
  "calibration since the start",
  "calibration lately",
  "spread of risks lately",
] as const;

/** Shares of the false alarms: those that see least are given most. */
export const outcomeChartShares: readonly number[] = [1, 0.3, 0.6, 0.4, 0.2];

/** One value a case and chart, in the order of {@link outcomeChartNames}; a chart sounds beyond plus or minus its limit. */
export type OutcomeSeries = readonly Float64Array[];

/** What single outcomes are compared with and divided by. */
export interface OutcomeScale {
  readonly prevalence: number;
  readonly intercept: number;
  readonly slope: number;
  readonly centre: number;
  readonly residualError: number;
  readonly spreadError: number;
  /** Of sums and of weighted means after each case. */
  readonly sums: Float64Array;
  readonly means: Float64Array;
}

/**
 * The scale that a reference gives.
 *
 * @param cases Most cases that will be compared with it.
 */
export function outcomeScale(
  { patients, events, cells, means, calibration }: RiskReference,
  cases: number,
): OutcomeScale {
  const { intercept, slope } = calibration;
  const mean = (of: (linear: number) => number) =>
    means.reduce((sum, linear, cell) => sum + cells.counts[cell] * of(linear), 0) / patients;
  const variance = (linear: number) => {
    const p = logistic(intercept + slope * linear);
    return p * (1 - p);
  };
  const information = mean(variance);
  const centre = mean((linear) => variance(linear) * linear) / information;
  return {
    prevalence: events / patients,
    intercept,
    slope,
    centre,
    residualError: Math.sqrt(information),
    spreadError: Math.sqrt(mean((linear) => variance(linear) * (linear - centre) * (linear - centre))),
    sums: Float64Array.from({ length: cases }, (_, t) => sumScale(t + 1, patients)),
    means: Float64Array.from({ length: cases }, (_, t) => weightedMeanError(t + 1, patients, OUTCOME_WEIGHT)),
  };
}

/**
 * The charts of outcomes: is the event as frequent as in the development set, is it as frequent as the risks say, and do
 * the risks spread as they should.
 *
 * @param linear Linear predictors of the frozen model, finite; shape [n].
 * @param outcome 1 = event, 0 = none, in the order in which they became known; shape [n].
 * @returns Standardised sums and weighted means, 0 on average where nothing changed.
 */
export function outcomeSeries(
  linear: ArrayLike<number>,
  outcome: ArrayLike<number>,
  scale: OutcomeScale,
): OutcomeSeries {
  const cases = outcome.length;
  const series = outcomeChartNames.map(() => new Float64Array(cases));
  const { prevalence, centre } = scale;
  const shareError = Math.sqrt(prevalence * (1 - prevalence));
  let [shareSum, residualSum, share, residual, spread] = [0, 0, 0, 0, 0];
  for (let t = 0; t < cases; t++) {
    const frequency = (outcome[t] - prevalence) / shareError;
    const difference = outcome[t] - logistic(scale.intercept + scale.slope * linear[t]);
    shareSum += frequency;
    residualSum += difference / scale.residualError;
    share += OUTCOME_WEIGHT * (frequency - share);
    residual += OUTCOME_WEIGHT * (difference / scale.residualError - residual);
    spread += OUTCOME_WEIGHT * ((difference * (linear[t] - centre)) / scale.spreadError - spread);
    series[0][t] = shareSum / scale.sums[t];
    series[1][t] = share / scale.means[t];
    series[2][t] = residualSum / scale.sums[t];
    series[3][t] = residual / scale.means[t];
    series[4][t] = spread / scale.means[t];
  }
  return series;
}

/**
 * What honest predictions of the development set say of risks: linear predictors in cells, with their mean in each.
 *
 * @param linear Out-of-fold linear predictors; shape [n].
 * @param cells Of the same values.
 * @returns Six digits; one per cell.
 */
export function cellMeans(linear: Float64Array, cells: ReferenceCells): readonly number[] {
  const sums = new Float64Array(cells.counts.length);
  for (const value of linear) sums[cellOf(cells, value)] += value;
  return Array.from(sums, (sum, cell) => Number((sum / cells.counts[cell]).toPrecision(6)));
}
