import type { Random } from "../random.ts";
import type { RankedColumns } from "./ranked-columns.ts";
import { searchGiniSplit, type SplitScratch, splitScratch } from "./gini-search.ts";
import type { Tree } from "./tree.ts";

/** How the trees of a forest grow. */
export interface ForestTreeOptions {
  /** Columns drawn at each node. */
  readonly candidates: number;
  /** A node of at most this size is a leaf. */
  readonly minimumNodeSize: number;
  /** Whether a patient who was drawn twice counts as two towards the size of a node, or as one. */
  readonly sizeCounts: "draws" | "patients";
  /** Levels of splits; 0 for no limit. */
  readonly maximumDepth: number;
  /** What a leaf answers: its share of events, or the class of most of its patients, ties at random. */
  readonly leaf: "share" | "majority";
}

/** Memory in which one tree after another grows; typed lists as in {@link Tree}, with the rank below each cut. */
export interface ForestGround {
  readonly ranked: RankedColumns;
  readonly outcome: Uint8Array;
  /** How often each patient is in the tree's sample, and the same for patients with the event only. */
  readonly weight: Int32Array;
  readonly eventWeight: Int32Array;
  /** The patients of the sample; every node owns a stretch of them. */
  readonly order: Int32Array;
  readonly scratch: SplitScratch;
  /** The columns in an order that draws go on shuffling. */
  readonly columns: Int32Array;
  readonly feature: Int32Array;
  readonly cut: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly value: Float64Array;
  readonly count: Int32Array;
  readonly events: Int32Array;
  readonly gain: Float64Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly depth: Int32Array;
  nodes: number;
}

/** Memory for trees on a design. */
export function forestGround(ranked: RankedColumns, outcome: Uint8Array): ForestGround {
  const { rows, columns } = ranked;
  const most = 2 * rows + 1;
  const integers = () => new Int32Array(most);
  return {
    ranked,
    outcome,
    weight: new Int32Array(rows),
    eventWeight: new Int32Array(rows),
    order: new Int32Array(rows),
    scratch: splitScratch(ranked.values.reduce((size, { length }) => Math.max(size, length), 1)),
    columns: Int32Array.from({ length: columns }, (_, column) => column),
    feature: integers(),
    cut: integers(),
    threshold: new Float64Array(most),
    left: integers(),
    value: new Float64Array(most),
    count: integers(),
    events: integers(),
    gain: new Float64Array(most),
    start: integers(),
    end: integers(),
    depth: integers(),
    nodes: 0,
  };
}

/**
 * Grows a tree in place on the patients that `weight` draws.
 *
 * @param random Draws candidate columns, and breaks ties of majorities.
 */
export function growForestTree(ground: ForestGround, options: ForestTreeOptions, random: Random): void {
  for (let column = 0; column < ground.columns.length; column++) ground.columns[column] = column;
  plantRoot(ground);
  // Children come after their parents, so the nodes themselves are the queue.
  for (let node = 0; node < ground.nodes; node++) {
    ground.feature[node] = -1;
    ground.left[node] = 0;
    ground.threshold[node] = 0;
    ground.gain[node] = 0;
    ground.value[node] = answer(ground, node, options, random);
    if (mayGrow(ground, node, options)) split(ground, node, options.candidates, random);
  }
}

/** The tree that stands on the ground as plain lists. */
export function treeOfGround(ground: ForestGround): Tree {
  const { nodes } = ground;
  const list = (values: Int32Array | Float64Array) => Array.from(values.subarray(0, nodes));
  return {
    feature: list(ground.feature),
    threshold: list(ground.threshold),
    left: list(ground.left),
    missingLeft: new Array<number>(nodes).fill(0),
    value: list(ground.value),
    cover: list(ground.count),
    gain: list(ground.gain),
  };
}

/** The leaf of a patient of the design that the tree grew on. */
export function leafOnGround(ground: ForestGround, row: number): number {
  const { feature, cut, left } = ground;
  const { codes, rows } = ground.ranked;
  let node = 0;
  while (feature[node] >= 0)
    node = codes[feature[node] * rows + row] <= cut[node] ? left[node] : left[node] + 1;
  return node;
}

function plantRoot(ground: ForestGround): void {
  const { weight, eventWeight, outcome, order } = ground;
  let [size, count, events] = [0, 0, 0];
  for (let row = 0; row < weight.length; row++) {
    eventWeight[row] = outcome[row] === 1 ? weight[row] : 0;
    if (weight[row] === 0) continue;
    order[size++] = row;
    count += weight[row];
    events += eventWeight[row];
  }
  ground.nodes = 1;
  ground.start[0] = 0;
  ground.end[0] = size;
  ground.count[0] = count;
  ground.events[0] = events;
  ground.depth[0] = 0;
}

function answer(ground: ForestGround, node: number, { leaf }: ForestTreeOptions, random: Random): number {
  const [count, events] = [ground.count[node], ground.events[node]];
  if (leaf === "share") return events / count;
  if (2 * events === count) return random.uniform() < 0.5 ? 1 : 0;
  return 2 * events > count ? 1 : 0;
}

function mayGrow(ground: ForestGround, node: number, options: ForestTreeOptions): boolean {
  const [count, events] = [ground.count[node], ground.events[node]];
  const isPure = events === 0 || events === count;
  const isDeep = options.maximumDepth > 0 && ground.depth[node] >= options.maximumDepth;
  const size = options.sizeCounts === "draws" ? count : ground.end[node] - ground.start[node];
  return size > options.minimumNodeSize && !isPure && !isDeep;
}

/** Splits a node at the best cut of some columns drawn at random; leaves it where all of them are constant. */
function split(ground: ForestGround, node: number, candidates: number, random: Random): void {
  const { columns, scratch, ranked } = ground;
  const best = scratch.best;
  best.score = -1;
  for (let drawn = 0; drawn < candidates; drawn++) {
    const other = drawn + Math.floor(random.uniform() * (columns.length - drawn));
    const column = columns[other];
    columns[other] = columns[drawn];
    columns[drawn] = column;
    searchGiniSplit(ground, node, column);
  }
  if (best.score < 0) return;
  const values = ranked.values[best.column];
  const [low, high] = [values[best.low], values[best.high]];
  const middle = low + (high - low) / 2;
  const threshold = middle < high ? numberAbove(middle) : high;
  ground.feature[node] = best.column;
  ground.threshold[node] = threshold;
  // Patients outside the sample may have values between the two that the cut separates.
  let cut = best.low;
  while (values[cut + 1] < threshold) cut++;
  ground.cut[node] = cut;
  // The best score is the squared difference of the shares; times 2 / n it is the decrease of n times Gini's impurity.
  ground.gain[node] = (2 * best.score) / ground.count[node];
  ground.left[node] = ground.nodes;
  addChildren(ground, node, partition(ground, node));
}

/** The next larger number: a value at the middle itself goes left, as in ranger and randomForest. */
function numberAbove(middle: number): number {
  // 1.5 · 2^-53 of a number lies between a half and one and a half units in its last place.
  return middle + Math.max(5e-324, Math.abs(middle) * 1.6653345369377348e-16);
}

/** Brings the patients of a node into the order of its children; returns where the second begins. */
function partition(ground: ForestGround, node: number): number {
  const { order, feature, cut } = ground;
  const { codes, rows } = ground.ranked;
  const base = feature[node] * rows;
  const highest = cut[node];
  let first = ground.start[node];
  let last = ground.end[node] - 1;
  while (first <= last) {
    const row = order[first];
    if (codes[base + row] <= highest) first++;
    else {
      order[first] = order[last];
      order[last--] = row;
    }
  }
  return first;
}

function addChildren(ground: ForestGround, node: number, boundary: number): void {
  const { best } = ground.scratch;
  const left = ground.nodes;
  const right = left + 1;
  ground.start[left] = ground.start[node];
  ground.end[left] = boundary;
  ground.start[right] = boundary;
  ground.end[right] = ground.end[node];
  ground.count[left] = best.leftCount;
  ground.events[left] = best.leftEvents;
  ground.count[right] = ground.count[node] - best.leftCount;
  ground.events[right] = ground.events[node] - best.leftEvents;
  ground.depth[left] = ground.depth[right] = ground.depth[node] + 1;
  ground.nodes += 2;
}
