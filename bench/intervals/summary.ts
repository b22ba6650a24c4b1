/** What many cohorts say together. */
import { mean, sampleStandardDeviation } from "../../packages/core/src/math/statistics.ts";
import type { Observation } from "./observation.ts";

/** One measure over all cohorts. */
export interface Row {
  readonly scenario: string;
  readonly model: string;
  readonly judged: string;
  readonly measure: string;
  readonly method: string;
  readonly estimand: string;
  /** Cohorts with a value, and those without. */
  readonly defined: number;
  readonly undefined: number;
  readonly meanTruth: number;
  /** Mean of value minus truth, and its Monte Carlo standard error. */
  readonly bias: number;
  readonly biasError: number;
  /** Null where there is no interval. */
  readonly interval: IntervalRow | null;
}

/** How intervals did. */
export interface IntervalRow {
  /** Share of the intervals that hold the truth, and its Monte Carlo standard error. */
  readonly coverage: number;
  readonly coverageError: number;
  /** Shares that miss the truth because it lies below, or above. */
  readonly truthBelow: number;
  readonly truthAbove: number;
  readonly meanWidth: number;
  /** Share of the intervals without 0 in them. */
  readonly excludesZero: number;
}

/**
 * Rows of all keys in their first order. A cross-validated estimate of the final model is also judged as one of the
 * method: of what models learned in this way are worth on average over cohorts.
 */
export function summarise(cohorts: readonly (readonly Observation[])[]): readonly Row[] {
  const byKey = new Map<string, Observation[]>();
  for (const observation of cohorts.flat()) {
    const known = byKey.get(observation.key);
    if (known === undefined) byKey.set(observation.key, [observation]);
    else known.push(observation);
  }
  return [...byKey].flatMap(([key, observations]) => {
    const row = rowOf(key, observations);
    if (row.estimand !== "final model" || !row.judged.startsWith("cross-validation")) return [row];
    const average = observations.map((one) => ({ ...one, truth: row.meanTruth }));
    return [row, { ...rowOf(key, average), estimand: "method" }];
  });
}

function rowOf(key: string, observations: readonly Observation[]): Row {
  const [scenario, model, judged, measure, method, estimand] = key.split("|");
  const defined = observations.flatMap((one) => (one.value === null ? [] : [{ ...one, value: one.value }]));
  const errors = defined.map(({ value, truth }) => value - truth);
  return {
    scenario,
    model,
    judged,
    measure,
    method,
    estimand,
    defined: defined.length,
    undefined: observations.length - defined.length,
    meanTruth: mean(observations.map(({ truth }) => truth)),
    bias: errors.length === 0 ? NaN : mean(errors),
    biasError: errors.length < 2 ? NaN : sampleStandardDeviation(errors) / Math.sqrt(errors.length),
    interval: intervalRow(observations),
  };
}

function intervalRow(observations: readonly Observation[]): IntervalRow | null {
  const intervals = observations.flatMap(({ lower, upper, truth }) =>
    lower === null || upper === null ? [] : [{ lower, upper, truth }],
  );
  if (intervals.length === 0) return null;
  const share = (is: (one: (typeof intervals)[number]) => boolean) =>
    intervals.filter(is).length / intervals.length;
  const truthBelow = share(({ lower, truth }) => truth < lower);
  const truthAbove = share(({ upper, truth }) => truth > upper);
  const coverage = 1 - truthBelow - truthAbove;
  return {
    coverage,
    coverageError: Math.sqrt((coverage * (1 - coverage)) / intervals.length),
    truthBelow,
    truthAbove,
    meanWidth: mean(intervals.map(({ lower, upper }) => upper - lower)),
    excludesZero: share(({ lower, upper }) => lower > 0 || upper < 0),
  };
}
