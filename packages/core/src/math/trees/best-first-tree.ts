import type { RankedColumns } from "./ranked-columns.ts";
import { addLeaf, emptyTree, type GrowingTree, type Split, splitLeaf } from "./tree-builder.ts";
import type { Tree } from "./tree.ts";

/** Patients with their residuals, and the node that each is in; -1 outside the bag. */
export interface ResidualRows {
  readonly ranked: RankedColumns;
  readonly orders: readonly Int32Array[];
  readonly residual: Float64Array;
  /** Second derivative of half the deviance. */
  readonly variance: Float64Array;
  readonly place: Int32Array;
}

/** How a tree grows by its best leaf. */
export interface BestFirstOptions {
  readonly splits: number;
  readonly minimumLeaf: number;
  readonly shrinkage: number;
}

/**
 * A regression tree on residuals by least squares that always splits the leaf that gains most; its leaves answer with one
 * Newton step of the deviance.
 *
 * @param rows `place` is 0 for patients in the bag, -1 for others, and is used up.
 * @returns Values are shrunken; covers are counts of the bag.
 * @source Friedman 2001, algorithm 5; growth and ties as in R's gbm.
 */
export function growBestFirstTree(rows: ResidualRows, options: BestFirstOptions): Tree {
  const tree = emptyTree();
  addLeaf(tree, 0, 0);
  let open: Leaf[] = [{ node: 0, split: bestSplit(rows, bagSums(rows), options.minimumLeaf) }];
  for (let done = 0; done < options.splits; done++) {
    const best = open.reduce((a, b) => (gainOf(b) > gainOf(a) ? b : a));
    if (best.split === null) break;
    const left = addLeaf(tree, 0, 0);
    const right = addLeaf(tree, 0, 0);
    splitLeaf(tree, best.node, left, best.split);
    moveRows(rows, best.node, left, best.split);
    const { leftCount, rightCount, leftSum, rightSum } = best.split;
    const opened = [
      { node: left, count: leftCount, sum: leftSum },
      { node: right, count: rightCount, sum: rightSum },
    ].map((sums) => ({ node: sums.node, split: bestSplit(rows, sums, options.minimumLeaf) }));
    // The left child takes its parent's turn, the right one comes last.
    open = [...open.map((leaf) => (leaf === best ? opened[0] : leaf)), opened[1]];
  }
  answerLeaves(tree, rows, options.shrinkage);
  return tree;
}

interface Leaf {
  readonly node: number;
  readonly split: FoundSplit | null;
}

/** Sums over the patients of a node. */
interface NodeSums {
  readonly node: number;
  readonly count: number;
  readonly sum: number;
}

interface FoundSplit extends Split {
  readonly leftCount: number;
  readonly rightCount: number;
  readonly leftSum: number;
  readonly rightSum: number;
}

function gainOf({ split }: Leaf): number {
  return split?.gain ?? 0;
}

function bagSums({ residual, place }: ResidualRows): NodeSums {
  let [count, sum] = [0, 0];
  for (let row = 0; row < place.length; row++) {
    if (place[row] < 0) continue;
    count++;
    sum += residual[row];
  }
  return { node: 0, count, sum };
}

function bestSplit(rows: ResidualRows, sums: NodeSums, minimumLeaf: number): FoundSplit | null {
  if (sums.count < 2 * minimumLeaf) return null;
  const best = {
    feature: -1,
    threshold: 0,
    missingLeft: false,
    gain: 0,
    leftCount: 0,
    rightCount: 0,
    leftSum: 0,
    rightSum: 0,
  };
  for (let column = 0; column < rows.ranked.columns; column++)
    searchColumn(rows, column, { ...sums, minimumLeaf }, best);
  return best.feature < 0 ? null : best;
}

function searchColumn(
  { ranked, orders, residual, place }: ResidualRows,
  column: number,
  { node, count, sum, minimumLeaf }: NodeSums & { readonly minimumLeaf: number },
  best: { -readonly [Key in keyof FoundSplit]: FoundSplit[Key] },
): void {
  const values = ranked.values[column];
  const base = column * ranked.rows;
  // Sums move from right to left one patient at a time, as in gbm, so that equal gains compare alike.
  let [left, right, leftSum, rightSum, last] = [0, count, 0, sum, -1];
  for (const row of orders[column]) {
    if (place[row] !== node) continue;
    const code = ranked.codes[base + row];
    if (code !== last && left >= minimumLeaf && right >= minimumLeaf) {
      const difference = leftSum / left - rightSum / right;
      const gain = (left * right * difference * difference) / count;
      if (gain > best.gain) {
        const threshold = 0.5 * (values[last] + values[code]);
        Object.assign(best, {
          feature: column,
          threshold,
          gain,
          leftCount: left,
          rightCount: right,
          leftSum,
          rightSum,
        });
      }
    }
    left++;
    right--;
    leftSum += residual[row];
    rightSum -= residual[row];
    last = code;
  }
}

function moveRows(
  { ranked, place }: ResidualRows,
  node: number,
  left: number,
  { feature, threshold }: Split,
): void {
  const values = ranked.values[feature];
  for (let row = 0; row < place.length; row++) {
    if (place[row] !== node) continue;
    place[row] = values[ranked.codes[feature * ranked.rows + row]] < threshold ? left : left + 1;
  }
}

function answerLeaves(
  tree: GrowingTree,
  { residual, variance, place }: ResidualRows,
  shrinkage: number,
): void {
  const nodes = tree.feature.length;
  const [residuals, variances] = [new Float64Array(nodes), new Float64Array(nodes)];
  for (let row = 0; row < place.length; row++) {
    const node = place[row];
    if (node < 0) continue;
    residuals[node] += residual[row];
    variances[node] += variance[row];
    tree.cover[node]++;
  }
  // Children stand behind their parents: sums of inner nodes gather from the end.
  for (let node = nodes - 1; node >= 0; node--) {
    const left = tree.left[node];
    if (tree.feature[node] >= 0) {
      residuals[node] = residuals[left] + residuals[left + 1];
      variances[node] = variances[left] + variances[left + 1];
      tree.cover[node] = tree.cover[left] + tree.cover[left + 1];
    }
    const step = variances[node] === 0 ? 0 : residuals[node] / variances[node];
    tree.value[node] = shrinkage * step;
  }
}
