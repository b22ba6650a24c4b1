import { auc } from "../../validation/roc.ts";
import { learnAndTest, takeRows } from "./analysed-rows.ts";
import { freshPatients, type LaboratoryCohort, otherRows, radiomicNames } from "./laboratory-cohort.ts";
import { valuesOf } from "./laboratory-columns.ts";
import { patientsOf, usualPredictors } from "./laboratory-models.ts";
import type { AnalysedRows, Experiment, Mistake, Pipeline } from "./mistake.ts";

const CHOSEN = 15;

/** Features are chosen by their association with the outcome of all patients, the later test patients among them. */
export const selectionBeforeSplit: Mistake = {
  mode: "selection-before-split",
  title: "Features selected before the split",
  wrong: [
    `chosen = the ${String(CHOSEN)} features that separate the outcomes best, ALL patients`,
    "training, test = split(patients)",
    "fit(training, chosen); auc(test)",
  ],
  right: [
    "training, test = split(patients)",
    `chosen = the ${String(CHOSEN)} features that separate the outcomes best, TRAINING patients`,
    "fit(training, chosen); auc(test)",
  ],
  why: "Among many features without information some separate the outcomes of the test patients by chance. Chosen on these very patients, they separate them again.",
  published: [
    {
      finding: "selection before cross-validation raised the AUC of radiomic models by up to 0.15",
      source: "Demircioğlu 2021, Insights into Imaging, doi 10.1186/s13244-021-01115-1",
    },
  ],
  prevention:
    "Selection is a part of fitting a model, which is handed the training patients of its fold and nobody else.",
  prepare,
  refusal: null,
};

function prepare(cohort: LaboratoryCohort): Experiment {
  return {
    honest: pipeline(cohort, (training) => training),
    leaky: pipeline(cohort, (_, all) => all),
    fresh: () => freshPatients(cohort, 5000),
  };
}

/** @param seenBy The rows whose outcomes choose the features. */
function pipeline(
  cohort: LaboratoryCohort,
  seenBy: (training: AnalysedRows, all: AnalysedRows) => AnalysedRows,
): Pipeline {
  const { table, test } = cohort;
  const everybody = otherRows(table.patients.length, []);
  const development = otherRows(table.patients.length, test);
  return {
    cohort,
    analyse: (outcome, random) => {
      const training = takeRows(table, outcome, development);
      const seen = seenBy(training, takeRows(table, outcome, everybody));
      return learnAndTest(
        {
          development: training,
          test: takeRows(table, outcome, test),
          predictors: { ...usualPredictors, radiomic: bestFeatures(seen) },
          artefacts: [{ name: "choice of features", trainedOn: patientsOf(seen) }],
        },
        random,
      );
    },
  };
}

function bestFeatures({ table, outcome }: AnalysedRows): readonly string[] {
  return radiomicNames
    .map((name) => ({ name, strength: Math.abs(auc(outcome, valuesOf(table, name)) - 0.5) }))
    .sort((a, b) => b.strength - a.strength)
    .slice(0, CHOSEN)
    .map(({ name }) => name);
}
