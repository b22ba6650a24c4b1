import type { Matrix } from "../matrix.ts";
import type { Random } from "../random.ts";
import type { ForestGround } from "./forest-tree.ts";
import { type ForestOptions, plantTree, prepareForest } from "./random-forest.ts";

/** How much a forest loses when a column is shuffled. */
export interface PermutationImportance {
  /** Mean over trees of the loss of accuracy, shape [p]; around 0 for a column without information. */
  readonly mean: Float64Array;
  /** Standard error of that mean over trees, shape [p]; 0 for a column that no tree asks for. */
  readonly standardError: Float64Array;
}

/**
 * Breiman's permutation importance: for every tree, the accuracy on the patients outside its sample, minus that with one
 * column shuffled among them. Accuracy is 1 - the mean squared distance of the tree's answer from the outcome: the share
 * of right votes where leaves answer with a class.
 *
 * @param random The same seed grows the same trees as `fitForest`.
 * @throws {InputError} As `fitForest`.
 * @source Breiman 2001, Mach Learn 45:5-32, section 10; the mean over trees and its error as in R's ranger.
 */
export function permutationImportance(
  design: Matrix,
  outcome: Uint8Array,
  options: ForestOptions,
  random: Random,
): PermutationImportance {
  const ground = prepareForest(design, outcome, options);
  const sums = new Float64Array(design.columns);
  const squares = new Float64Array(design.columns);
  for (let index = 0; index < options.trees; index++) {
    const stream = random.fork(`tree/${index}`);
    plantTree(ground, options, stream);
    const outside = rowsOutside(ground);
    if (outside.length === 0) continue;
    const own = squaredDistance(ground, outside, outside, -1);
    for (const column of columnsAsked(ground)) {
      const shuffled = shuffle(outside, stream.fork(`shuffle/${column}`));
      const loss = (squaredDistance(ground, outside, shuffled, column) - own) / outside.length;
      sums[column] += loss;
      squares[column] += loss * loss;
    }
  }
  const mean = sums.map((sum) => sum / options.trees);
  const standardError = squares.map((square, column) =>
    Math.sqrt(Math.max(0, square / options.trees - mean[column] * mean[column]) / options.trees),
  );
  return { mean, standardError };
}

function rowsOutside({ weight }: ForestGround): Int32Array {
  return Int32Array.from(weight.keys()).filter((row) => weight[row] === 0);
}

/** The columns of the tree's splits, ascending. */
function columnsAsked({ feature, nodes }: ForestGround): readonly number[] {
  const asked = new Set(feature.subarray(0, nodes));
  asked.delete(-1);
  return [...asked].sort((a, b) => a - b);
}

function shuffle(rows: Int32Array, random: Random): Int32Array {
  const shuffled = rows.slice();
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    const row = shuffled[i];
    shuffled[i] = shuffled[j];
    shuffled[j] = row;
  }
  return shuffled;
}

/** Sum of squared distances of the tree from the outcome of some rows, where one column is taken from other rows. */
function squaredDistance(ground: ForestGround, rows: Int32Array, donors: Int32Array, column: number): number {
  const { feature, cut, left, value, outcome } = ground;
  const { codes, rows: stride } = ground.ranked;
  let sum = 0;
  for (let k = 0; k < rows.length; k++) {
    let node = 0;
    while (feature[node] >= 0) {
      const asked = feature[node];
      const code = codes[asked * stride + (asked === column ? donors[k] : rows[k])];
      node = code <= cut[node] ? left[node] : left[node] + 1;
    }
    const distance = value[node] - outcome[rows[k]];
    sum += distance * distance;
  }
  return sum;
}
