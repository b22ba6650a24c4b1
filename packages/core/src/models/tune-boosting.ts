import { stratifiedFolds } from "../cohort/folds.ts";
import { log, logistic } from "../math/elementary.ts";
import { type Matrix, takeRows } from "../math/matrix.ts";
import type { Random } from "../math/random.ts";
import { type BoostingOptions, singlePrecision, startBoosting } from "../math/trees/second-order-boosting.ts";
import { leafOf } from "../math/trees/tree.ts";
import type { BoostingLearner } from "./learner.ts";

/** Depth and number of trees of least deviance, with the margins of the folds there. */
export interface TunedBoosting {
  readonly depth: number;
  readonly rounds: number;
  /** Mean over patients, from folds that did not see them. */
  readonly deviance: number;
  /** Log odds of each patient by the fold that did not see the patient; shape [n]. */
  readonly outOfFold: Float64Array;
}

/** The folds stop growing when the deviance has not fallen for so many trees. */
const PATIENCE = 30;

/** XGBoost's options of a learner at a depth; the first tree starts from the prevalence. */
export function boostingOptions(
  learner: BoostingLearner,
  outcome: Uint8Array,
  depth: number,
): Partial<BoostingOptions> {
  const { learningRate, rounds, minimumChildWeight, lambda, rowShare, columnShare } = learner;
  const events = outcome.reduce((count, event) => count + event, 0);
  return {
    rounds,
    learningRate,
    minimumChildWeight,
    lambda,
    rowShare,
    columnShare,
    maximumDepth: depth,
    baseScore: events / outcome.length,
  };
}

/**
 * Chooses depth and number of trees by the deviance of held-out folds, which are the same for all depths.
 *
 * @throws {InputError} A class has fewer patients than folds.
 */
export function tuneBoosting(
  design: Matrix,
  outcome: Uint8Array,
  learner: BoostingLearner,
  random: Random,
): TunedBoosting {
  const folds = stratifiedFolds(outcome, learner.folds, random.fork("folds"));
  return learner.depths
    .map((depth) => {
      const data = { design, outcome, folds };
      return tuneRounds(data, boostingOptions(learner, outcome, depth), depth, random.fork(`depth/${depth}`));
    })
    .reduce((best, one) => (one.deviance < best.deviance ? one : best));
}

interface FoldedData {
  readonly design: Matrix;
  readonly outcome: Uint8Array;
  readonly folds: Int32Array;
}

function tuneRounds(
  { design, outcome, folds }: FoldedData,
  options: Partial<BoostingOptions>,
  depth: number,
  random: Random,
): TunedBoosting {
  const comparable = singlePrecision(design);
  const margins = new Float64Array(design.rows);
  const runs = [...new Set(folds)].map((fold) => {
    const rowsOf = (inside: boolean) => [...folds.keys()].filter((row) => (folds[row] === fold) === inside);
    const [training, heldOut] = [rowsOf(false), rowsOf(true)];
    const own = Uint8Array.from(training, (row) => outcome[row]);
    const run = startBoosting(takeRows(design, training), own, options, random.fork(`fold/${fold}`));
    for (const row of heldOut) margins[row] = run.bias;
    return { run, heldOut };
  });
  let best = { depth, rounds: 0, deviance: meanDeviance(margins, outcome), outOfFold: margins.slice() };
  for (let round = 1; round <= options.rounds! && round - best.rounds <= PATIENCE; round++) {
    for (const { run, heldOut } of runs) {
      const tree = run.grow();
      for (const row of heldOut) margins[row] += tree.value[leafOf(tree, comparable, row)];
    }
    const deviance = meanDeviance(margins, outcome);
    if (deviance < best.deviance) best = { depth, rounds: round, deviance, outOfFold: margins.slice() };
  }
  return best;
}

/**
 * Mean of -2 log likelihood.
 *
 * @param margins Log odds, shape [n].
 * @param outcome 1 = event, 0 = none; shape [n].
 * @example meanDeviance(Float64Array.of(0, 0), Uint8Array.of(0, 1)) // => 1.3862943611198906
 */
export function meanDeviance(margins: Float64Array, outcome: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < margins.length; row++)
    sum -= 2 * log(logistic(outcome[row] === 1 ? margins[row] : -margins[row]));
  return sum / margins.length;
}
