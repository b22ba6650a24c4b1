import type { LearnedPredictor } from "../models/learner.ts";
import { formatCount, formatSignificant } from "./format.ts";
import { counted } from "./words.ts";

/**
 * How a learner of a model was fitted, as part of a sentence.
 *
 * @returns E.g. `boosted trees of depth 2, 57 rounds at a learning rate of 0.05`.
 */
export function learnerWords({ learner, chosen }: LearnedPredictor): string {
  switch (learner.method) {
    case "boosting":
      return chosen["rounds"] === 0
        ? "boosted trees, of which none lowered the deviance of held-out folds"
        : `boosted trees (exact second-order boosting) of depth ${formatCount(chosen["depth"])}, ${counted(chosen["rounds"], "round")} at a learning rate of ${learner.learningRate}; depth and rounds have the least deviance in held-out folds`;
    case "forest":
      return `a random forest of ${counted(learner.trees, "tree")} with ${counted(chosen["candidates"], "candidate column")} at a node and nodes of at most ${formatCount(chosen["leafSize"])} patients left unsplit, its shares calibrated on out-of-bag predictions`;
    case "svm":
      return `a ${learner.kernel} support vector machine at cost ${formatSignificant(chosen["cost"], 3)}${learner.kernel === "radial" ? ` and gamma ${formatSignificant(chosen["gamma"], 3)}` : ""}, its decision values calibrated by Platt's method on held-out folds${learner.kernel === "radial" ? " (no exact contributions of its inputs exist)" : ""}`;
  }
}
