import { crossValidatedLasso, forest, lassoPath, radialMachine } from "./learning.ts";
import {
  bootstrapInterval,
  decisionCurves,
  delong,
  harmonisation,
  profiles,
  reliability,
  smoother,
  stepwise,
} from "./measures.ts";
import { multipleImputation, optimism } from "./resampling.ts";
import type { Work } from "./work.ts";

/** A task of the peers' `r_peers.R` beside ours. */
export interface Task {
  /** R's name of it. */
  readonly name: string;
  readonly what: string;
  /** Least ratio of R's time to ours that is asked for, one thread each. */
  readonly asked: number;
  /** Largest relative difference of the two answers; null where they are random. */
  readonly agreement: number | null;
  readonly prepare: (folder: string) => Work;
}

export const tasks: readonly Task[] = [
  {
    name: "cvglmnet",
    what: "LASSO, 1,000 × 1,500, 10 folds, 100 lambdas",
    asked: 1,
    agreement: 1e-6,
    prepare: crossValidatedLasso,
  },
  { name: "glmnet_path", what: "LASSO, one path of 100", asked: 1, agreement: 0, prepare: lassoPath },
  {
    name: "delong_1000",
    what: "two AUCs, intervals and paired test, n 1,000",
    asked: 1.5,
    agreement: 1e-8,
    prepare: (folder) => delong(folder, "preds_1000.csv", "p3", "pValue"),
  },
  {
    name: "delong_10000",
    what: "the same, n 10,000",
    asked: 1.5,
    agreement: 1e-8,
    prepare: (folder) => delong(folder, "preds_10000.csv", "p2", "z"),
  },
  {
    name: "roc_boot_2000",
    what: "bootstrap interval of an AUC, n 1,000, 2,000 resamples",
    asked: 2,
    agreement: null,
    prepare: bootstrapInterval,
  },
  {
    name: "validate_1000",
    what: "optimism, 8 predictors, n 600, 1,000 resamples",
    asked: 5,
    agreement: null,
    prepare: optimism,
  },
  {
    name: "mice_20",
    what: "chained equations, 20 × 5, n 600, and the pooled regression",
    asked: 1,
    agreement: null,
    prepare: multipleImputation,
  },
  {
    name: "ranger_500",
    what: "500 probability trees, 1,000 × 50",
    asked: 0.5,
    agreement: null,
    prepare: forest,
  },
  {
    name: "svm_rbf",
    what: "radial support vector machine, 1,000 × 50",
    asked: 1,
    agreement: 2e-3,
    prepare: radialMachine,
  },
  { name: "icc_1500", what: "ICC of 1,500 features", asked: 1, agreement: 1e-8, prepare: reliability },
  {
    name: "combat_1500",
    what: "ComBat, 1,500 features, 4 batches",
    asked: 1,
    agreement: 1e-6,
    prepare: harmonisation,
  },
  {
    name: "glm_profile",
    what: "logistic regression and profile intervals",
    asked: 1,
    agreement: 1e-3,
    prepare: profiles,
  },
  {
    name: "loess_ci",
    what: "loess with standard errors, n 1,000",
    asked: 1,
    agreement: 1e-4,
    prepare: smoother,
  },
  { name: "stepaic", what: "backward selection by AIC", asked: 1, agreement: 1e-8, prepare: stepwise },
];

/** What R takes minutes for, so that it is not timed beside: bands of three decision curves. */
export const decisionCurveBands = decisionCurves;
