import type { Finding } from "../errors.ts";
import { log } from "../math/elementary.ts";
import type { Matrix } from "../math/matrix.ts";
import type { Random } from "../math/random.ts";
import { fitSupportVectors } from "../math/support-vectors/support-vector-machine.ts";
import { fitBoostedTrees } from "../math/trees/second-order-boosting.ts";
import type { Tree } from "../math/trees/tree.ts";
import type {
  BoostingLearner,
  ForestLearner,
  LearnedPredictor,
  Learner,
  SupportVectorLearner,
} from "./learner.ts";
import type { DesignColumn } from "./design-column.ts";
import { boostingOptions, meanDeviance, tuneBoosting } from "./tune-boosting.ts";
import { tuneForest } from "./tune-forest.ts";
import { tuneSupportVectors } from "./tune-support-vectors.ts";

/** A learner fitted on training patients. */
export interface FittedLearner {
  readonly predictor: LearnedPredictor;
  /** Log odds of each training patient by fits that did not see the patient's outcome, shape [n]. */
  readonly outOfFold: Float64Array;
  readonly findings: readonly Finding[];
}

/** Design and outcome of training patients; columns are described in the order of the design. */
export interface LearnerData {
  /** Standardised; missing values stay missing (NaN) for boosted trees only. */
  readonly design: Matrix;
  readonly columns: readonly DesignColumn[];
  readonly outcome: Uint8Array;
}

/**
 * Fits a learner with the settings of least deviance on training patients that a fit did not see. All settings share the
 * folds; the predictions that choose thresholds are those of the chosen settings.
 *
 * @throws {InputError} A class has fewer patients than folds.
 */
export function fitLearner(data: LearnerData, learner: Learner, random: Random): FittedLearner {
  if (data.design.columns === 0) return emptyLearner(data, learner);
  switch (learner.method) {
    case "boosting":
      return fitBoosting(data, learner, random);
    case "forest":
      return fitRandomForest(data, learner, random);
    case "svm":
      return fitMachine(data, learner, random);
  }
}

function fitBoosting(data: LearnerData, learner: BoostingLearner, random: Random): FittedLearner {
  const { design, columns, outcome } = data;
  const { depth, rounds, deviance, outOfFold } = tuneBoosting(design, outcome, learner, random);
  if (rounds === 0) return emptyLearner(data, learner);
  const options = { ...boostingOptions(learner, outcome, depth), rounds };
  const ensemble = fitBoostedTrees(design, outcome, options, random.fork("final"));
  const used = columnsAsked(ensemble.trees);
  const trees = ensemble.trees.map((tree) => ({
    ...tree,
    feature: tree.feature.map((column) => used.indexOf(column)),
  }));
  return {
    predictor: {
      kind: "boosting",
      columns: used.map((column) => columns[column]),
      learner,
      chosen: { depth, rounds },
      deviance,
      ensemble: { ...ensemble, columns: used.length, trees },
    },
    outOfFold,
    findings: rounds < learner.rounds ? [] : [roundsFinding(rounds)],
  };
}

function roundsFinding(rounds: number): Finding {
  const message = `boosted trees need rounds until the deviance of held-out folds rises; it still fell at the last of ${rounds}; allow more rounds or a larger learning rate`;
  return { code: "boosting-rounds-exhausted", severity: "warning", message };
}

/** Columns that a tree asks for, ascending. */
function columnsAsked(trees: readonly Tree[]): readonly number[] {
  const asked = new Set(trees.flatMap(({ feature }) => feature));
  asked.delete(-1);
  return [...asked].sort((a, b) => a - b);
}

function fitRandomForest(data: LearnerData, learner: ForestLearner, random: Random): FittedLearner {
  const { design, columns, outcome } = data;
  const { forest, leafSize, candidates, calibration, deviance, outOfFold } = tuneForest(
    design,
    outcome,
    learner,
    random,
  );
  const chosen = { leafSize, candidates };
  return {
    predictor: { kind: "forest", columns, learner, chosen, deviance, forest, calibration },
    outOfFold,
    findings: [],
  };
}

function fitMachine(data: LearnerData, learner: SupportVectorLearner, random: Random): FittedLearner {
  const { design, columns, outcome } = data;
  const tuned = tuneSupportVectors(design, outcome, learner, random);
  const { kernel, cost, calibration, deviance, outOfFold } = tuned;
  const { machine, supportVectors } = fitSupportVectors(design, outcome, { kernel, cost });
  const chosen = { cost, ...(kernel.kind === "radial" ? { gamma: kernel.gamma } : {}) };
  const message = `a radial support vector machine holds the predictors of its ${supportVectors} support vectors, who are patients; guard its file as you guard their data, or choose a linear kernel`;
  return {
    predictor: { kind: "svm", columns, learner, chosen, deviance, machine, calibration },
    outOfFold,
    findings:
      kernel.kind === "linear" ? [] : [{ code: "model-holds-patients", severity: "warning", message }],
  };
}

/** The prevalence for everybody. */
function emptyLearner({ outcome }: LearnerData, learner: Learner): FittedLearner {
  const events = outcome.reduce((count, event) => count + event, 0);
  const bias = log(events / (outcome.length - events));
  const outOfFold = new Float64Array(outcome.length).fill(bias);
  return {
    predictor: {
      kind: "boosting",
      columns: [],
      learner,
      chosen: { rounds: 0 },
      deviance: meanDeviance(outOfFold, outcome),
      ensemble: { bias, columns: 0, singlePrecision: true, trees: [] },
    },
    outOfFold,
    findings: [
      {
        code: "model-empty",
        severity: "warning",
        message:
          "no predictor lowers the deviance of held-out folds; the model predicts the same risk for everybody",
      },
    ],
  };
}
