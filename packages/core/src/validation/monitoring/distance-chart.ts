import { choleskyFactor } from "../../math/cholesky.ts";
import { type Matrix, zeroMatrix } from "../../math/matrix.ts";
import { pearson } from "../../math/statistics.ts";
import { INPUT_WEIGHT, weightedMeanError } from "./chart-statistics.ts";
import { cellOf, cellScores, type ReferenceCells } from "./reference-cells.ts";

/** Quantities that are watched together, as the development set had them. */
export interface WatchedGroup {
  /** One per quantity, each of at least two cells. */
  readonly cells: readonly ReferenceCells[];
  /** Correlations of their normal scores: row i holds those with quantities 0 to i - 1. */
  readonly correlation: readonly (readonly number[])[];
}

/** Added to the variances, so that quantities that nearly repeat each other do not shout. */
export const RIDGE = 0.02;

/**
 * Normal scores of one quantity.
 *
 * @param values NaN where missing, which scores 0: the mean of the reference.
 */
export function normalScores(values: ArrayLike<number>, cells: ReferenceCells): Float64Array {
  const scores = cellScores(cells);
  return Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : scores[cellOf(cells, value)]));
}

/**
 * Correlations of normal scores, as {@link WatchedGroup} holds them, to three decimals.
 *
 * @param scores One array a quantity, none constant.
 */
export function scoreCorrelations(scores: readonly Float64Array[]): readonly (readonly number[])[] {
  return scores.map((own, i) =>
    scores.slice(0, i).map((other) => Math.round(1e3 * pearson(own, other)) / 1e3),
  );
}

/** The Cholesky factor of the correlations with a small ridge, whose solution whitens scores. */
export function correlationFactor({ correlation }: Pick<WatchedGroup, "correlation">): Matrix {
  const size = correlation.length;
  const matrix = zeroMatrix(size, size);
  for (let i = 0; i < size; i++) {
    matrix.values[i * size + i] = 1 + RIDGE;
    for (let j = 0; j < i; j++) matrix.values[j * size + i] = matrix.values[i * size + j] = correlation[i][j];
  }
  return choleskyFactor(matrix);
}

/**
 * Solves L x = b in place.
 *
 * @param factor L, lower triangle.
 */
export function forwardSolve({ rows, values }: Matrix, b: Float64Array): void {
  for (let j = 0; j < rows; j++) {
    b[j] /= values[j * rows + j];
    for (let i = j + 1; i < rows; i++) b[i] -= values[j * rows + i] * b[j];
  }
}

/**
 * How far the weighted mean of the scores of a group lies from that of the reference, after every case: Hotelling's
 * distance, about the number of quantities where nothing changed.
 *
 * @param scores One array a quantity; shape [cases] each.
 * @param factor From {@link correlationFactor}.
 * @param patients Of the reference.
 * @returns At least 0; shape [cases].
 * @source Lowry et al. 1992, Technometrics 34:46-53 (multivariate exponentially weighted moving average).
 */
export function distanceSeries(
  scores: readonly Float64Array[],
  factor: Matrix,
  patients: number,
): Float64Array {
  const size = scores.length;
  const distances = new Float64Array(scores[0].length);
  const [means, white] = [new Float64Array(size), new Float64Array(size)];
  for (let t = 0; t < distances.length; t++) {
    for (let i = 0; i < size; i++) means[i] += INPUT_WEIGHT * (scores[i][t] - means[i]);
    white.set(means);
    forwardSolve(factor, white);
    let squares = 0;
    for (let i = 0; i < size; i++) squares += white[i] * white[i];
    const error = weightedMeanError(t + 1, patients, INPUT_WEIGHT);
    distances[t] = squares / (error * error);
  }
  return distances;
}

/**
 * Weighted means of the scores after a case, in units of their error: which quantities a distance is made of.
 *
 * @param cases Cases so far.
 */
export function meanShifts(
  scores: readonly Float64Array[],
  cases: number,
  patients: number,
): readonly number[] {
  const error = weightedMeanError(cases, patients, INPUT_WEIGHT);
  return scores.map((own) => {
    let mean = 0;
    for (let t = 0; t < cases; t++) mean += INPUT_WEIGHT * (own[t] - mean);
    return mean / error;
  });
}
