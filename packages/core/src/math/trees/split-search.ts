import { type RankedColumns, rowsByValue } from "./ranked-columns.ts";
import { nodeGain, type TreePenalties } from "./regularised-gain.ts";

/** A split must gain more than this; also the distance of a cut beyond the last value (XGBoost's kRtEps). */
export const SMALLEST_GAIN = 1e-6;

/** The sums of single precision of a gain are never off by more than this factor. */
const WITHIN_ROUNDING = 1 - 4e-6;

/** A design in the order that exact split search walks through it. */
export interface SortedDesign {
  readonly ranked: RankedColumns;
  /** Rows of each column by ascending value, missing ones left out. */
  readonly orders: readonly Int32Array[];
  /** Rank of the value of each of these rows. */
  readonly sortedCodes: readonly Int32Array[];
}

/** A design sorted column by column. */
export function sortedDesign(ranked: RankedColumns): SortedDesign {
  const { rows, columns, codes } = ranked;
  const orders = Array.from({ length: columns }, (_, column) => rowsByValue(ranked, column));
  const sortedCodes = orders.map((order, column) => order.map((row) => codes[column * rows + row]));
  return { ranked, orders, sortedCodes };
}

/** The nodes of one level with their sums, best splits and scratch space; node k of the level stands at k. */
export interface TreeLevel {
  readonly size: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  /** Gain of the node itself, which a split has to beat. */
  readonly ownGain: Float64Array;
  readonly bestGain: Float64Array;
  /** What a cut's two sides must reach before rounding, to be worth a closer look: less than best and own gain. */
  readonly screen: Float64Array;
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
    screen: new Float64Array(size),
    bestColumn: new Int32Array(size).fill(-1),
    bestThreshold: new Float64Array(size),
    bestMissingLeft: new Uint8Array(size),
    runningGradient: new Float64Array(size),
    runningHessian: new Float64Array(size),
    lastCode: new Int32Array(size),
  };
}

/** Sets the gain of a node itself, which a cut has to beat. */
export function startSearch(level: TreeLevel, node: number, ownGain: number): void {
  level.ownGain[node] = ownGain;
  level.screen[node] = ownGain * WITHIN_ROUNDING;
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

function walk(search: Walk, { ranked, orders, sortedCodes }: SortedDesign): void {
  const { column, step, level, penalties } = search;
  const { runningGradient, runningHessian, lastCode } = level;
  const { gradient, hessian, place } = search.rows;
  const { gradient: wholeGradient, hessian: wholeHessian, screen } = level;
  const order = orders[column];
  const codes = sortedCodes[column];
  const values = ranked.values[column];
  const { minimumChildWeight: least, lambda } = penalties;
  runningGradient.fill(0);
  runningHessian.fill(0);
  const first = step === 1 ? 0 : order.length - 1;
  const end = step === 1 ? order.length : -1;
  for (let k = first; k !== end; k += step) {
    const row = order[k];
    const node = place[row];
    if (node < 0) continue;
    const code = codes[k];
    const last = lastCode[node];
    const own = runningHessian[node];
    const slope = runningGradient[node];
    const rest = wholeHessian[node] - own;
    if (code !== last && own !== 0 && own >= least && rest >= least) {
      const a = own + lambda;
      const b = rest + lambda;
      const other = wholeGradient[node] - slope;
      // slope² / a + other² / b without a division: an L1 penalty or a limit of the step only take from it.
      if (slope * slope * b + other * other * a >= screen[node] * a * b) {
        const gain = gainOfCut(node, search);
        if (winsAt(node, gain, search)) keepCut(node, gain, cutBetween(values[code], values[last]), search);
      }
    }
    runningGradient[node] = slope + gradient[row];
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
    const threshold = Math.fround(last + step * Math.fround(Math.abs(last) + SMALLEST_GAIN));
    const gain = gainOfCut(node, search);
    if (winsAt(node, gain, search)) keepCut(node, gain, threshold, search);
  }
}

/** The middle in single precision; the value seen before where single precision has no number between. */
function cutBetween(value: number, before: number): number {
  const middle = Math.fround(Math.fround(value + before) * 0.5);
  return middle === value ? before : middle;
}

/** What the two sides of a cut gain beyond the node itself, in single precision. */
function gainOfCut(node: number, { level, penalties }: Walk): number {
  const gradient = level.runningGradient[node];
  const hessian = level.runningHessian[node];
  const walked = nodeGain(gradient, hessian, penalties);
  const other = nodeGain(level.gradient[node] - gradient, level.hessian[node] - hessian, penalties);
  return Math.fround(Math.fround(walked + other) - level.ownGain[node]);
}

/** Of equal gains the first column wins, and within a column the first cut. */
function winsAt(node: number, gain: number, { column, level }: Walk): boolean {
  const best = level.bestGain[node];
  if (!(gain >= best) || gain === Infinity) return false;
  return gain > best || level.bestColumn[node] > column;
}

function keepCut(node: number, gain: number, threshold: number, { column, step, level }: Walk): void {
  level.bestGain[node] = gain;
  level.screen[node] = (gain + level.ownGain[node]) * WITHIN_ROUNDING;
  level.bestColumn[node] = column;
  level.bestThreshold[node] = threshold;
  level.bestMissingLeft[node] = step === -1 ? 1 : 0;
}
