import { type ContingencyTable, margins } from "./contingency-table.ts";
import { exp } from "./elementary.ts";
import { type Bounds, fisherBounds } from "./fisher-bounds.ts";
import { forEachFilling } from "./fillings.ts";
import { logGamma } from "./log-gamma.ts";

/** Steps beyond which the exact sum is given up, after a second or two: one a way to fill a column, more a past carried on. */
const MOST_STEPS = 16_000_000;
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

/** Ways to reach a node that have the same log weight. */
interface Past {
  readonly logWeight: number;
  ways: number;
}

/** What is left of each row, in ascending order, with the pasts that lead there. */
interface Node {
  readonly left: Int32Array;
  /** Of all ways to fill the columns from here. */
  readonly bounds: Bounds;
  /** Log of the summed weight of those ways. */
  readonly logTotal: number;
  readonly pasts: Map<number, Past>;
}

/** What has been summed so far: the probability of tables whose log weight is at most the threshold. */
interface Sum {
  readonly threshold: number;
  readonly logScale: number;
  probability: number;
}

interface Network {
  readonly columns: readonly number[];
  readonly logFactorial: Float64Array;
  readonly radix: number;
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
  // The largest column decides most, so after it most pasts are settled.
  const columns = (byRow ? sums.columns : sums.rows).toSorted((a, b) => b - a);
  const radix = sums.total + 1;
  // A node's key must be a whole number that a double holds: the last row follows from the others.
  let keys = 1;
  for (let row = 1; row < left.length; row++) keys *= radix;
  if (keys > Number.MAX_SAFE_INTEGER) return null;
  const network: Network = {
    columns,
    logFactorial: Float64Array.from({ length: radix }, (_, n) => logGamma(n + 1)),
    radix,
    completions: new Map(),
    steps: 0,
  };
  return sumOfStages(network, left, logWeight(network, table.counts) + TOLERANCE);
}

function sumOfStages(network: Network, start: Int32Array, threshold: number): number | null {
  const { columns, logFactorial } = network;
  // Probability of a table = its weight, prod 1 / x!, times the factorials of the margins over that of the total.
  const logScale = -logWeight(network, start) - logWeight(network, columns) - logFactorial[network.radix - 1];
  const sum: Sum = { threshold, logScale, probability: 0 };
  let stage = new Map<number, Node>();
  const first = nodeAt(network, stage, start, 0);
  if (first === null) return null;
  addPast(first, { logWeight: 0, ways: 1 }, sum);
  for (let column = 0; column < columns.length - 2; column++) {
    const next = new Map<number, Node>();
    for (const node of stage.values()) if (!passOn(network, node, { next, column, sum })) return null;
    stage = next;
  }
  for (const { left, pasts } of stage.values()) {
    const completions = completionsOf(network, left);
    if (completions === null) return null;
    for (const past of pasts.values()) sum.probability += shareOf(completions, past, sum);
  }
  return Math.min(1, sum.probability);
}

/** Probability of the tables of a past that are no more likely than the observed one. */
function shareOf({ logWeights, cumulative }: Completions, past: Past, { threshold, logScale }: Sum): number {
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

/** Sends the pasts of a node along every arc; false where the network is too large. */
function passOn(
  network: Network,
  node: Node,
  to: { readonly next: Map<number, Node>; readonly column: number; readonly sum: Sum },
): boolean {
  if (node.pasts.size === 0) return true;
  const pasts = [...node.pasts.values()];
  return forEachFilling(node.left, network.columns[to.column], (filling) => {
    network.steps += STEPS_PER_PAST * pasts.length;
    if (network.steps > MOST_STEPS) return false;
    const arc = logWeight(network, filling);
    const end = nodeAt(network, to.next, remaining(node.left, filling), to.column + 1);
    if (end === null) return false;
    for (const { logWeight, ways } of pasts) addPast(end, { logWeight: logWeight + arc, ways }, to.sum);
    return true;
  });
}

/** The node of a stage where so much is left, made if it is new; null where the network is too large. */
function nodeAt(network: Network, stage: Map<number, Node>, left: Int32Array, column: number): Node | null {
  const key = nodeKey(network, left);
  const known = stage.get(key);
  if (known !== undefined) return known;
  const bounds = boundsOf(network, left, column);
  if (bounds === null) return null;
  const node = { left, bounds, logTotal: logWeightOfAll(network, left, column), pasts: new Map() };
  stage.set(key, node);
  return node;
}

/** Adds a past that is settled to the sum, forgets one that only has likelier completions, keeps another. */
function addPast({ bounds, logTotal, pasts }: Node, past: Past, sum: Sum): void {
  if (past.logWeight + bounds.smallest > sum.threshold) return;
  if (past.logWeight + bounds.largest <= sum.threshold) {
    sum.probability += past.ways * exp(past.logWeight + logTotal + sum.logScale);
    return;
  }
  const bucket = Math.round(past.logWeight / SAME);
  const known = pasts.get(bucket);
  if (known === undefined) pasts.set(bucket, past);
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
  return fisherBounds(left, network.columns.slice(column), network.logFactorial);
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
