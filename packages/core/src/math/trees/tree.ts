import type { Matrix } from "../matrix.ts";

/**
 * A binary tree as parallel lists, one entry a node; node 0 is the root. Plain JSON.
 *
 * A value below the threshold of its node goes to child `left`, any other to the node beside it, `left + 1`.
 */
export interface Tree {
  /** Column of the design that a node asks for; -1 at a leaf. */
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  /** First child; 0 at a leaf. */
  readonly left: readonly number[];
  /** 1 where a missing value goes to `left`. */
  readonly missingLeft: readonly number[];
  /** Answer at a leaf; at an inner node what the node would answer, were it a leaf. */
  readonly value: readonly number[];
  /** Weight of the training patients that reached the node: a count, or a sum of second derivatives. */
  readonly cover: readonly number[];
  /** How much the split of a node improves the criterion of its learner; 0 at a leaf. */
  readonly gain: readonly number[];
}

/**
 * The child of an inner node that a row of a design goes to.
 *
 * @param node An inner node.
 * @param row 0-based row.
 */
export function nextNode(tree: Tree, node: number, { values, rows }: Matrix, row: number): number {
  const value = values[tree.feature[node] * rows + row];
  // A missing value compares as false.
  const goesLeft = value < tree.threshold[node] || (tree.missingLeft[node] === 1 && Number.isNaN(value));
  return goesLeft ? tree.left[node] : tree.left[node] + 1;
}

/**
 * The leaf that a row of a design reaches.
 *
 * @param row 0-based row.
 * @returns Index of a node whose `feature` is -1.
 */
export function leafOf(tree: Tree, design: Matrix, row: number): number {
  let node = 0;
  while (tree.feature[node] >= 0) node = nextNode(tree, node, design, row);
  return node;
}

/** Adds a tree's answers for every row of a design to `sums`, shape [n]. */
export function addTreeValues(tree: Tree, design: Matrix, sums: Float64Array): void {
  for (let row = 0; row < design.rows; row++) sums[row] += tree.value[leafOf(tree, design, row)];
}

/**
 * The number of leaves of a tree.
 *
 * @example leafCount({ feature: [0, -1, -1], threshold: [1, 0, 0], left: [1, 0, 0], missingLeft: [0, 0, 0], value: [0, 1, 2], cover: [2, 1, 1], gain: [1, 0, 0] }) // => 2
 */
export function leafCount(tree: Tree): number {
  return tree.feature.reduce((count, feature) => (feature < 0 ? count + 1 : count), 0);
}

/** How the splits of an ensemble share a column: see {@link splitImportance}. */
export type ImportanceKind = "gain" | "total-gain" | "cover" | "total-cover" | "splits";

/**
 * How much an ensemble of trees uses each column.
 *
 * @param columns Number of columns of the design.
 * @param kind `splits` counts them; `total-gain` and `total-cover` add the gain or cover of the nodes that ask for a
 *   column; `gain` and `cover` are their means per split.
 * @returns Shape [columns], at least 0; 0 for a column that no node asks for.
 */
export function splitImportance(trees: readonly Tree[], columns: number, kind: ImportanceKind): Float64Array {
  const sums = new Float64Array(columns);
  const splits = new Float64Array(columns);
  for (const { feature, gain, cover } of trees)
    feature.forEach((column, node) => {
      if (column < 0) return;
      splits[column] += 1;
      sums[column] += kind.endsWith("gain") ? gain[node] : cover[node];
    });
  if (kind === "splits") return splits;
  return kind.startsWith("total")
    ? sums
    : sums.map((sum, column) => (splits[column] > 0 ? sum / splits[column] : 0));
}
