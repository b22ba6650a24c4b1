import { type ContingencyTable, margins } from "./contingency-table.ts";
import { exp } from "./elementary.ts";
import { forEachFilling } from "./fillings.ts";
import { logGamma } from "./log-gamma.ts";

/** Steps beyond which the exact sum is given up, about a second: one a way to fill a column, more a past carried on. */
const MOST_STEPS = 4_000_000;
const STEPS_PER_PAST = 4;

/** Pasts whose log weights are this near are one. */
const SAME = 1e-9;

/** Tables this much above the observed log probability still count as no more likely, as in R. */
const TOLERANCE = 1e-7;

/** All ways to fill the last two columns, by ascending log weight. */
interface Completions {
  readonly logWeights: Float64Array;
  /** Summed weights up to each, as multiples of the largest weight. */
  readonly cumulative: Float64Array;
}

/** Largest and smallest log weight of the ways to fill all columns that are left. */
interface Bounds {
  readonly largest: number;
  readonly smallest: number;
}

/** Ways to reach a node that have the same log weight. */
interface Past {
  readonly logWeight: number;
  ways: number;
}

/** What is left of each row, in ascending order, with the pasts that lead there. */
interface Node {
  readonly left: Int32Array;
  readonly pasts: Map<number, Past>;
}

interface Network {
  readonly columns: readonly number[];
  readonly logFactorial: Float64Array;
  readonly radix: number;
  readonly bounds: readonly Map<number, Bounds>[];
  readonly completions: Map<number, Completions>;
  steps: number;
}

/**
 * Exact p-value of Fisher's test for a table of any shape, by the network algorithm.
 *
 * A node is what is left of the rows after some columns; columns are filled one after the other. A past whose every
 * completion is no more likely than the observed table is summed in closed form, one whose every completion is more
 * likely is dropped, others go on to the next node. Two columns before the end the completions are sorted once a node,
 * and each past finds its share by bisection.
 *
 * @param table Counts without empty rows and columns, more than two of one of them.
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
  const network: Network = {
    columns,
    logFactorial: Float64Array.from({ length: radix }, (_, n) => logGamma(n + 1)),
    radix,
    bounds: columns.map(() => new Map<number, Bounds>()),
    completions: new Map(),
    steps: 0,
  };
  return sumOfStages(network, left, logWeight(network, table.counts) + TOLERANCE);
}

function sumOfStages(network: Network, start: Int32Array, threshold: number): number | null {
  const { columns, logFactorial } = network;
  // Probability of a table = its weight, prod 1 / x!, times the factorials of the margins over that of the total.
  const logScale = -logWeight(network, start) - logWeight(network, columns) - logFactorial[network.radix - 1];
  let stage = new Map<number, Node>();
  addPast(network, stage, start, { logWeight: 0, ways: 1 });
  let probability = 0;
  for (let column = 0; column < columns.length - 1; column++) {
    const next = new Map<number, Node>();
    for (const { left, pasts } of stage.values()) {
      if (column === columns.length - 2) {
        const completions = completionsOf(network, left);
        if (completions === null) return null;
        for (const past of pasts.values()) probability += shareOf(completions, past, threshold, logScale);
        continue;
      }
      const bounds = boundsOf(network, left, column);
      if (bounds === null) return null;
      const logTotal = logWeightOfAll(network, left, column);
      const open: Past[] = [];
      for (const past of pasts.values()) {
        if (past.logWeight + bounds.largest <= threshold)
          probability += past.ways * exp(past.logWeight + logTotal + logScale);
        else if (past.logWeight + bounds.smallest <= threshold) open.push(past);
      }
      if (!passOn(network, { left, column, open }, next)) return null;
    }
    stage = next;
  }
  return Math.min(1, probability);
}

/** Probability of the tables of a past that are no more likely than the observed one. */
function shareOf(
  { logWeights, cumulative }: Completions,
  past: Past,
  threshold: number,
  logScale: number,
): number {
  const most = threshold - past.logWeight;
  let [low, high] = [0, logWeights.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (logWeights[middle] <= most) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  return past.ways * exp(past.logWeight + logWeights[logWeights.length - 1] + logScale) * cumulative[low - 1];
}

/** Sends open pasts of a node along every arc; false where the network is too large. */
function passOn(
  network: Network,
  node: { readonly left: Int32Array; readonly column: number; readonly open: readonly Past[] },
  next: Map<number, Node>,
): boolean {
  if (node.open.length === 0) return true;
  return forEachFilling(node.left, network.columns[node.column], (filling) => {
    network.steps += STEPS_PER_PAST * node.open.length;
    if (network.steps > MOST_STEPS) return false;
    const arc = logWeight(network, filling);
    const rest = remaining(node.left, filling);
    for (const past of node.open)
      addPast(network, next, rest, { logWeight: past.logWeight + arc, ways: past.ways });
    return true;
  });
}

function addPast(network: Network, stage: Map<number, Node>, left: Int32Array, past: Past): void {
  const key = nodeKey(network, left);
  let node = stage.get(key);
  if (node === undefined) {
    node = { left, pasts: new Map() };
    stage.set(key, node);
  }
  const bucket = Math.round(past.logWeight / SAME);
  const known = node.pasts.get(bucket);
  if (known === undefined) node.pasts.set(bucket, past);
  else known.ways += past.ways;
}

/** The sorted ways to fill the last two columns; null where the network is too large. */
function completionsOf(network: Network, left: Int32Array): Completions | null {
  const key = nodeKey(network, left);
  const known = network.completions.get(key);
  if (known !== undefined) return known;
  const found: number[] = [];
  const complete = forEachFilling(left, network.columns[network.columns.length - 2], (filling) => {
    let weight = 0;
    for (let row = 0; row < left.length; row++)
      weight -= network.logFactorial[filling[row]] + network.logFactorial[left[row] - filling[row]];
    found.push(weight);
    return ++network.steps <= MOST_STEPS;
  });
  if (!complete) return null;
  const logWeights = Float64Array.from(found).sort((a, b) => a - b);
  const largest = logWeights[logWeights.length - 1];
  let total = 0;
  const cumulative = logWeights.map((weight) => (total += exp(weight - largest)));
  const completions = { logWeights, cumulative };
  network.completions.set(key, completions);
  return completions;
}

/** Bounds over all ways to fill the columns from `column` on; null where the network is too large. */
function boundsOf(network: Network, left: Int32Array, column: number): Bounds | null {
  if (column === network.columns.length - 2) {
    const completions = completionsOf(network, left);
    if (completions === null) return null;
    return {
      largest: completions.logWeights[completions.logWeights.length - 1],
      smallest: completions.logWeights[0],
    };
  }
  const key = nodeKey(network, left);
  const known = network.bounds[column].get(key);
  if (known !== undefined) return known;
  let [largest, smallest] = [-Infinity, Infinity];
  const complete = forEachFilling(left, network.columns[column], (filling) => {
    if (++network.steps > MOST_STEPS) return false;
    const arc = logWeight(network, filling);
    const rest = boundsOf(network, remaining(left, filling), column + 1);
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

function remaining(left: Int32Array, filling: Int32Array): Int32Array {
  return left.map((size, row) => size - filling[row]).sort((a, b) => a - b);
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
