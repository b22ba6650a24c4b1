import { type Cohort, SEALED } from "../cohort/cohort.ts";
import type { PatientId } from "../cohort/patient.ts";
import type { Split } from "../cohort/split.ts";
import { takePatients, type PredictorTable } from "../features/predictor-table.ts";
import { predictProbability } from "../models/predict.ts";
import { poolFolds } from "../validation/cross-validation.ts";
import type { PredictionSet } from "../validation/evaluate.ts";
import type { EvaluationMethod } from "../validation/evaluation.ts";
import type { ComparatorPredictions } from "./comparator-predictions.ts";
import type { StudyFits, StudyTasks } from "./study-tasks.ts";

/** Predictions of the same patients by all models, as they are judged and written. */
export interface JudgedPredictions {
  readonly dataset: "development" | "test" | "prospective" | `external:${string}`;
  readonly method: EvaluationMethod;
  readonly patients: readonly PatientId[];
  readonly outcome: Uint8Array;
  /** Fold that tested each patient, one list a repeat; null where nothing was repeated. */
  readonly folds: readonly Int32Array[] | null;
  /** One entry a model, in the protocol's order; in each one set of predictions a repeat. */
  readonly models: readonly { readonly model: string; readonly repeats: readonly PredictionSet[] }[];
  /** Scores, judgements and imported risks, of the patients of whom they say something; absent without any. */
  readonly comparators?: readonly ComparatorPredictions[];
}

/** What predictions are gathered from. */
export interface PredictionSources {
  readonly cohort: Cohort;
  readonly split: Split;
  readonly predictors: PredictorTable;
  readonly tasks: StudyTasks;
  readonly fits: StudyFits;
}

/**
 * All predictions of a study: apparent and cross-validated ones of the development set, held-out ones of test and
 * prospective patients.
 *
 * @returns In this order; sets without patients, and sets whose outcomes are sealed, are left out.
 */
export function judgedPredictions(sources: PredictionSources): readonly JudgedPredictions[] {
  const { split } = sources;
  const test = heldOut(sources, "test", 0);
  const prospective = heldOut(sources, "prospective", split.test.length);
  return [apparent(sources), crossValidated(sources), test, prospective].filter(
    ({ patients, outcome }) => patients.length > 0 && !outcome.includes(SEALED),
  );
}

function apparent({ cohort, split, predictors, tasks, fits }: PredictionSources): JudgedPredictions {
  const rows = rowsOf(cohort.patients, split.development);
  const table = takePatients(predictors, rows);
  return {
    dataset: "development",
    method: "apparent",
    patients: split.development,
    outcome: outcomeOf(cohort, rows),
    folds: null,
    models: tasks.final.map(({ model, thresholdRules }, index) => {
      const fit = fits.final[index];
      return {
        model: model.name,
        repeats: [
          {
            probability: predictProbability(fit.model, table),
            thresholds: named(thresholdRules, fit.thresholds),
          },
        ],
      };
    }),
  };
}

function crossValidated({ cohort, tasks, fits }: PredictionSources): JudgedPredictions {
  const { folds } = tasks;
  const pool = (values: readonly ArrayLike<number>[]) => poolFolds(tasks.crossValidated, folds, values);
  return {
    dataset: "development",
    method: "cross-validation",
    patients: tasks.crossValidated,
    outcome: outcomeOf(cohort, rowsOf(cohort.patients, tasks.crossValidated)),
    folds: pool(folds.map(({ fold, testing }) => testing.map(() => fold))).map((repeat) =>
      Int32Array.from(repeat),
    ),
    models: tasks.final.map(({ model, thresholdRules }, index) => {
      const results = fits.crossValidation[index];
      const probabilities = pool(results.map((fit) => fit.probabilities));
      const thresholds = thresholdRules.map((_, rule) =>
        pool(results.map((fit) => fit.probabilities.map(() => fit.thresholds[rule]))),
      );
      return {
        model: model.name,
        repeats: probabilities.map((probability, repeat) => ({
          probability,
          thresholds: thresholdRules.map((name, rule) => ({ name, threshold: thresholds[rule][repeat] })),
        })),
      };
    }),
  };
}

function heldOut(
  { cohort, split, tasks, fits }: PredictionSources,
  dataset: "test" | "prospective",
  first: number,
): JudgedPredictions {
  const patients = split[dataset];
  return {
    dataset,
    method: "held-out",
    patients,
    outcome: outcomeOf(cohort, rowsOf(cohort.patients, patients)),
    folds: null,
    models: tasks.final.map(({ model, thresholdRules }, index) => {
      const fit = fits.final[index];
      const probability = Float64Array.from(fit.probabilities.slice(first, first + patients.length));
      return {
        model: model.name,
        repeats: [{ probability, thresholds: named(thresholdRules, fit.thresholds) }],
      };
    }),
  };
}

function named(rules: readonly string[], thresholds: readonly number[]): PredictionSet["thresholds"] {
  return rules.map((name, rule) => ({ name, threshold: thresholds[rule] }));
}

function rowsOf(all: readonly PatientId[], wanted: readonly PatientId[]): number[] {
  const row = new Map(all.map((patient, index) => [patient, index]));
  return wanted.map((patient) => row.get(patient)!);
}

function outcomeOf(cohort: Cohort, rows: readonly number[]): Uint8Array {
  return Uint8Array.from(rows, (row) => cohort.outcome[row]);
}
