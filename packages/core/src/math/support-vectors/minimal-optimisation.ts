import { NumericalError } from "../../errors.ts";
import type { KernelRows } from "./kernel-rows.ts";

/** The dual of a support vector classifier in signed weights b = y·alpha: each lies between its two bounds. */
export interface DualProblem {
  readonly kernel: KernelRows;
  /** 1 or -1, shape [n]. */
  readonly sign: Int8Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Largest violation of optimality that may stay. */
  readonly tolerance: number;
}

/** Signed weights with the intercept of the decision value. */
export interface DualSolution {
  readonly weights: Float64Array;
  readonly intercept: number;
  readonly iterations: number;
}

interface Search extends DualProblem {
  readonly weights: Float64Array;
  /** sign - kernel · weights: the slope of the dual in each weight. */
  readonly slope: Float64Array;
  /** The points that still take part, in the first `size` places. */
  readonly active: Int32Array;
  size: number;
  unshrunk: boolean;
}

/** A step is never divided by less curvature than this. */
const SMALLEST_CURVATURE = 1e-12;

/**
 * Solves the dual by steps in two weights at a time.
 *
 * @throws {NumericalError} No convergence in ten million steps.
 * @source Fan, Chen & Lin 2005, J Mach Learn Res 6:1889-1918 (working set WSS 2); shrinking: Chang & Lin 2011, ACM TIST
 *   2:27, section 5.
 */
export function solveDual(problem: DualProblem): DualSolution {
  const count = problem.sign.length;
  const search: Search = {
    ...problem,
    weights: new Float64Array(count),
    slope: Float64Array.from(problem.sign),
    active: Int32Array.from({ length: count }, (_, k) => k),
    size: count,
    unshrunk: false,
  };
  const most = Math.max(10_000_000, 100 * count);
  const period = Math.min(count, 1000);
  let untilShrinking = period;
  for (let iteration = 0; iteration < most; iteration++) {
    if (--untilShrinking === 0) {
      untilShrinking = period;
      shrink(search);
    }
    if (step(search)) continue;
    if (search.size === count)
      return { weights: search.weights, intercept: interceptOf(search), iterations: iteration };
    // Optimal for the points that take part: those left out must agree.
    bringBack(search);
    // A step over all of them comes before the next shrinking, else the two could alternate for ever.
    untilShrinking = 2;
  }
  throw new NumericalError(
    `a support vector machine needs a solution within ${most} steps; got none; standardise the predictors or lower the cost`,
  );
}

/** One step in the pair of weights that promises most; false where no pair violates optimality. */
function step(search: Search): boolean {
  const { weights, lower, upper, slope, active, size, tolerance } = search;
  const { diagonal, row } = search.kernel;
  let first = -1;
  let steepest = -Infinity;
  for (let k = 0; k < size; k++) {
    const i = active[k];
    // Of equal slopes the last counts, here and below, as in LIBSVM: its path is ours where the solution is not unique.
    if (slope[i] >= steepest && weights[i] < upper[i]) {
      steepest = slope[i];
      first = i;
    }
  }
  if (first < 0) return false;
  const firstRow = row(first);
  let second = -1;
  let [lowest, most] = [Infinity, 0];
  for (let k = 0; k < size; k++) {
    const j = active[k];
    if (weights[j] <= lower[j]) continue;
    const own = slope[j];
    if (own < lowest) lowest = own;
    const difference = steepest - own;
    if (difference <= 0) continue;
    const curvature = Math.max(SMALLEST_CURVATURE, diagonal[first] + diagonal[j] - 2 * firstRow[j]);
    const gain = (difference * difference) / curvature;
    if (gain >= most) {
      most = gain;
      second = j;
    }
  }
  if (second < 0 || steepest - lowest < tolerance) return false;
  move(search, first, second);
  return true;
}

/** Moves weight from the second to the first as far as curvature and bounds allow. */
function move(search: Search, first: number, second: number): void {
  const { weights, lower, upper, slope, active, size } = search;
  const { diagonal, row } = search.kernel;
  const [firstRow, secondRow] = [row(first), row(second)];
  const curvature = Math.max(SMALLEST_CURVATURE, diagonal[first] + diagonal[second] - 2 * firstRow[second]);
  const [room, stock] = [upper[first] - weights[first], weights[second] - lower[second]];
  const length = Math.min((slope[first] - slope[second]) / curvature, room, stock);
  // Bounds are met exactly, so that a weight at its bound compares as such.
  weights[first] = length === room ? upper[first] : weights[first] + length;
  weights[second] = length === stock ? lower[second] : weights[second] - length;
  for (let k = 0; k < size; k++) {
    const i = active[k];
    slope[i] -= length * (firstRow[i] - secondRow[i]);
  }
}

/** Leaves out the points that lie at a bound and would stay there. */
function shrink(search: Search): void {
  const { weights, lower, upper, slope, active, tolerance } = search;
  let [steepest, lowest] = [-Infinity, Infinity];
  for (let k = 0; k < search.size; k++) {
    const i = active[k];
    if (weights[i] < upper[i]) steepest = Math.max(steepest, slope[i]);
    if (weights[i] > lower[i]) lowest = Math.min(lowest, slope[i]);
  }
  if (!search.unshrunk && steepest - lowest <= 10 * tolerance) {
    search.unshrunk = true;
    bringBack(search);
  }
  const stays = (i: number) =>
    (weights[i] <= lower[i] && slope[i] < lowest) || (weights[i] >= upper[i] && slope[i] > steepest);
  let end = search.size;
  for (let k = 0; k < end; k++) {
    if (!stays(active[k])) continue;
    end--;
    while (end > k && stays(active[end])) end--;
    const left = active[k];
    active[k] = active[end];
    active[end] = left;
  }
  search.size = end;
}

/** Lets every point take part again; slopes that were not kept up are computed from the weights. */
function bringBack(search: Search): void {
  const { weights, slope, sign, active, size, kernel } = search;
  const stale = active.subarray(size);
  for (const i of stale) slope[i] = sign[i];
  for (let j = 0; j < weights.length && stale.length > 0; j++) {
    if (weights[j] === 0) continue;
    const row = kernel.row(j);
    for (const i of stale) slope[i] -= weights[j] * row[i];
  }
  search.size = active.length;
}

/** Mean slope of the weights between their bounds; else the middle of what the others allow. */
function interceptOf({ weights, lower, upper, slope }: Search): number {
  let [sum, free, most, least] = [0, 0, -Infinity, Infinity];
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] > lower[i] && weights[i] < upper[i]) {
      sum += slope[i];
      free++;
    } else if (weights[i] < upper[i]) most = Math.max(most, slope[i]);
    else least = Math.min(least, slope[i]);
  }
  return free > 0 ? sum / free : (most + least) / 2;
}
