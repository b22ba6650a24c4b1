import { type Finding, InputError } from "../errors.ts";
import { logistic, logit } from "../math/elementary.ts";
import {
  PERFORMANCE_INDICES,
  type PerformanceIndex,
  type PerformanceIndices,
  performanceIndices,
  rankPredictor,
} from "./performance-indices.ts";

/** The scores of every patient by a model fitted on a resample, or why it could not be fitted. */
export type ResampleScores =
  | { readonly linear: Float64Array; readonly failure: null }
  | { readonly linear: null; readonly failure: string };

/**
 * Fits a model on the patients of a resample, 0-based rows repeated as drawn, and scores all patients on the logit scale.
 * Everything that is learned from data is learned anew inside.
 */
export type FitAndScore = (rows: Int32Array) => ResampleScores;

/** An index with its optimism: what the model loses on average outside the patients it was fitted on. */
export interface CorrectedIndex {
  readonly apparent: number | null;
  /** Mean over resamples on the resample itself. */
  readonly training: number | null;
  /** Mean over resamples on all patients. */
  readonly test: number | null;
  readonly optimism: number | null;
  readonly corrected: number | null;
  /** Resamples that have the index. */
  readonly resamples: number;
}

/** One resample's indices on itself and on all patients. */
export interface OptimismReplicate {
  readonly training: PerformanceIndices;
  readonly test: PerformanceIndices;
}

/** Harrell's optimism correction. */
export interface OptimismCorrection {
  /** `auc` is (Somers' D + 1) / 2; `emax` the largest distance of the mean calibration line from the diagonal. */
  readonly indices: Readonly<Record<PerformanceIndex | "auc" | "emax", CorrectedIndex>>;
  /** One a resample, in order; null where the fit failed. */
  readonly replicates: readonly (OptimismReplicate | null)[];
  /** How many resamples could not be fitted, by reason. */
  readonly failures: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

/**
 * Performance corrected for optimism by the bootstrap, for any way to fit a model.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param resamples From `bootstrapResamples`, at least one.
 * @param fitAndScore The whole way from data to scores; called once with every row for the apparent performance.
 * @returns Means over the resamples that could be fitted, each index over those that have it; null where none has. A
 *   separated resample has no maximum likelihood fit and counts as failed, where rms keeps the coefficients of its last step:
 *   with many of them the optimism is understated, and a penalised fit is the remedy.
 * @throws {InputError} No resample, or the model cannot be fitted on all patients.
 * @source Harrell, Lee & Mark 1996, Stat Med 15:361-387; the indices of rms::validate.lrm.
 */
export function bootstrapOptimism(
  outcome: Uint8Array,
  resamples: readonly Int32Array[],
  fitAndScore: FitAndScore,
): OptimismCorrection {
  const replicates = optimismReplicates(outcome, resamples, fitAndScore);
  return summariseOptimism(apparentIndices(outcome, fitAndScore), replicates);
}

/**
 * The indices of every resample, for those who share the resamples among workers and join the parts in order.
 *
 * @param outcome As {@link bootstrapOptimism}.
 * @param resamples As {@link bootstrapOptimism}.
 * @param fitAndScore As {@link bootstrapOptimism}.
 * @returns One a resample; the reason where its model could not be fitted.
 */
export function optimismReplicates(
  outcome: Uint8Array,
  resamples: readonly Int32Array[],
  fitAndScore: FitAndScore,
): readonly (OptimismReplicate | string)[] {
  return resamples.map((rows) => {
    const { linear, failure } = fitAndScore(rows);
    if (linear === null) return failure;
    const counts = new Float64Array(outcome.length);
    for (const row of rows) counts[row] += 1;
    const predictor = rankPredictor(outcome, linear);
    return { training: performanceIndices(predictor, counts), test: performanceIndices(predictor) };
  });
}

/**
 * The indices of the model of all patients on these patients.
 *
 * @param outcome As {@link bootstrapOptimism}.
 * @param fitAndScore As {@link bootstrapOptimism}.
 * @throws {InputError} The model cannot be fitted.
 */
export function apparentIndices(outcome: Uint8Array, fitAndScore: FitAndScore): PerformanceIndices {
  const { linear, failure } = fitAndScore(Int32Array.from(outcome.keys()));
  if (linear === null)
    throw new InputError(
      `an optimism correction needs a model of all patients; got none: ${failure}; use fewer predictors or a penalty`,
    );
  return performanceIndices(rankPredictor(outcome, linear));
}

/**
 * The optimism correction from the indices of all patients and those of the resamples.
 *
 * @param apparent From {@link apparentIndices}.
 * @param replicates From {@link optimismReplicates}, at least one.
 * @throws {InputError} No resample.
 */
export function summariseOptimism(
  apparent: PerformanceIndices,
  replicates: readonly (OptimismReplicate | string)[],
): OptimismCorrection {
  if (replicates.length === 0)
    throw new InputError("an optimism correction needs resamples; got none; draw 1000");
  const fitted = replicates.filter((replicate) => typeof replicate !== "string");
  const entries = PERFORMANCE_INDICES.map((index) => [index, corrected(index, apparent, fitted)] as const);
  const indices = Object.fromEntries(entries) as Record<PerformanceIndex, CorrectedIndex>;
  const failures: Record<string, number> = {};
  for (const reason of replicates)
    if (typeof reason === "string") failures[reason] = (failures[reason] ?? 0) + 1;
  return {
    indices: { ...indices, auc: asAuc(indices.somersD), emax: emaxOf(indices.intercept, indices.slope) },
    replicates: replicates.map((replicate) => (typeof replicate === "string" ? null : replicate)),
    failures,
    findings: failureFindings(failures, replicates.length),
  };
}

function corrected(
  index: PerformanceIndex,
  apparent: PerformanceIndices,
  replicates: readonly OptimismReplicate[],
): CorrectedIndex {
  let [training, test, resamples] = [0, 0, 0];
  for (const replicate of replicates) {
    const [onSelf, onAll] = [replicate.training[index], replicate.test[index]];
    if (Number.isNaN(onSelf + onAll)) continue;
    training += onSelf;
    test += onAll;
    resamples += 1;
  }
  const own = Number.isNaN(apparent[index]) ? null : apparent[index];
  if (resamples === 0)
    return { apparent: own, training: null, test: null, optimism: null, corrected: null, resamples };
  const optimism = (training - test) / resamples;
  return {
    apparent: own,
    training: training / resamples,
    test: test / resamples,
    optimism,
    corrected: own === null ? null : own - optimism,
    resamples,
  };
}

function asAuc(somersD: CorrectedIndex): CorrectedIndex {
  const half = (value: number | null, add: number) => (value === null ? null : value / 2 + add);
  return {
    apparent: half(somersD.apparent, 0.5),
    training: half(somersD.training, 0.5),
    test: half(somersD.test, 0.5),
    optimism: half(somersD.optimism, 0),
    corrected: half(somersD.corrected, 0.5),
    resamples: somersD.resamples,
  };
}

/** On rms's grid of 2001 risks; the apparent line is taken to be the diagonal. */
function emaxOf(intercept: CorrectedIndex, slope: CorrectedIndex): CorrectedIndex {
  const { resamples } = slope;
  if (intercept.corrected === null || slope.corrected === null)
    return { apparent: 0, training: 0, test: null, optimism: null, corrected: null, resamples };
  let largest = 0;
  for (let k = 1; k < 2000; k++) {
    const risk = k / 2000;
    const line = logistic(intercept.corrected + slope.corrected * logit(risk));
    largest = Math.max(largest, Math.abs(risk - line));
  }
  return { apparent: 0, training: 0, test: largest, optimism: largest, corrected: largest, resamples };
}

/** Failed resamples are not missing at random: their samples are the hardest to fit. */
function failureFindings(failures: Readonly<Record<string, number>>, resamples: number): Finding[] {
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  if (failed === 0) return [];
  const reasons = Object.entries(failures).map(([reason, count]) => `${reason}: ${count}`);
  return [
    {
      code: "resamples-failed",
      severity: "warning",
      message: `an optimism correction needs a fit of every resample; got none in ${failed} of ${resamples} (${reasons.join("; ")}), which are left out; use fewer predictors or a penalty`,
    },
  ];
}
