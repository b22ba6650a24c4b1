import { exp, logGamma } from "./elementary.ts";
import { type ContingencyTable, margins } from "./contingency-table.ts";

/** Arcs of the network and stored pasts beyond which the exact sum is given up. */
const MOST_STEPS = 20_000_000;

/** Pasts of equal log probability within this are one. */
const SAME = 1e-9;

/** Tables this much above the observed log probability still count as no more likely, as in R. */
const TOLERANCE = 1e-7;

/** Largest and smallest log weight of the ways to fill the columns that are left. */
interface Bounds {
  readonly largest: number;
  readonly smallest: number;
}

/** Ways to reach a node that have the same log weight. */
interface Past {
  readonly logWeight: number;
  ways: number;
}

/** A stage of the network: what is left of each row, in ascending order, with the pasts that lead there. */
interface Node {
  readonly left: Int32Array;
  readonly pasts: Map<number, Past>;
}

interface Network {
  readonly columns: readonly number[];
  readonly logFactorial: Float64Array;
  readonly radix: number;
  readonly bounds: Map<number, Bounds>[];
  steps: number;
}

/**
 * Exact p-value of Fisher's test for a table of any shape, by the network algorithm.
 *
 * A node is what is left of the rows after some columns; columns are filled one after the other. A past whose every
 * completion is no more likely than the observed table is summed in closed form, one whose every completion is more
 * likely is dropped, others go on to the next node.
 *
 * @param table Counts without empty rows and columns.
 * @returns In (0, 1], or null where the network is too large.
 * @source Mehta & Patel 1983, JASA 78:427-434.
 */
export function fisherNetwork(table: ContingencyTable): number | null {
  const sums = margins(table);
  const byRow = sums.rows.length <= sums.columns.length;
  const left = Int32Array.from(byRow ? sums.rows : sums.columns).sort((a, b) => a - b);
  const columns = (byRow ? sums.columns : sums.rows).toSorted((a, b) => a - b);
  const radix = sums.total + 1;
  // A node's key must be a whole number that a double holds: the last row follows from the others.
  let keys = 1;
  for (let row = 1; row < left.length; row++) keys *= radix;
  if (keys > Number.MAX_SAFE_INTEGER) return null;
  const logFactorial = Float64Array.from({ length: radix }, (_, n) => logGamma(n + 1));
  const network: Network = {
    columns,
    logFactorial,
    radix,
    bounds: columns.map(() => new Map<number, Bounds>()),
    steps: 0,
  };
  const threshold = logWeight(network, table.counts) + TOLERANCE;
  return sumOfStages(network, left, threshold);
}

function sumOfStages(network: Network, start: Int32Array, threshold: number): number | null {
  const { columns, logFactorial } = network;
  // Probability of a table = its weight, prod 1 / x!, times the factorials of the margins over that of the total.
  const logScale = -logWeight(network, start) - logWeight(network, columns) - logFactorial[network.radix - 1];
  let stage = new Map<number, Node>([
    [nodeKey(network, start), { left: start, pasts: new Map([[0, { logWeight: 0, ways: 1 }]]) }],
  ]);
  let probability = 0;
  for (let column = 0; column < columns.length && stage.size > 0; column++) {
    const next = new Map<number, Node>();
    for (const node of stage.values()) {
      const bounds = boundsOf(network, node.left, column);
      if (bounds === null) return null;
      const logTotal = logWeightOfAll(network, node.left, column);
      const open: Past[] = [];
      for (const past of node.pasts.values()) {
        if (past.logWeight + bounds.largest <= threshold)
          probability += past.ways * exp(past.logWeight + logTotal + logScale);
        else if (past.logWeight + bounds.smallest <= threshold) open.push(past);
      }
      if (open.length > 0) passOn(network, node.left, column, { open, next });
      if (network.steps > MOST_STEPS) return null;
    }
    stage = next;
  }
  return Math.min(1, probability);
}

function passOn(
  network: Network,
  left: Int32Array,
  column: number,
  { open, next }: { open: readonly Past[]; next: Map<number, Node> },
): void {
  forEachFilling(left, network.columns[column], (filling) => {
    network.steps += open.length;
    if (network.steps > MOST_STEPS) return false;
    const rest = left.map((size, row) => size - filling[row]).sort((a, b) => a - b);
    const key = nodeKey(network, rest);
    let node = next.get(key);
    if (node === undefined) {
      node = { left: rest, pasts: new Map() };
      next.set(key, node);
    }
    const arc = logWeight(network, filling);
    for (const past of open) {
      const value = past.logWeight + arc;
      const bucket = Math.round(value / SAME);
      const known = node.pasts.get(bucket);
      if (known === undefined) node.pasts.set(bucket, { logWeight: value, ways: past.ways });
      else known.ways += past.ways;
    }
    return true;
  });
}

/** Bounds over all ways to fill the columns from `column` on; null where the network is too large. */
function boundsOf(network: Network, left: Int32Array, column: number): Bounds | null {
  if (column === network.columns.length - 1) {
    const only = logWeight(network, left);
    return { largest: only, smallest: only };
  }
  const key = nodeKey(network, left);
  const known = network.bounds[column].get(key);
  if (known !== undefined) return known;
  let [largest, smallest] = [-Infinity, Infinity];
  const complete = forEachFilling(left, network.columns[column], (filling) => {
    if (++network.steps > MOST_STEPS) return false;
    const arc = logWeight(network, filling);
    const rest = boundsOf(
      network,
      left.map((size, row) => size - filling[row]).sort((a, b) => a - b),
      column + 1,
    );
    if (rest === null) return false;
    largest = Math.max(largest, arc + rest.largest);
    smallest = Math.min(smallest, arc + rest.smallest);
    return true;
  });
  if (!complete) return null;
  const bounds = { largest, smallest };
  network.bounds[column].set(key, bounds);
  return bounds;
}

/** Log of the summed weight of all ways to fill the columns from `column` on: left! / (prod rows! prod columns!). */
function logWeightOfAll(network: Network, left: Int32Array, column: number): number {
  const total = left.reduce((sum, size) => sum + size, 0);
  return (
    network.logFactorial[total] + logWeight(network, left) + logWeight(network, network.columns.slice(column))
  );
}

/** Visits every way to spread `total` over rows that hold at most `left`; false as soon as a visit returns false. */
function forEachFilling(left: Int32Array, total: number, visit: (filling: Int32Array) => boolean): boolean {
  const filling = new Int32Array(left.length);
  const room = Int32Array.from(left);
  for (let row = left.length - 2; row >= 0; row--) room[row] += room[row + 1];
  const fill = (row: number, rest: number): boolean => {
    if (row === left.length - 1) {
      filling[row] = rest;
      return visit(filling);
    }
    for (let count = Math.max(0, rest - room[row + 1]); count <= Math.min(rest, left[row]); count++) {
      filling[row] = count;
      if (!fill(row + 1, rest - count)) return false;
    }
    return true;
  };
  return fill(0, total);
}

function logWeight({ logFactorial }: Network, counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total -= logFactorial[counts[i]];
  return total;
}

function nodeKey({ radix }: Network, left: Int32Array): number {
  let key = 0;
  for (let row = 0; row < left.length - 1; row++) key = key * radix + left[row];
  return key;
}
