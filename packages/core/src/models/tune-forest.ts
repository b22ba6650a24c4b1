import { logit } from "../math/elementary.ts";
import type { Matrix } from "../math/matrix.ts";
import type { Random } from "../math/random.ts";
import { fitPlattScaling, type PlattScaling } from "../math/support-vectors/platt.ts";
import { fitForest, type Forest, probabilityForest } from "../math/trees/random-forest.ts";
import type { ForestLearner } from "./learner.ts";
import { meanDeviance } from "./tune-boosting.ts";

/** The forest of least out-of-bag deviance with the calibration of its out-of-bag probabilities. */
export interface TunedForest {
  readonly forest: Forest;
  readonly leafSize: number;
  readonly candidates: number;
  readonly calibration: PlattScaling;
  readonly deviance: number;
  /** Calibrated log odds of each patient by the trees that did not see the patient; shape [n]. */
  readonly outOfFold: Float64Array;
}

/**
 * Chooses the size of leaves and the number of candidate columns by out-of-bag deviance after calibration: a forest's
 * shares are drawn towards the middle, which a logistic curve of their log odds mends.
 *
 * @param design Finite values.
 */
export function tuneForest(
  design: Matrix,
  outcome: Uint8Array,
  learner: ForestLearner,
  random: Random,
): TunedForest {
  const counts = learner.candidates.map((rule) =>
    Math.max(1, Math.floor(rule === "root" ? Math.sqrt(design.columns) : design.columns / 3)),
  );
  return [...new Set(counts)]
    .flatMap((candidates) => learner.leafSizes.map((leafSize) => ({ candidates, leafSize })))
    .map(({ candidates, leafSize }): TunedForest => {
      const options = {
        ...probabilityForest(design.columns),
        trees: learner.trees,
        candidates,
        minimumNodeSize: leafSize,
      };
      const { forest, outOfBag } = fitForest(design, outcome, options, random);
      const prevalence = outcome.reduce((count, event) => count + event, 0) / outcome.length;
      const odds = shareLogOdds(
        outOfBag.map((share) => (Number.isNaN(share) ? prevalence : share)),
        learner.trees,
      );
      const calibration = fitPlattScaling(odds, outcome);
      const outOfFold = odds.map((value) => calibration.intercept + calibration.slope * value);
      return {
        forest,
        leafSize,
        candidates,
        calibration,
        outOfFold,
        deviance: meanDeviance(outOfFold, outcome),
      };
    })
    .reduce((best, one) => (one.deviance < best.deviance ? one : best));
}

/** Log odds of the shares of so many trees; half a tree keeps 0 and 1 finite. */
export function shareLogOdds(shares: Float64Array, trees: number): Float64Array {
  return shares.map((share) => logit((share * trees + 0.5) / (trees + 1)));
}
