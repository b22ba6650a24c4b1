import type { RankedColumns } from "./ranked-columns.ts";
import { nodeGain, type TreePenalties } from "./regularised-gain.ts";

/** A split must gain more than this; also the distance of a cut beyond the last value (XGBoost's kRtEps). */
export const SMALLEST_GAIN = 1e-6;

/** A design in the order that exact split search walks through it. */
export interface SortedDesign {
  readonly ranked: RankedColumns;
  /** Rows of each column by ascending value, missing ones left out. */
  readonly orders: readonly Int32Array[];
}

/** The nodes of one level with their sums, best splits and scratch space; node k of the level stands at k. */
export interface TreeLevel {
  readonly size: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  /** Gain of the node itself, which a split has to beat. */
  readonly ownGain: Float64Array;
  readonly bestGain: Float64Array;
  /** -1 while there is no split. */
  readonly bestColumn: Int32Array;
  readonly bestThreshold: Float64Array;
  readonly bestMissingLeft: Uint8Array;
  readonly runningGradient: Float64Array;
  readonly runningHessian: Float64Array;
  readonly lastCode: Int32Array;
}

/** Derivatives of the loss and the place of every row in the level; -1 where the row takes no part. */
export interface RowState {
  readonly gradient: Float32Array;
  readonly hessian: Float32Array;
  readonly place: Int32Array;
}

/** A level of nodes without a best split. */
export function emptyLevel(size: number): TreeLevel {
  return {
    size,
    gradient: new Float64Array(size),
    hessian: new Float64Array(size),
    ownGain: new Float64Array(size),
    bestGain: new Float64Array(size),
    bestColumn: new Int32Array(size).fill(-1),
    bestThreshold: new Float64Array(size),
    bestMissingLeft: new Uint8Array(size),
    runningGradient: new Float64Array(size),
    runningHessian: new Float64Array(size),
    lastCode: new Int32Array(size),
  };
}

/**
 * Updates the best splits of a level with those of one column, whose every cut between two values is tried; missing
 * values go left and right in turn.
 *
 * @source XGBoost's exact greedy search (Chen & Guestrin 2016, algorithms 1 and 3), with its order of ties.
 */
export function searchColumn(
  column: number,
  design: SortedDesign,
  state: { readonly level: TreeLevel; readonly rows: RowState },
  penalties: TreePenalties,
): void {
  const { ranked, orders } = design;
  const order = orders[column];
  const differs = ranked.values[column].length > 1;
  if (order.length === 0) return;
  if (order.length < ranked.rows && differs) walk({ column, step: 1, ...state, penalties }, design);
  walk({ column, step: -1, ...state, penalties }, design);
}

interface Walk {
  readonly column: number;
  /** 1 from the smallest value up with missing values on the right, -1 from the largest down with them on the left. */
  readonly step: 1 | -1;
  readonly level: TreeLevel;
  readonly rows: RowState;
  readonly penalties: TreePenalties;
}

function walk(search: Walk, { ranked, orders }: SortedDesign): void {
  const { column, step, level, penalties } = search;
  const { runningGradient, runningHessian, lastCode } = level;
  const { gradient, hessian, place } = search.rows;
  const order = orders[column];
  const codes = ranked.codes.subarray(column * ranked.rows, (column + 1) * ranked.rows);
  const values = ranked.values[column];
  const least = penalties.minimumChildWeight;
  runningGradient.fill(0);
  runningHessian.fill(0);
  const [first, end] = step === 1 ? [0, order.length] : [order.length - 1, -1];
  for (let k = first; k !== end; k += step) {
    const row = order[k];
    const node = place[row];
    if (node < 0) continue;
    const code = codes[row];
    const own = runningHessian[node];
    if (own !== 0 && code !== lastCode[node] && own >= least && level.hessian[node] - own >= least)
      tryCut(node, cutBetween(values[code], values[lastCode[node]]), search);
    runningGradient[node] += gradient[row];
    runningHessian[node] = own + hessian[row];
    lastCode[node] = code;
  }
  tryMissingAlone(search, values);
}

/** The cut beyond the last value: all present values on one side, the missing ones on the other. */
function tryMissingAlone(search: Walk, values: Float64Array): void {
  const { step, level } = search;
  const least = search.penalties.minimumChildWeight;
  for (let node = 0; node < level.size; node++) {
    const own = level.runningHessian[node];
    if (own === 0 || own < least || level.hessian[node] - own < least) continue;
    const last = values[level.lastCode[node]];
    tryCut(node, Math.fround(last + step * Math.fround(Math.abs(last) + SMALLEST_GAIN)), search);
  }
}

/** The middle in single precision; the value seen before where single precision has no number between. */
function cutBetween(value: number, before: number): number {
  const middle = Math.fround(Math.fround(value + before) * 0.5);
  return middle === value ? before : middle;
}

function tryCut(node: number, threshold: number, { column, step, level, penalties }: Walk): void {
  const [gradient, hessian] = [level.runningGradient[node], level.runningHessian[node]];
  const otherGradient = level.gradient[node] - gradient;
  const otherHessian = level.hessian[node] - hessian;
  const walked = nodeGain(gradient, hessian, penalties);
  const other = nodeGain(otherGradient, otherHessian, penalties);
  const gain = Math.fround(Math.fround(walked + other) - level.ownGain[node]);
  const best = level.bestGain[node];
  // Of equal gains the first column wins, and within a column the first cut.
  const wins = level.bestColumn[node] <= column ? gain > best : gain >= best;
  if (!wins || !Number.isFinite(gain)) return;
  level.bestGain[node] = gain;
  level.bestColumn[node] = column;
  level.bestThreshold[node] = threshold;
  level.bestMissingLeft[node] = step === -1 ? 1 : 0;
}
