import { leafWeight, nodeGain, type TreePenalties } from "./regularised-gain.ts";
import {
  emptyLevel,
  type RowState,
  searchColumn,
  SMALLEST_GAIN,
  type SortedDesign,
  startSearch,
  type TreeLevel,
} from "./split-search.ts";
import type { RankedColumns } from "./ranked-columns.ts";
import { addLeaf, emptyTree, type GrowingTree, prunedTree, splitLeaf } from "./tree-builder.ts";
import type { Tree } from "./tree.ts";

/** How a second-order tree grows. */
export interface SecondOrderTreeOptions extends TreePenalties {
  /** Levels of splits; 0 for no limit. */
  readonly maximumDepth: number;
  /** Splits that gain less are pruned where both their children are leaves. */
  readonly minimumGain: number;
  /** Factor on every leaf value. */
  readonly learningRate: number;
}

/**
 * A regression tree on the first and second derivatives of a loss, grown level by level.
 *
 * @param rows Derivatives; `place` is 0 for rows that take part, -1 for others, and is used up.
 * @param columnsOfLevel Columns that a level may split on, ascending.
 * @returns Leaf values shrunken by the learning rate; cover is the sum of second derivatives.
 * @source Chen & Guestrin 2016, algorithms 1 and 3; numbers are rounded where XGBoost's exact tree method rounds them.
 */
export function growSecondOrderTree(
  design: SortedDesign,
  rows: RowState,
  options: SecondOrderTreeOptions,
  columnsOfLevel: (depth: number) => Iterable<number>,
): Tree {
  const tree = emptyTree();
  let level = levelOf(1, rows, options);
  let nodes = [addLeaf(tree, 0, 0)];
  describeNodes(tree, nodes, level, options);
  const { maximumDepth } = options;
  for (let depth = 0; nodes.length > 0 && (maximumDepth === 0 || depth < maximumDepth); depth++) {
    for (const column of columnsOfLevel(depth)) searchColumn(column, design, { level, rows }, options);
    const children = nodes.map((node, place) => splitNode(tree, node, level, place));
    moveRows(tree, { nodes, children }, design.ranked, rows.place);
    nodes = children.flatMap((left) => (left < 0 ? [] : [left, left + 1]));
    level = levelOf(nodes.length, rows, options);
    describeNodes(tree, nodes, level, options);
  }
  return withoutWeakSplits(tree, options.minimumGain);
}

/** Sums of the derivatives of the rows of each node, added in the order of the rows. */
function levelOf(size: number, { gradient, hessian, place }: RowState, penalties: TreePenalties): TreeLevel {
  const level = emptyLevel(size);
  for (let row = 0; row < place.length; row++) {
    const node = place[row];
    if (node < 0) continue;
    level.gradient[node] += gradient[row];
    level.hessian[node] += hessian[row];
  }
  for (let node = 0; node < size; node++)
    startSearch(level, node, nodeGain(level.gradient[node], level.hessian[node], penalties));
  return level;
}

function describeNodes(
  tree: GrowingTree,
  nodes: readonly number[],
  { gradient, hessian }: TreeLevel,
  options: SecondOrderTreeOptions,
): void {
  const rate = Math.fround(options.learningRate);
  nodes.forEach((node, place) => {
    tree.value[node] = Math.fround(leafWeight(gradient[place], hessian[place], options) * rate);
    tree.cover[node] = hessian[place];
  });
}

/** The first of two new leaves below a node, or -1 where no split is worth it. */
function splitNode(tree: GrowingTree, node: number, level: TreeLevel, place: number): number {
  const gain = level.bestGain[place];
  if (level.bestColumn[place] < 0 || gain <= SMALLEST_GAIN) return -1;
  const left = addLeaf(tree, 0, 0);
  addLeaf(tree, 0, 0);
  splitLeaf(tree, node, left, {
    feature: level.bestColumn[place],
    threshold: level.bestThreshold[place],
    missingLeft: level.bestMissingLeft[place] === 1,
    gain,
  });
  return left;
}

/** Gives every row its place in the next level: the pairs of children stand in the order of their parents. */
function moveRows(
  tree: Tree,
  { nodes, children }: { readonly nodes: readonly number[]; readonly children: readonly number[] },
  { rows, codes, values }: RankedColumns,
  place: Int32Array,
): void {
  let pairs = 0;
  const pairOf = Int32Array.from(children, (left) => (left < 0 ? -1 : pairs++));
  for (let row = 0; row < place.length; row++) {
    const at = place[row];
    if (at < 0) continue;
    const node = nodes[at];
    if (pairOf[at] < 0) {
      place[row] = -1;
      continue;
    }
    const column = tree.feature[node];
    const code = codes[column * rows + row];
    const goesLeft = code < 0 ? tree.missingLeft[node] === 1 : values[column][code] < tree.threshold[node];
    place[row] = 2 * pairOf[at] + (goesLeft ? 0 : 1);
  }
}

/** From the leaves up: two leaves whose split gained too little become one. */
function withoutWeakSplits(tree: GrowingTree, minimumGain: number): Tree {
  const least = Math.fround(minimumGain);
  const isLeaf = Uint8Array.from(tree.feature, (feature) => (feature < 0 ? 1 : 0));
  // Children stand behind their parents.
  for (let node = tree.feature.length - 1; node >= 0; node--) {
    const left = tree.left[node];
    if (isLeaf[node] === 0 && isLeaf[left] === 1 && isLeaf[left + 1] === 1 && tree.gain[node] < least)
      isLeaf[node] = 1;
  }
  return prunedTree(tree, (node) => isLeaf[node] === 1);
}
