import type { PlattScaling } from "../math/support-vectors/platt.ts";
import type { SupportVectorMachine } from "../math/support-vectors/support-vector-machine.ts";
import type { Forest } from "../math/trees/random-forest.ts";
import type { AdditiveTrees } from "../math/trees/second-order-boosting.ts";
import type { DesignColumn } from "./design-column.ts";

/** Boosted trees: depth and number of trees are chosen by cross-validated deviance. */
export interface BoostingLearner {
  readonly method: "boosting";
  /** Levels of splits to choose from; 1 has no interactions. */
  readonly depths: readonly number[];
  readonly learningRate: number;
  /** Most trees. */
  readonly rounds: number;
  readonly minimumChildWeight: number;
  readonly lambda: number;
  readonly rowShare: number;
  readonly columnShare: number;
  readonly folds: number;
}

/** A random forest: the size of leaves and the candidates at a node are chosen by out-of-bag deviance. */
export interface ForestLearner {
  readonly method: "forest";
  readonly trees: number;
  readonly leafSizes: readonly number[];
  /** Columns drawn at a node: the square root of their number, or a third of it. */
  readonly candidates: readonly ("root" | "third")[];
}

/** A support vector machine: cost and width are chosen by cross-validated deviance. */
export interface SupportVectorLearner {
  readonly method: "svm";
  readonly kernel: "linear" | "radial";
  readonly costs: readonly number[];
  /** Gamma of a radial kernel in units of one over the number of columns. */
  readonly gammas: readonly number[];
  readonly folds: number;
}

/** A method that learns a risk without coefficients, with the candidates of its settings. */
export type Learner = BoostingLearner | ForestLearner | SupportVectorLearner;

interface LearnedParts {
  /** Of the design that the trees or the machine read, in this order. */
  readonly columns: readonly DesignColumn[];
  readonly learner: Learner;
  /** The settings that were chosen, by name. */
  readonly chosen: Readonly<Record<string, number>>;
  /** Mean deviance of the choice on patients that it was not fitted on. */
  readonly deviance: number;
}

/** A fitted learner as plain JSON; its answer is on the scale of the log odds. */
export type LearnedPredictor =
  | (LearnedParts & { readonly kind: "boosting"; readonly ensemble: AdditiveTrees })
  | (LearnedParts & { readonly kind: "forest"; readonly forest: Forest; readonly calibration: PlattScaling })
  | (LearnedParts & {
      readonly kind: "svm";
      readonly machine: SupportVectorMachine;
      readonly calibration: PlattScaling;
    });
