import type { Learner } from "../models/learner.ts";
import { listed, counted } from "./words.ts";

/**
 * How a learner of a protocol will be fitted, as part of a sentence.
 *
 * @example plannedLearner({ method: "svm", kernel: "linear", costs: [0.1, 1], gammas: [1], folds: 5 }) // => "a linear support vector machine on standardised columns; its cost, of 0.1 and 1, has the least deviance in 5 folds inside the training patients, and Platt's method calibrates its decision values on those folds"
 */
export function plannedLearner(learner: Learner): string {
  switch (learner.method) {
    case "boosting":
      return `boosted trees (exact second-order boosting of the logistic loss, learning rate ${learner.learningRate}); their depth, of ${choices(learner.depths)}, and their number, at most ${learner.rounds}, have the least deviance in ${foldsInside(learner.folds)}; a missing value goes the way that each split has learned`;
    case "forest":
      return `a random forest of ${counted(learner.trees, "tree")} whose leaves answer with their share of events; the size below which a node stays unsplit, of ${choices(learner.leafSizes)}, ${learner.candidates.length > 1 ? "and the number of candidate columns have" : "has"} the least out-of-bag deviance, and a logistic curve calibrates its out-of-bag predictions`;
    case "svm":
      return `a ${learner.kernel} support vector machine on standardised columns; its cost, of ${choices(learner.costs)},${learner.kernel === "radial" ? ` and its width, gamma of ${choices(learner.gammas)} over the number of columns,` : ""} ${learner.kernel === "radial" ? "have" : "has"} the least deviance in ${foldsInside(learner.folds)}, and Platt's method calibrates its decision values on those folds`;
  }
}

function choices(values: readonly number[]): string {
  return listed(values.map(String));
}

function foldsInside(folds: number): string {
  return `${counted(folds, "fold")} inside the training patients`;
}
