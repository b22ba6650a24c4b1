import { takeRows } from "../../packages/core/src/math/matrix.ts";
import {
  BOOSTING_DEFAULTS,
  boostedMargins,
  boostedProbabilities,
  type BoostingOptions,
  fitBoostedTrees,
} from "../../packages/core/src/math/trees/second-order-boosting.ts";
import { boostedShapValues } from "../../packages/core/src/math/trees/tree-shap.ts";
import { logLoss } from "../../packages/core/src/validation/brier.ts";
import { auc } from "../../packages/core/src/validation/roc.ts";
import type { OracleCase } from "../oracle-cases.ts";
import { testOracles } from "../oracle-tests.ts";
import { learnerData } from "./learner-data.ts";

testOracles("23", { "boosting.xgboost_exact": exactBoosting });

/** XGBoost's names and aliases of the options that decide what an exact tree is. */
const OPTION_NAMES: Readonly<Record<string, keyof BoostingOptions>> = {
  max_depth: "maximumDepth",
  eta: "learningRate",
  learning_rate: "learningRate",
  min_child_weight: "minimumChildWeight",
  alpha: "alpha",
  reg_alpha: "alpha",
  lambda: "lambda",
  reg_lambda: "lambda",
  gamma: "minimumGain",
  min_split_loss: "minimumGain",
  max_delta_step: "maximumDeltaStep",
  scale_pos_weight: "positiveWeight",
  base_score: "baseScore",
  subsample: "rowShare",
  colsample_bytree: "columnShare",
  colsample_bylevel: "levelColumnShare",
};

/** Options that change nothing about exact trees of a binary outcome. */
const WITHOUT_EFFECT = new Set(
  "objective tree_method booster eval_metric seed random_state nthread n_jobs verbosity silent".split(" "),
);

interface Specification {
  readonly params: Readonly<Record<string, number | string>>;
  readonly rounds: number;
}

function optionsOf({ params, rounds }: Specification): BoostingOptions {
  const options: Record<string, number> = { rounds };
  for (const [name, value] of Object.entries(params)) {
    const known = OPTION_NAMES[name];
    if (known !== undefined) options[known] = Number(value);
    else if (!WITHOUT_EFFECT.has(name)) throw new Error(`nothing here knows the option ${name}`);
  }
  return { ...BOOSTING_DEFAULTS, ...options };
}

function exactBoosting(oracle: OracleCase<Specification>): unknown {
  const { training, test } = learnerData(oracle);
  const ensemble = fitBoostedTrees(training.design, training.outcome, optionsOf(oracle.spec));
  const first = (count: number) =>
    takeRows(test.design, [...Array(Math.min(count, test.design.rows)).keys()]);
  const probabilities = boostedProbabilities(ensemble, test.design);
  const [tree] = ensemble.trees;
  return {
    prob_first20: boostedProbabilities(ensemble, first(20)),
    margin_first20: boostedMargins(ensemble, first(20)),
    test_auc: auc(test.outcome, probabilities),
    test_logloss: logLoss(test.outcome, probabilities),
    first_tree: {
      nodes: tree.feature.length,
      root_feature: `f${tree.feature[0]}`,
      root_split: tree.threshold[0],
      root_gain: tree.gain[0],
    },
    tree_shap_first3: rowsOf(boostedShapValues(ensemble, first(3))),
  };
}

function rowsOf({ rows, columns, values }: ReturnType<typeof boostedShapValues>): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => values[column * rows + row]),
  );
}
