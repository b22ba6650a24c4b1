import { InputError } from "../../errors.ts";
import { exp, log, logistic } from "../elementary.ts";
import type { Matrix } from "../matrix.ts";
import { createRandom, type Random } from "../random.ts";
import { rankedColumns } from "./ranked-columns.ts";
import { type RowState, type SortedDesign, sortedDesign } from "./split-search.ts";
import { growSecondOrderTree, type SecondOrderTreeOptions } from "./second-order-tree.ts";
import { addTreeValues, leafOf, type Tree } from "./tree.ts";

/** How second-order boosting of the logistic loss runs; names in brackets are XGBoost's. */
export interface BoostingOptions extends SecondOrderTreeOptions {
  /** Number of trees. */
  readonly rounds: number;
  /** Probability that the first tree starts from [base_score]. */
  readonly baseScore: number;
  /** Weight of patients with the event [scale_pos_weight]. */
  readonly positiveWeight: number;
  /** Share of the patients that each tree sees [subsample]. */
  readonly rowShare: number;
  /** Share of the columns that each tree may use [colsample_bytree]. */
  readonly columnShare: number;
  /** Share of those that each level may use [colsample_bylevel]. */
  readonly levelColumnShare: number;
}

/** XGBoost's defaults, with 100 rounds. */
export const BOOSTING_DEFAULTS: BoostingOptions = {
  rounds: 100,
  learningRate: 0.3,
  maximumDepth: 6,
  minimumChildWeight: 1,
  minimumGain: 0,
  lambda: 1,
  alpha: 0,
  maximumDeltaStep: 0,
  baseScore: 0.5,
  positiveWeight: 1,
  rowShare: 1,
  columnShare: 1,
  levelColumnShare: 1,
};

/** An ensemble whose answers add up to log odds. */
export interface AdditiveTrees {
  /** Log odds before the first tree. */
  readonly bias: number;
  /** Number of columns of the design. */
  readonly columns: number;
  /** True where values were rounded to single precision before they were compared. */
  readonly singlePrecision: boolean;
  readonly trees: readonly Tree[];
}

/**
 * Boosted trees for a binary outcome: every tree is fitted exactly and greedily to the first two derivatives of the
 * logistic loss, as XGBoost does with `tree_method = "exact"`.
 *
 * @param design Finite or missing (NaN) values; a missing one goes the way that was learned at each split.
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param options Defaults are XGBoost's.
 * @param random Draws patients and columns; needed only where a share is below 1.
 * @returns Trees in order; with shares of 1 equal to XGBoost's but for ties at rounding.
 * @throws {InputError} Lengths differ, a value is infinite, or an option is outside its range.
 * @source Chen & Guestrin 2016, KDD '16:785-794; checked against XGBoost 1.7.4.
 */
export function fitBoostedTrees(
  design: Matrix,
  outcome: Uint8Array,
  options: Partial<BoostingOptions> = {},
  random: Random = createRandom("boosting"),
): AdditiveTrees {
  const { bias, grow, rounds } = startBoosting(design, outcome, options, random);
  const trees = Array.from({ length: rounds }, grow);
  return { bias, columns: design.columns, singlePrecision: true, trees };
}

/** Boosting that has not grown all its trees: see {@link startBoosting}. */
export interface BoostingRun {
  /** Log odds before the first tree. */
  readonly bias: number;
  /** Trees that were asked for. */
  readonly rounds: number;
  /** Grows the next tree. */
  readonly grow: () => Tree;
}

/** Boosting tree by tree, for callers that decide on the way how many they want; parameters of {@link fitBoostedTrees}. */
export function startBoosting(
  design: Matrix,
  outcome: Uint8Array,
  options: Partial<BoostingOptions>,
  random: Random,
): BoostingRun {
  const settings = inSinglePrecision({ ...BOOSTING_DEFAULTS, ...options });
  checkSettings(settings, design, outcome);
  const rounded = singlePrecision(design);
  const sorted = sortedDesign(rankedColumns(rounded));
  const bias = logOdds(settings.baseScore);
  const margins = new Float32Array(design.rows).fill(bias);
  const rows: RowState = {
    gradient: new Float32Array(design.rows),
    hessian: new Float32Array(design.rows),
    place: new Int32Array(design.rows),
  };
  let round = 0;
  const grow = (): Tree => {
    differentiate(rows, margins, outcome, settings.positiveWeight);
    const tree = growRound(sorted, rows, settings, random.fork(`tree/${round++}`));
    for (let row = 0; row < design.rows; row++) margins[row] += tree.value[leafOf(tree, rounded, row)];
    return tree;
  };
  return { bias, rounds: settings.rounds, grow };
}

/**
 * Log odds of every row of a design.
 *
 * @param ensemble As a boosting learner gave it.
 * @returns Shape [n], finite.
 * @throws {InputError} The design has another number of columns.
 */
export function boostedMargins(ensemble: AdditiveTrees, design: Matrix): Float64Array {
  if (design.columns !== ensemble.columns)
    throw new InputError(
      `boosted trees need the ${ensemble.columns} columns that they learned from; got ${design.columns}`,
    );
  const sums = new Float64Array(design.rows).fill(ensemble.bias);
  const comparable = ensemble.singlePrecision ? singlePrecision(design) : design;
  for (const tree of ensemble.trees) addTreeValues(tree, comparable, sums);
  return sums;
}

/** Probabilities of every row of a design, shape [n], in (0, 1). */
export function boostedProbabilities(ensemble: AdditiveTrees, design: Matrix): Float64Array {
  return boostedMargins(ensemble, design).map(logistic);
}

/** A design whose values are rounded to single precision. */
export function singlePrecision(design: Matrix): Matrix {
  return { ...design, values: Float64Array.from(design.values, Math.fround) };
}

function growRound(design: SortedDesign, rows: RowState, settings: BoostingOptions, random: Random): Tree {
  const { rowShare, columnShare, levelColumnShare } = settings;
  if (rowShare < 1) rows.place.forEach((_, row) => (rows.place[row] = random.uniform() < rowShare ? 0 : -1));
  else rows.place.fill(0);
  const all = Array.from({ length: design.ranked.columns }, (_, column) => column);
  const columns = drawColumns(all, columnShare, random);
  return growSecondOrderTree(design, rows, settings, () => drawColumns(columns, levelColumnShare, random));
}

/** A share of the columns, at least one, in ascending order. */
function drawColumns(columns: readonly number[], share: number, random: Random): readonly number[] {
  if (share >= 1) return columns;
  const count = Math.max(1, Math.floor(share * columns.length));
  return random
    .shuffle(columns)
    .slice(0, count)
    .sort((a, b) => a - b);
}

/** First and second derivative of the logistic loss at the margins, rounded as XGBoost rounds them. */
function differentiate(
  rows: RowState,
  margins: Float32Array,
  outcome: Uint8Array,
  positiveWeight: number,
): void {
  const { gradient, hessian } = rows;
  for (let row = 0; row < margins.length; row++) {
    const weight = outcome[row] === 1 ? positiveWeight : 1;
    const probability = Math.fround(1 / Math.fround(Math.fround(exp(Math.min(-margins[row], 88.7))) + 1));
    const variance = Math.fround(probability * Math.fround(1 - probability));
    gradient[row] = Math.fround(probability - outcome[row]) * weight;
    hessian[row] = Math.max(variance, 1e-16) * weight;
  }
}

function logOdds(probability: number): number {
  return Math.fround(0 - log(Math.fround(Math.fround(1 / probability) - 1)));
}

function inSinglePrecision(settings: BoostingOptions): BoostingOptions {
  const rounded: Record<string, number> = {};
  for (const [name, value] of Object.entries(settings)) rounded[name] = Math.fround(value as number);
  return { ...settings, ...rounded };
}

const RANGES: Readonly<Record<keyof BoostingOptions, readonly [least: number, most: number]>> = {
  rounds: [0, 100_000],
  learningRate: [0, 1],
  maximumDepth: [0, 64],
  minimumChildWeight: [0, Infinity],
  minimumGain: [0, Infinity],
  lambda: [0, Infinity],
  alpha: [0, Infinity],
  maximumDeltaStep: [0, Infinity],
  baseScore: [1e-7, 1 - 1e-7],
  positiveWeight: [0, Infinity],
  rowShare: [0, 1],
  columnShare: [0, 1],
  levelColumnShare: [0, 1],
};

function checkSettings(settings: BoostingOptions, design: Matrix, outcome: Uint8Array): void {
  if (outcome.length !== design.rows)
    throw new InputError(`boosting needs one outcome a row; got ${outcome.length} for ${design.rows} rows`);
  if (!outcome.every((event) => event <= 1))
    throw new InputError(
      "boosting needs an outcome of 0 or 1 for every patient; got another value; recode it",
    );
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value = settings[name as keyof BoostingOptions];
    if (!(value >= least && value <= most))
      throw new InputError(`boosting needs ${name} in [${least}, ${most}]; got ${value}`);
  }
}
