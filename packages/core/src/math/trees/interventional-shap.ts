import { InputError } from "../../errors.ts";
import { type Matrix, zeroMatrix } from "../matrix.ts";
import { depthOf } from "./tree-shap.ts";
import { nextNode, type Tree } from "./tree.ts";

/**
 * Interventional SHAP values of a sum of trees: a column that is not known takes the values of background rows, whatever
 * the others are.
 *
 * Exact; time is O(rows · background · leaves · depth), so backgrounds of some dozen rows are meant.
 *
 * @param design Rows to explain.
 * @param background At least one row of the same columns.
 * @returns Shape [n, columns + 1], last the mean answer for the background; a row sums to the answer for it.
 * @throws {InputError} No background, or one of other columns.
 * @source Lundberg et al. 2020, Nat Mach Intell 2:56-67, independent TreeSHAP: one row and one background row at a time.
 */
export function interventionalShapValues(trees: readonly Tree[], design: Matrix, background: Matrix): Matrix {
  if (background.rows === 0 || background.columns !== design.columns)
    throw new InputError(
      `interventional SHAP needs background rows of the ${design.columns} columns of the design; got ${background.rows} rows of ${background.columns}`,
    );
  const shap = zeroMatrix(design.rows, design.columns + 1);
  for (const tree of trees) {
    const walk: Walk = {
      tree,
      design,
      background,
      side: new Uint8Array(design.columns),
      used: new Int32Array(depthOf(tree)),
      shares: sharesOfSets(depthOf(tree)),
      sums: shap.values,
      row: 0,
      other: 0,
    };
    for (walk.row = 0; walk.row < design.rows; walk.row++)
      for (walk.other = 0; walk.other < background.rows; walk.other++) visit(walk, 0, 0, 0);
  }
  return { ...shap, values: shap.values.map((sum) => sum / background.rows) };
}

/** Columns on whose value row and background part: which of the two a path follows there. */
const FREE = 0;
const ROW = 1;
const BACKGROUND = 2;

interface Walk {
  readonly tree: Tree;
  readonly design: Matrix;
  readonly background: Matrix;
  /** Of each column on the path. */
  readonly side: Uint8Array;
  /** The columns that are not free, in the order of the path. */
  readonly used: Int32Array;
  readonly shares: Float64Array;
  readonly sums: Float64Array;
  row: number;
  other: number;
}

/** (a - 1)! b! / (a + b)! at [a * (size + 1) + b]: how often of all orders one of a columns is the last of them, before b others. */
function sharesOfSets(size: number): Float64Array {
  const shares = new Float64Array((size + 1) * (size + 1));
  for (let a = 1; a <= size; a++) {
    // (a - 1)! 0! / a! = 1 / a, and each further b multiplies by b / (a + b).
    let share = 1 / a;
    for (let b = 0; a + b <= size; b++) {
      if (b > 0) share *= b / (a + b);
      shares[a * (size + 1) + b] = share;
    }
  }
  return shares;
}

/** Visits a node that `ofRow` columns of the row and `ofBackground` columns of the background lead to. */
function visit(walk: Walk, node: number, ofRow: number, ofBackground: number): void {
  const { tree, side, used } = walk;
  const column = tree.feature[node];
  if (column < 0) {
    credit(walk, tree.value[node], ofRow, ofBackground);
    return;
  }
  const own = nextNode(tree, node, walk.design, walk.row);
  const others = nextNode(tree, node, walk.background, walk.other);
  if (own === others || side[column] !== FREE) {
    visit(walk, side[column] === BACKGROUND ? others : own, ofRow, ofBackground);
    return;
  }
  used[ofRow + ofBackground] = column;
  side[column] = ROW;
  visit(walk, own, ofRow + 1, ofBackground);
  side[column] = BACKGROUND;
  visit(walk, others, ofRow, ofBackground + 1);
  side[column] = FREE;
}

/** A leaf is reached exactly if all of its row's columns are known and none of the background's is. */
function credit(walk: Walk, answer: number, ofRow: number, ofBackground: number): void {
  const { side, used, shares, sums, design, row } = walk;
  const stride = walk.used.length + 1;
  if (ofRow === 0) sums[design.columns * design.rows + row] += answer;
  for (let k = 0; k < ofRow + ofBackground; k++) {
    const column = used[k];
    sums[column * design.rows + row] +=
      side[column] === ROW
        ? answer * shares[ofRow * stride + ofBackground]
        : -answer * shares[ofBackground * stride + ofRow];
  }
}
