import { createRandom } from "../../packages/core/src/math/random.ts";
import { mean, sampleStandardDeviation } from "../../packages/core/src/math/statistics.ts";
import {
  type ClassificationTreeOptions,
  fitClassificationTree,
} from "../../packages/core/src/math/trees/classification-tree.ts";
import { fitGradientBoosting } from "../../packages/core/src/math/trees/gradient-boosting.ts";
import {
  fitForest,
  type ForestOptions,
  forestProbabilities,
  probabilityForest,
  votingForest,
} from "../../packages/core/src/math/trees/random-forest.ts";
import { boostedProbabilities } from "../../packages/core/src/math/trees/second-order-boosting.ts";
import { addTreeValues, leafCount } from "../../packages/core/src/math/trees/tree.ts";
import { brierScore } from "../../packages/core/src/validation/brier.ts";
import { auc } from "../../packages/core/src/validation/roc.ts";
import type { OracleCase } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { learnerData } from "./learner-data.ts";

const answers = { "tree.cart": classificationTree, forest: randomForest, "boosting.gbm": gradientBoosting };

testOracles("22", answers, ({ procedure }) => procedure in answers);

/** Own runs of a random procedure. */
const RUNS = 20;

interface TreeSpecification {
  readonly x: readonly string[];
  readonly criterion?: ClassificationTreeOptions["criterion"];
  readonly cp?: number;
  readonly minsplit?: number;
  readonly minbucket?: number;
  readonly maxdepth?: number;
}

function classificationTree(oracle: OracleCase<TreeSpecification>): unknown {
  const { training, test } = learnerData(oracle);
  const { x, criterion = "gini", cp = 0.01, minsplit = 20, maxdepth = 30 } = oracle.spec;
  const tree = fitClassificationTree(training.design, training.outcome, {
    criterion,
    complexity: cp,
    minimumSplit: minsplit,
    minimumLeaf: oracle.spec.minbucket ?? Math.round(minsplit / 3),
    maximumDepth: maxdepth,
  });
  const shares = new Float64Array(test.design.rows);
  addTreeValues(tree, test.design, shares);
  return {
    n_leaves: leafCount(tree),
    root_variable: x[tree.feature[0]],
    root_cut: tree.threshold[0],
    test_prob_first10: shares.subarray(0, 10),
    test_auc: auc(test.outcome, shares),
  };
}

interface ForestSpecification {
  readonly trees: number;
  readonly mtry: number;
  readonly min_node_size?: number;
  readonly node_size?: number;
  readonly vote?: boolean;
  readonly replace?: boolean;
  readonly sample_fraction?: number;
  readonly max_depth?: number;
}

function forestOptions(spec: ForestSpecification, columns: number): ForestOptions {
  const defaults = spec.vote === true ? votingForest(columns) : probabilityForest(columns);
  return {
    ...defaults,
    trees: spec.trees,
    candidates: spec.mtry,
    minimumNodeSize: spec.min_node_size ?? spec.node_size ?? defaults.minimumNodeSize,
    replacement: spec.replace ?? true,
    sampleShare: spec.sample_fraction ?? (spec.replace === false ? 0.632 : 1),
    maximumDepth: spec.max_depth ?? 0,
  };
}

function randomForest(oracle: OracleCase<ForestSpecification>): unknown {
  const { training, test } = learnerData(oracle);
  const options = forestOptions(oracle.spec, training.design.columns);
  const runs = Array.from({ length: RUNS }, (_, seed) => {
    const { forest, outOfBag } = fitForest(training.design, training.outcome, options, createRandom(seed));
    const probabilities = forestProbabilities(forest, test.design);
    // A tie of votes is a coin's throw.
    const wrong = outOfBag.map((p, row) =>
      p === 0.5 ? 0.5 : Number(p > 0.5) === training.outcome[row] ? 0 : 1,
    );
    return {
      test_auc: auc(test.outcome, probabilities),
      test_brier: brierScore(test.outcome, probabilities),
      oob_brier: brierScore(training.outcome, outOfBag),
      oob_error: mean(wrong),
    };
  });
  const summary = (name: keyof (typeof runs)[number]) => {
    const values = runs.map((run) => run[name]);
    return { mean: mean(values), sd: sampleStandardDeviation(values), n: RUNS };
  };
  return {
    test_auc: summary("test_auc"),
    test_brier: summary("test_brier"),
    oob_brier: summary("oob_brier"),
    oob_error: summary("oob_error"),
  };
}

interface BoostingSpecification {
  readonly trees: number;
  readonly depth: number;
  readonly shrinkage: number;
  readonly bag_fraction: number;
  readonly min_node: number;
}

function gradientBoosting(oracle: OracleCase<BoostingSpecification>): unknown {
  const { training, test } = learnerData(oracle);
  const { trees, depth, shrinkage, bag_fraction, min_node } = oracle.spec;
  const { ensemble, trainingDeviance } = fitGradientBoosting(training.design, training.outcome, {
    trees,
    splits: depth,
    shrinkage,
    bagShare: bag_fraction,
    minimumLeaf: min_node,
  });
  const probabilities = boostedProbabilities(ensemble, test.design);
  const { tree } = (oracle.expected as { train_deviance_at: { tree: readonly number[] } }).train_deviance_at;
  return {
    train_deviance_at: { tree, value: tree.map((count) => trainingDeviance[count - 1]) },
    test_prob_first10: probabilities.subarray(0, 10),
    test_auc: auc(test.outcome, probabilities),
  };
}
