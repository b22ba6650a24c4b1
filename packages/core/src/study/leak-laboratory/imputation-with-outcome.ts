import type { PredictorTable } from "../../features/predictor-table.ts";
import { mean } from "../../math/statistics.ts";
import { honestPipeline, learnAndTest, takeRows } from "./analysed-rows.ts";
import { mapColumns } from "./laboratory-columns.ts";
import {
  axillaryNames,
  clinicalNames,
  freshPatients,
  type LaboratoryCohort,
  otherRows,
} from "./laboratory-cohort.ts";
import { patientsOf } from "./laboratory-models.ts";
import { missingnessShortcut } from "./laboratory-shortcuts.ts";
import type { Experiment, Mistake, Pipeline } from "./mistake.ts";

/** Missing values are filled in with the help of the outcome that they will predict. */
export const imputationWithOutcome: Mistake = {
  mode: "imputation-with-outcome",
  title: "Missing values imputed with the outcome, before the split",
  wrong: [
    "x[missing] = mean(x of patients with the SAME OUTCOME), ALL patients",
    "training, test = split(x)",
    "fit(training); auc(test)",
  ],
  right: [
    "training, test = split(x)",
    "x[missing] = learned from TRAINING patients, without the patient's own outcome in test",
    "fit(training); auc(test)",
  ],
  why: "An imputed value then says which outcome the patient had. The model reads it back, in the test set too; for a new patient nobody can impute like that.",
  published: [
    {
      finding:
        "imputing or scaling before the data are partitioned is among the errors that inflated performance by a factor of up to 1.4",
      source: "Gidwani et al. 2023, Radiology, doi 10.1148/radiol.220715",
    },
    {
      finding:
        "pre-processing of training and test data together is one of eight kinds of leakage, found in 294 papers of 17 fields",
      source: "Kapoor & Narayanan 2023, Patterns, doi 10.1016/j.patter.2023.100804",
    },
  ],
  prevention:
    "Imputation is learned inside the fit; the outcome helps to impute training patients only, and a patient to be predicted is imputed without it.",
  prepare,
  refusal: null,
};

function prepare(complete: LaboratoryCohort): Experiment {
  const cohort = withGaps(complete);
  const shortcuts = [missingnessShortcut(cohort.table)];
  return {
    honest: { ...honestPipeline(cohort), shortcuts },
    leaky: { ...leakyPipeline(cohort), shortcuts },
    fresh: () => withGaps(freshPatients(complete, 5000)),
  };
}

function leakyPipeline(cohort: LaboratoryCohort): Pipeline {
  const { table, test } = cohort;
  const development = otherRows(table.patients.length, test);
  return {
    cohort,
    analyse: (outcome, random) => {
      const filled = filledByOutcome(table, outcome);
      return learnAndTest(
        {
          development: takeRows(filled, outcome, development),
          test: takeRows(filled, outcome, test),
          artefacts: [{ name: "means by outcome", trainedOn: patientsOf(table) }],
        },
        random,
      );
    },
  };
}

const GAPS = [...clinicalNames, ...axillaryNames];

/** A quarter of the clinical and axillary findings is missing, whatever they are. */
function withGaps(cohort: LaboratoryCohort): LaboratoryCohort {
  const random = cohort.random.fork("gaps");
  const table = mapColumns(cohort.table, GAPS, ({ name, values }) => {
    const own = random.fork(name);
    return values.map((value) => (own.bernoulli(0.25) ? NaN : value));
  });
  return { ...cohort, table };
}

function filledByOutcome(table: PredictorTable, outcome: Uint8Array): PredictorTable {
  return mapColumns(table, GAPS, ({ values }) => {
    const means = [0, 1].map((event) =>
      mean(values.filter((value, row) => outcome[row] === event && !Number.isNaN(value))),
    );
    return values.map((value, row) => (Number.isNaN(value) ? means[outcome[row]] : value));
  });
}
