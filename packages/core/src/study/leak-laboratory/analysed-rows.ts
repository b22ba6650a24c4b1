import { patientId } from "../../cohort/patient.ts";
import { type PredictorTable, takePatients } from "../../features/predictor-table.ts";
import type { Random } from "../../math/random.ts";
import { type LaboratoryCohort, otherRows } from "./laboratory-cohort.ts";
import {
  type LaboratoryPredictors,
  learnModels,
  patientsOf,
  predictModels,
  usualPredictors,
} from "./laboratory-models.ts";
import type { AnalysedRows, LearnedArtefact, Pipeline, TestedAnalysis } from "./mistake.ts";

/** Rows of a table with their outcomes, as an analysis uses them. */
export function takeRows(table: PredictorTable, outcome: Uint8Array, rows: readonly number[]): AnalysedRows {
  const taken = takePatients(table, rows);
  return { patients: taken.patients, outcome: Uint8Array.from(rows, (row) => outcome[row]), table: taken };
}

/**
 * Rows under names of their own, as an analysis has them that does not ask whom they are of: nothing keeps two rows of
 * one patient together any more.
 */
export function namedByRow(rows: AnalysedRows): AnalysedRows {
  const patients = rows.table.patients.map((_, row) => patientId(`row ${String(row + 1)}`));
  return { ...rows, table: { ...rows.table, patients } };
}

/** How two sets of rows become a tested analysis. */
export interface LearningPlan {
  readonly development: AnalysedRows;
  readonly test: AnalysedRows;
  /** Rows that the models learn from, where they are not those of the development set. */
  readonly training?: AnalysedRows;
  /** What was learned before the models. */
  readonly artefacts?: readonly LearnedArtefact[];
  readonly predictors?: LaboratoryPredictors;
  /** What is done to new patients before they are predicted; nothing without it. */
  readonly prepareNew?: (table: PredictorTable) => PredictorTable;
}

/** Learns both models and applies them to the test set, by the ordinary pieces. */
export function learnAndTest(plan: LearningPlan, random: Random): TestedAnalysis {
  const { development, test, training = development, artefacts = [], predictors = usualPredictors } = plan;
  const models = learnModels(training, random, predictors);
  return {
    development,
    test,
    scores: predictModels(models, test.table),
    artefacts: [...artefacts, { name: "models CA and CAR", trainedOn: patientsOf(training) }],
    openings: 1,
    predict: (table) => predictModels(models, plan.prepareNew?.(table) ?? table),
  };
}

/** The right analysis where nothing but the models is learned: on development patients, tested once on the others. */
export function honestPipeline(
  cohort: LaboratoryCohort,
  predictors: LaboratoryPredictors = usualPredictors,
): Pipeline {
  const { table, test } = cohort;
  const development = otherRows(table.patients.length, test);
  return {
    cohort,
    predictors,
    analyse: (outcome, random) =>
      learnAndTest(
        {
          development: takeRows(table, outcome, development),
          test: takeRows(table, outcome, test),
          predictors,
        },
        random,
      ),
  };
}
