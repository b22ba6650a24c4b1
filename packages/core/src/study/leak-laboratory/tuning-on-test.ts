import { logit } from "../../math/elementary.ts";
import type { PredictorTable } from "../../features/predictor-table.ts";
import type { Random } from "../../math/random.ts";
import { mean, sampleStandardDeviation } from "../../math/statistics.ts";
import { auc } from "../../validation/roc.ts";
import { learnAndTest, takeRows } from "./analysed-rows.ts";
import { valuesOf } from "./laboratory-columns.ts";
import { freshPatients, type LaboratoryCohort, otherRows, radiomicNames } from "./laboratory-cohort.ts";
import type { AnalysedRows, Experiment, Mistake, Pipeline, TestedAnalysis } from "./mistake.ts";

const ROUNDS = 6;
const WEIGHTS = [-0.5, 0.5] as const;

/** The model is changed until the test set likes it. */
export const tuningOnTest: Mistake = {
  mode: "tuning-on-test",
  title: "Tuned on the test set",
  wrong: [
    "fit(training)",
    `for every feature and weight: auc(TEST); keep the best; ${String(ROUNDS)} rounds`,
    "report the best auc(TEST)",
  ],
  right: [
    "fit(training)",
    `for every feature and weight: auc(TRAINING); keep the best; ${String(ROUNDS)} rounds`,
    "open the test set once; report auc(test)",
  ],
  why: "The best of many variants is the best by luck as well. Whoever chooses by the test set reports that luck; thresholds, seeds and architectures chosen so do the same.",
  published: [
    {
      finding:
        "choosing a model on the test set is one of eight kinds of leakage, found in 294 papers of 17 fields",
      source: "Kapoor & Narayanan 2023, Patterns, doi 10.1016/j.patter.2023.100804",
    },
  ],
  prevention:
    "Outcomes of the test set are sealed when the split is made; every opening is a line of a ledger that cannot be shortened, and the report prints how many there were. Thresholds come from out-of-fold predictions of training patients.",
  prepare,
  refusal: null,
};

function prepare(cohort: LaboratoryCohort): Experiment {
  return {
    honest: pipeline(cohort, "development"),
    leaky: pipeline(cohort, "test"),
    fresh: () => freshPatients(cohort, 5000),
  };
}

function pipeline(cohort: LaboratoryCohort, looksAt: "development" | "test"): Pipeline {
  const { table, test } = cohort;
  const development = otherRows(table.patients.length, test);
  return {
    cohort,
    analyse: (outcome, random) => {
      const parts = {
        development: takeRows(table, outcome, development),
        test: takeRows(table, outcome, test),
      };
      return tuned(learnAndTest(parts, random), looksAt, random);
    },
  };
}

/** The analysis with features added to CAR one by one, each the one that raises the AUC of the rows looked at most. */
function tuned(start: TestedAnalysis, looksAt: "development" | "test", random: Random): TestedAnalysis {
  const added: AddedFeature[] = [];
  const seen = start[looksAt];
  for (let round = 0; round < ROUNDS; round++) {
    const score = scoreWith(start, added, seen.table);
    added.push(bestAddition(seen, score, random.fork(`round/${String(round)}`)));
  }
  const candidates = ROUNDS * WEIGHTS.length * radiomicNames.length;
  return {
    ...start,
    scores: { ...start.scores, CAR: scoreWith(start, added, start.test.table) },
    openings: looksAt === "test" ? candidates + 1 : 1,
    predict: (table) => ({ ...start.predict(table), CAR: scoreWith(start, added, table) }),
  };
}

interface AddedFeature {
  readonly name: string;
  readonly weight: number;
  readonly centre: number;
  readonly deviation: number;
}

/** Log odds by CAR plus the added features. */
function scoreWith(
  { predict }: TestedAnalysis,
  added: readonly AddedFeature[],
  table: PredictorTable,
): Float64Array {
  const score = predict(table).CAR.map(logit);
  for (const feature of added) addFeature(score, valuesOf(table, feature.name), feature);
  return score;
}

function addFeature(score: Float64Array, values: Float64Array, feature: AddedFeature): void {
  const { weight, centre, deviation } = feature;
  for (let row = 0; row < score.length; row++) score[row] += (weight * (values[row] - centre)) / deviation;
}

function bestAddition({ table, outcome }: AnalysedRows, score: Float64Array, random: Random): AddedFeature {
  let best: { readonly auc: number; readonly feature: AddedFeature } | null = null;
  // Candidates in random order, so that ties are nobody's.
  for (const name of random.shuffle(radiomicNames)) {
    const values = valuesOf(table, name);
    const scale = { centre: mean(values), deviation: sampleStandardDeviation(values) };
    for (const weight of WEIGHTS) {
      const feature = { name, weight, ...scale };
      const tried = score.slice();
      addFeature(tried, values, feature);
      const reached = auc(outcome, tried);
      if (best === null || reached > best.auc) best = { auc: reached, feature };
    }
  }
  return best!.feature;
}
