import { InputError } from "../../errors.ts";
import type { Matrix } from "../matrix.ts";
import type { Random } from "../random.ts";
import {
  type ForestGround,
  forestGround,
  type ForestTreeOptions,
  growForestTree,
  leafOnGround,
  treeOfGround,
} from "./forest-tree.ts";
import { rankedColumns, refuseMissing } from "./ranked-columns.ts";
import { addTreeValues, type Tree } from "./tree.ts";

/** How a random forest grows. */
export interface ForestOptions extends ForestTreeOptions {
  readonly trees: number;
  /** Patients of each tree as a share of all. */
  readonly sampleShare: number;
  /** True for samples drawn with replacement, as in Breiman's bootstrap. */
  readonly replacement: boolean;
}

/** A forest: the mean of its trees. */
export interface Forest {
  /** Number of columns of the design. */
  readonly columns: number;
  readonly trees: readonly Tree[];
}

/** A forest with what its growth tells about training patients and columns. */
export interface FittedForest {
  readonly forest: Forest;
  /** Mean of the trees whose sample did not hold the patient, shape [n]; NaN where every sample did. */
  readonly outOfBag: Float64Array;
  /** Decrease of Gini's impurity times patients by the splits on each column, mean over trees; shape [p]. */
  readonly impurityImportance: Float64Array;
}

/** Defaults of a forest of probabilities as in R's ranger: 500 trees, the square root of p candidates, leaves of 10. */
export function probabilityForest(columns: number): ForestOptions {
  return {
    trees: 500,
    candidates: Math.max(1, Math.floor(Math.sqrt(columns))),
    minimumNodeSize: 10,
    sizeCounts: "draws",
    maximumDepth: 0,
    leaf: "share",
    sampleShare: 1,
    replacement: true,
  };
}

/** Defaults of Breiman's classification forest as in R's randomForest: trees grown in full that vote. */
export function votingForest(columns: number): ForestOptions {
  return { ...probabilityForest(columns), minimumNodeSize: 1, sizeCounts: "patients", leaf: "majority" };
}

/**
 * A random forest for a binary outcome.
 *
 * @param design Finite values.
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param random Tree i depends on the seed and i only: it is the same whoever grows it, in whatever order.
 * @throws {InputError} A missing or infinite value, unequal lengths, or an option out of range.
 * @source Breiman 2001, Mach Learn 45:5-32; shares in leaves: Malley et al. 2012, Methods Inf Med 51:74-81.
 */
export function fitForest(
  design: Matrix,
  outcome: Uint8Array,
  options: ForestOptions,
  random: Random,
): FittedForest {
  const ground = prepareForest(design, outcome, options);
  return joinForest(
    forestStretches(options.trees).map((stretch) => growStretch(ground, options, random, stretch)),
  );
}

/** Trees `from` to before `to` of a forest. */
export interface TreeStretch {
  readonly from: number;
  readonly to: number;
}

/** Some trees of a forest with what they say of the patients outside their samples. */
export interface GrownStretch {
  readonly trees: readonly Tree[];
  /** Sum of the answers of the trees whose sample did not hold the patient, and their number; shape [n]. */
  readonly sums: Float64Array;
  readonly times: Int32Array;
  /** Sum of the decreases of impurity by the splits on each column; shape [p]. */
  readonly impurity: Float64Array;
}

/** Sums are added stretch by stretch, so that they have the same bits whoever grew which stretch. */
const STRETCH = 50;

/**
 * How a forest is divided for workers that grow it side by side.
 *
 * @example forestStretches(70) // => [{"from":0,"to":50},{"from":50,"to":70}]
 */
export function forestStretches(trees: number): readonly TreeStretch[] {
  return Array.from({ length: Math.ceil(trees / STRETCH) }, (_, k) => ({
    from: k * STRETCH,
    to: Math.min(trees, (k + 1) * STRETCH),
  }));
}

/**
 * Grows some trees of a forest.
 *
 * @param ground As {@link prepareForest} gave it; used up by one stretch after another.
 * @param random As for the whole forest.
 */
export function growStretch(
  ground: ForestGround,
  options: ForestOptions,
  random: Random,
  { from, to }: TreeStretch,
): GrownStretch {
  const { rows, columns } = ground.ranked;
  const trees: Tree[] = [];
  const sums = new Float64Array(rows);
  const times = new Int32Array(rows);
  const impurity = new Float64Array(columns);
  for (let index = from; index < to; index++) {
    plantTree(ground, options, random.fork(`tree/${index}`));
    trees.push(treeOfGround(ground));
    for (let row = 0; row < rows; row++) {
      if (ground.weight[row] > 0) continue;
      sums[row] += ground.value[leafOnGround(ground, row)];
      times[row]++;
    }
    for (let node = 0; node < ground.nodes; node++)
      if (ground.feature[node] >= 0) impurity[ground.feature[node]] += ground.gain[node];
  }
  return { trees, sums, times, impurity };
}

/**
 * A forest from its stretches.
 *
 * @param stretches Of {@link forestStretches}, in that order; at least one.
 */
export function joinForest(stretches: readonly GrownStretch[]): FittedForest {
  const trees = stretches.flatMap((stretch) => stretch.trees);
  const total = (of: (stretch: GrownStretch) => ArrayLike<number>) => {
    const sums = new Float64Array(of(stretches[0]).length);
    for (const stretch of stretches) for (let k = 0; k < sums.length; k++) sums[k] += of(stretch)[k];
    return sums;
  };
  const times = total((stretch) => stretch.times);
  const impurity = total((stretch) => stretch.impurity);
  return {
    forest: { columns: impurity.length, trees },
    outOfBag: total((stretch) => stretch.sums).map((sum, row) => sum / times[row]),
    impurityImportance: impurity.map((sum) => sum / trees.length),
  };
}

/**
 * Checked ground for the trees of a forest.
 *
 * @throws {InputError} As {@link fitForest}.
 */
export function prepareForest(design: Matrix, outcome: Uint8Array, options: ForestOptions): ForestGround {
  const { candidates, sampleShare, trees } = options;
  if (outcome.length !== design.rows || design.rows === 0)
    throw new InputError(`a forest needs one outcome a row; got ${outcome.length} for ${design.rows} rows`);
  if (!outcome.every((event) => event <= 1))
    throw new InputError(
      "a forest needs an outcome of 0 or 1 for every patient; got another value; recode it",
    );
  if (!(Number.isInteger(candidates) && candidates >= 1 && candidates <= design.columns))
    throw new InputError(
      `a forest needs 1 to ${design.columns} candidate columns at a node; got ${candidates}; choose about the square root`,
    );
  if (!(sampleShare > 0 && sampleShare <= 1) || !(Number.isInteger(trees) && trees >= 1))
    throw new InputError(
      `a forest needs at least one tree and samples of a share in (0, 1]; got ${trees} and ${sampleShare}`,
    );
  const ranked = rankedColumns(design);
  refuseMissing(ranked, "a random forest");
  return forestGround(ranked, outcome);
}

/** Draws the sample of a tree and grows it. */
export function plantTree(ground: ForestGround, options: ForestOptions, random: Random): void {
  drawSample(ground, options, random);
  growForestTree(ground, options, random);
}

/**
 * The mean of the trees of a forest for every row of a design.
 *
 * @returns In [0, 1], shape [n]: a probability, or a share of votes.
 * @throws {InputError} The design has another number of columns.
 */
export function forestProbabilities({ columns, trees }: Forest, design: Matrix): Float64Array {
  if (design.columns !== columns)
    throw new InputError(`a forest needs the ${columns} columns that it learned from; got ${design.columns}`);
  const sums = new Float64Array(design.rows);
  for (const tree of trees) addTreeValues(tree, design, sums);
  return sums.map((sum) => sum / trees.length);
}

function drawSample({ weight, order }: ForestGround, options: ForestOptions, random: Random): void {
  const rows = weight.length;
  const size = Math.max(1, Math.round(options.sampleShare * rows));
  weight.fill(0);
  if (options.replacement) {
    for (let k = 0; k < size; k++) weight[Math.floor(random.uniform() * rows)]++;
    return;
  }
  for (let row = 0; row < rows; row++) order[row] = row;
  for (let k = 0; k < size; k++) {
    const other = k + Math.floor(random.uniform() * (rows - k));
    const row = order[other];
    order[other] = order[k];
    order[k] = row;
    weight[row] = 1;
  }
}
