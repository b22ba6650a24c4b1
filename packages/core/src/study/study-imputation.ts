import { type PatientId, sortedPatients } from "../cohort/patient.ts";
import { takePatients } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import {
  type ColumnDiagnostics,
  imputationDiagnostics,
} from "../models/imputation/imputation-diagnostics.ts";
import type { ModelSpecification } from "../models/model.ts";
import type { FitData } from "./fit-task.ts";
import { sharedImputations } from "./shared-imputations.ts";

/**
 * Convergence and distributions of the imputations of the development set, from which the final models were fitted.
 *
 * @returns Null for simple imputation.
 */
export function studyImputation(
  data: FitData,
  models: readonly ModelSpecification[],
  development: readonly PatientId[],
): readonly ColumnDiagnostics[] | null {
  const specification = models.find(({ imputation }) => imputation !== undefined)?.imputation;
  if (specification === undefined) return null;
  const row = new Map(data.predictors.patients.map((patient, index) => [patient, index]));
  const rows = sortedPatients(development).map((patient) => row.get(patient)!);
  const training = {
    table: takePatients(data.predictors, rows),
    outcome: Uint8Array.from(rows, (index) => data.outcome[index]),
  };
  // The stream is that of the training set, whatever is passed.
  const impute = sharedImputations(data, "final");
  return imputationDiagnostics(training.table, impute(specification, training, createRandom(data.seed)));
}
