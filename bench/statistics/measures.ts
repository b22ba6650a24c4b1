import { loess, loessCurve } from "../../packages/core/src/math/loess.ts";
import { profileIntervals } from "../../packages/core/src/math/profile-likelihood.ts";
import { mean } from "../../packages/core/src/math/statistics.ts";
import { fitCombat, applyCombat } from "../../packages/core/src/selection/combat.ts";
import { intraclassCorrelation } from "../../packages/core/src/selection/intraclass-correlation.ts";
import { stepwiseSelection } from "../../packages/core/src/selection/stepwise.ts";
import { termsOfMatrix } from "../../packages/core/src/math/design-terms.ts";
import { bootstrapAuc } from "../../packages/core/src/validation/bootstrap-roc.ts";
import { netBenefitBand } from "../../packages/core/src/validation/decision-curve-band.ts";
import { bootstrapResamples, stratifiedResamples } from "../../packages/core/src/validation/resamples.ts";
import { createRandom } from "../../packages/core/src/math/random.ts";
import { delongAuc } from "../../packages/core/src/validation/delong.ts";
import { delongTest } from "../../packages/core/src/validation/delong-test.ts";
import { design, namesBut, outcomeOf, readNumbers } from "./tables.ts";
import type { Work } from "./work.ts";

/** Two areas with DeLong's intervals and the paired test; the answer is its p-value or z. */
export function delong(folder: string, file: string, second: string, answer: "pValue" | "z"): Work {
  const table = readNumbers(folder, file);
  const [outcome, a, b] = [outcomeOf(table), table.columns["p1"], table.columns[second]];
  return {
    run: () => {
      delongAuc(outcome, a);
      delongAuc(outcome, b);
      return delongTest(outcome, a, b)[answer]!;
    },
  };
}

/** `ci.auc(method = "bootstrap")` of 2,000 stratified resamples; the lower limit. */
export function bootstrapInterval(folder: string): Work {
  const table = readNumbers(folder, "preds_1000.csv");
  const [outcome, score] = [outcomeOf(table), table.columns["p1"]];
  return {
    run: () => bootstrapAuc({ outcome, score }, stratifiedResamples(outcome, 2000, createRandom(1))).lower,
  };
}

/** Bands of three decision curves at 99 thresholds from 1,000 resamples of 600 patients; one of the limits. */
export function decisionCurves(folder: string): Work {
  const table = readNumbers(folder, "preds_1000.csv");
  const outcome = outcomeOf(table).subarray(0, 600);
  const scores = ["p1", "p2", "p3"].map((name) => table.columns[name].subarray(0, 600));
  const thresholds = Float64Array.from({ length: 99 }, (_, k) => (k + 1) / 100);
  return {
    run: () => {
      const resamples = bootstrapResamples(600, 1000, createRandom(1));
      return scores.map((score) => netBenefitBand(outcome, [score], thresholds, resamples))[0][9].lower;
    },
  };
}

/** `psych::ICC` of 1,500 features of 60 subjects by 2 readers, all six forms' worth of it; the mean of ICC(2,1). */
export function reliability(folder: string): Work {
  const table = readNumbers(folder, "readers_60x1500.csv");
  const ratings = namesBut(table, "subject", "reader").map((name) => [
    table.columns[name].subarray(0, 60),
    table.columns[name].subarray(60),
  ]);
  return {
    run: () =>
      mean(
        ratings.map((one) => {
          intraclassCorrelation(one, "one-way");
          intraclassCorrelation(one, "consistency");
          return intraclassCorrelation(one, "agreement")!.value;
        }),
      ),
  };
}

/** `sva::ComBat` of 1,500 features in 4 batches; the mean of the first feature. */
export function harmonisation(folder: string): Work {
  const table = readNumbers(folder, "wide_1000x1500.csv");
  const features = namesBut(table, "y", "fold");
  const values = design(table, features);
  const batches = Array.from({ length: table.rows }, (_, row) => "ABCD"[row % 4]);
  const data = { values, batches, covariates: null };
  const options = { parametric: true, meanOnly: false, reference: null, stopping: "sva" } as const;
  return {
    run: () => {
      const model = fitCombat(data, options, { features, covariates: [] });
      return mean(applyCombat(model, data).values.subarray(0, table.rows));
    },
  };
}

/** `glm` and the profile intervals of all coefficients; the lower limit of the second. */
export function profiles(folder: string): Work {
  const table = readNumbers(folder, "clin_600.csv");
  const [whole, outcome] = [design(table, namesBut(table, "y")), outcomeOf(table)];
  return { run: () => profileIntervals(whole, outcome)[1].lower ?? NaN };
}

/** `loess` with its standard errors on a grid; the third of them. */
export function smoother(folder: string): Work {
  const table = readNumbers(folder, "preds_1000.csv");
  const [x, y] = [table.columns["p3"], table.columns["y"]];
  const grid = Float64Array.from({ length: 91 }, (_, k) => 0.05 + 0.01 * k);
  return { run: () => loessCurve(loess(x, y), grid).standardError[2] };
}

/** `stepAIC` backward from all predictors; Akaike's criterion of the last model. */
export function stepwise(folder: string): Work {
  const table = readNumbers(folder, "clin_600.csv");
  const names = namesBut(table, "y");
  const [terms, outcome] = [termsOfMatrix(design(table, names), names), outcomeOf(table)];
  return {
    run: () => stepwiseSelection(terms, outcome, { direction: "backward" }).steps.at(-1)!.criterion,
  };
}
