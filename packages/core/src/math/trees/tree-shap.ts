import { type Matrix, zeroMatrix } from "../matrix.ts";
import { type AdditiveTrees, singlePrecision } from "./second-order-boosting.ts";
import {
  copyPath,
  extendPath,
  type ShapPaths,
  shapPaths,
  type ShapStep,
  unwindPath,
  unwoundSum,
} from "./shap-path.ts";
import { nextNode, type Tree } from "./tree.ts";

/**
 * Path-dependent SHAP values of additive trees on the scale of the log odds.
 *
 * What a model would answer without knowing a column is taken from the training patients that reached each node.
 *
 * @param design Rows to explain; missing values go the way that the trees learned.
 * @returns Shape [n, columns + 1]: one column each and last the mean answer; a row sums to its log odds.
 * @source Lundberg, Erion & Lee 2018, arXiv:1802.03888, algorithm 2; time O(leaves · depth²) a row and tree.
 */
export function boostedShapValues(ensemble: AdditiveTrees, design: Matrix): Matrix {
  const comparable = ensemble.singlePrecision ? singlePrecision(design) : design;
  const values = treeShapValues(ensemble.trees, comparable);
  const last = design.columns * design.rows;
  for (let row = 0; row < design.rows; row++) values.values[last + row] += ensemble.bias;
  return values;
}

/**
 * Path-dependent SHAP values of a sum of trees; for a forest divide by the number of trees.
 *
 * @param trees Each with at least one node.
 * @returns Shape [n, columns + 1], last the mean answer of the training patients; a row sums to the answer for it.
 */
export function treeShapValues(trees: readonly Tree[], design: Matrix): Matrix {
  const shap = zeroMatrix(design.rows, design.columns + 1);
  const last = design.columns * design.rows;
  for (const tree of trees) {
    const walk: Walk = { tree, paths: shapPaths(depthOf(tree)), design, sums: shap.values, row: 0 };
    const mean = meanAnswer(tree);
    for (let row = 0; row < design.rows; row++) {
      shap.values[last + row] += mean;
      walk.row = row;
      explain(walk, 0, { start: 0, length: 0 }, ROOT_STEP);
    }
  }
  return shap;
}

/**
 * The answer of a tree averaged over the training patients that reached its leaves.
 *
 * @example meanAnswer({ feature: [0, -1, -1], threshold: [1, 0, 0], left: [1, 0, 0], missingLeft: [0, 0, 0], value: [0, 1, 5], cover: [4, 3, 1], gain: [1, 0, 0] }) // => 2
 */
export function meanAnswer(tree: Tree): number {
  const answer = Array.from(tree.value);
  // Children stand behind their parents.
  for (let node = answer.length - 1; node >= 0; node--) {
    if (tree.feature[node] < 0) continue;
    const left = tree.left[node];
    answer[node] =
      (answer[left] * tree.cover[left] + answer[left + 1] * tree.cover[left + 1]) / tree.cover[node];
  }
  return answer[0];
}

/** Levels of splits of a tree; 0 for a single leaf. */
export function depthOf(tree: Tree): number {
  const depth = new Int32Array(tree.feature.length);
  let deepest = 0;
  for (let node = 0; node < depth.length; node++) {
    if (tree.feature[node] < 0) continue;
    const left = tree.left[node];
    depth[left] = depth[node] + 1;
    depth[left + 1] = depth[left];
    deepest = Math.max(deepest, depth[left]);
  }
  return deepest;
}

interface Walk {
  readonly tree: Tree;
  readonly paths: ShapPaths;
  readonly design: Matrix;
  readonly sums: Float64Array;
  row: number;
}

interface Stretch {
  readonly start: number;
  readonly length: number;
}

const ROOT_STEP = { column: -1, zero: 1, one: 1 };

/** Visits a node: `from` is the path of its parent, `step` the branch that leads here. */
function explain(walk: Walk, node: number, from: Stretch, step: ShapStep): void {
  const { tree, paths } = walk;
  const start = from.start + from.length;
  let length = from.length;
  copyPath(paths, from.start, start, length);
  extendPath(paths, start, length, step);
  length++;
  const column = tree.feature[node];
  if (column < 0) {
    shareAnswer(walk, tree.value[node], start, length);
    return;
  }
  let [zero, one] = [1, 1];
  const asked = positionOf(paths, start, length, column);
  if (asked > 0) {
    zero = paths.zero[start + asked];
    one = paths.one[start + asked];
    unwindPath(paths, start, length, asked);
    length--;
  }
  const taken = nextNode(tree, node, walk.design, walk.row);
  const other = 2 * tree.left[node] + 1 - taken;
  const path = { start, length };
  const cover = tree.cover[node];
  explain(walk, taken, path, { column, zero: (zero * tree.cover[taken]) / cover, one });
  explain(walk, other, path, { column, zero: (zero * tree.cover[other]) / cover, one: 0 });
}

/** Credits every column of a path with its part of a leaf's answer. */
function shareAnswer(
  { paths, sums, design, row }: Walk,
  answer: number,
  start: number,
  length: number,
): void {
  for (let i = 1; i < length; i++) {
    const weight = unwoundSum(paths, start, length, i);
    sums[paths.column[start + i] * design.rows + row] +=
      weight * (paths.one[start + i] - paths.zero[start + i]) * answer;
  }
}

/** Where a column stands in a path; 0 where it does not. */
function positionOf(paths: ShapPaths, start: number, length: number, column: number): number {
  for (let i = 1; i < length; i++) if (paths.column[start + i] === column) return i;
  return 0;
}
