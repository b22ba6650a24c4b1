import { InputError } from "../../errors.ts";
import { log, logistic } from "../elementary.ts";
import type { Matrix } from "../matrix.ts";
import { createRandom, type Random } from "../random.ts";
import { growBestFirstTree, type ResidualRows } from "./best-first-tree.ts";
import { rankedColumns, refuseMissing, rowsByValue } from "./ranked-columns.ts";
import type { AdditiveTrees } from "./second-order-boosting.ts";
import { leafOf, type Tree } from "./tree.ts";

/** How Friedman's gradient boosting runs; names in brackets are those of R's gbm. */
export interface GradientBoostingOptions {
  /** Number of trees [n.trees]. */
  readonly trees: number;
  /** Splits of each tree [interaction.depth]. */
  readonly splits: number;
  /** Factor on every leaf value [shrinkage]. */
  readonly shrinkage: number;
  /** Share of the patients drawn without replacement for each tree [bag.fraction]. */
  readonly bagShare: number;
  /** Least patients of a leaf [n.minobsinnode]. */
  readonly minimumLeaf: number;
}

/** The defaults of gbm. */
export const GRADIENT_BOOSTING_DEFAULTS: GradientBoostingOptions = {
  trees: 100,
  splits: 1,
  shrinkage: 0.1,
  bagShare: 0.5,
  minimumLeaf: 10,
};

/** Boosted trees and how the deviance of the training patients fell. */
export interface FittedGradientBoosting {
  readonly ensemble: AdditiveTrees;
  /** Mean deviance after each tree, over patients inside and outside its bag; shape [trees]. */
  readonly trainingDeviance: Float64Array;
}

/**
 * Friedman's stochastic gradient boosting of the binomial deviance with trees that split their best leaf first.
 *
 * @param design Finite values.
 * @param outcome 1 = event, 0 = none; shape [n], both present.
 * @param random Draws the bags; needed only where `bagShare` is below 1.
 * @throws {InputError} A missing or infinite value, unequal lengths, one class, or an option out of range.
 * @source Friedman 2001, Ann Stat 29:1189-1232 (TreeBoost, algorithm 5) and 2002, Comput Stat Data Anal 38:367-378.
 */
export function fitGradientBoosting(
  design: Matrix,
  outcome: Uint8Array,
  options: Partial<GradientBoostingOptions> = {},
  random: Random = createRandom("gradient boosting"),
): FittedGradientBoosting {
  const settings = { ...GRADIENT_BOOSTING_DEFAULTS, ...options };
  const bagged = checkedBagSize(design, outcome, settings);
  const ranked = rankedColumns(design);
  refuseMissing(ranked, "gradient boosting");
  const orders = Array.from({ length: design.columns }, (_, column) => rowsByValue(ranked, column));
  const events = outcome.reduce((count, event) => count + event, 0);
  const bias = log(events / (outcome.length - events));
  const margins = new Float64Array(design.rows).fill(bias);
  const rows: ResidualRows = {
    ranked,
    orders,
    residual: new Float64Array(design.rows),
    variance: new Float64Array(design.rows),
    place: new Int32Array(design.rows),
  };
  const trees: Tree[] = [];
  const trainingDeviance = new Float64Array(settings.trees);
  for (let index = 0; index < settings.trees; index++) {
    drawBag(rows.place, bagged, random.fork(`tree/${index}`));
    differentiate(rows, margins, outcome);
    const tree = growBestFirstTree(rows, settings);
    for (let row = 0; row < margins.length; row++) margins[row] += tree.value[leafOf(tree, design, row)];
    trees.push(tree);
    trainingDeviance[index] = meanDeviance(margins, outcome);
  }
  return { ensemble: { bias, columns: design.columns, singlePrecision: false, trees }, trainingDeviance };
}

function checkedBagSize(design: Matrix, outcome: Uint8Array, settings: GradientBoostingOptions): number {
  if (outcome.length !== design.rows)
    throw new InputError(`boosting needs one outcome a row; got ${outcome.length} for ${design.rows} rows`);
  if (!outcome.includes(0) || !outcome.includes(1) || outcome.some((event) => event > 1))
    throw new InputError(
      "boosting needs patients with and without the event, coded 1 and 0; got something else",
    );
  const { bagShare, minimumLeaf, splits, trees } = settings;
  const bagged = Math.floor(bagShare * design.rows);
  if (!(bagShare > 0 && bagShare <= 1) || bagged <= 2 * minimumLeaf + 1)
    throw new InputError(
      `boosting needs bags of more than ${2 * minimumLeaf + 1} patients for leaves of ${minimumLeaf}; got ${bagged}; use a larger share or smaller leaves`,
    );
  if (!(Number.isInteger(splits) && splits >= 1 && Number.isInteger(trees) && trees >= 1))
    throw new InputError(`boosting needs at least one tree and one split a tree; got ${trees} and ${splits}`);
  return bagged;
}

/** Place 0 for the patients in the bag, -1 for the others. */
function drawBag(place: Int32Array, bagged: number, random: Random): void {
  if (bagged === place.length) {
    place.fill(0);
    return;
  }
  // Each patient is taken with the share that is still wanted of those still to come.
  let wanted = bagged;
  for (let row = 0; row < place.length; row++) {
    const taken = random.uniform() * (place.length - row) < wanted;
    place[row] = taken ? 0 : -1;
    if (taken) wanted--;
  }
}

function differentiate(
  { residual, variance }: ResidualRows,
  margins: Float64Array,
  outcome: Uint8Array,
): void {
  for (let row = 0; row < margins.length; row++) {
    const probability = logistic(margins[row]);
    residual[row] = outcome[row] - probability;
    variance[row] = probability * (1 - probability);
  }
}

function meanDeviance(margins: Float64Array, outcome: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < margins.length; row++) {
    // -2 log likelihood: log of the probability that the margin gives the outcome
    sum -= 2 * log(logistic(outcome[row] === 1 ? margins[row] : -margins[row]));
  }
  return sum / margins.length;
}
