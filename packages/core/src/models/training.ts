import { type PatientId } from "../cohort/patient.ts";
import { InputError } from "../errors.ts";
import { type PredictorTable, takePatients } from "../features/predictor-table.ts";

/** The patients that a model learns from. */
export interface Training {
  readonly table: PredictorTable;
  /** 1 = event, 0 = none; one per patient. */
  readonly outcome: Uint8Array;
}

/** The patients at given rows, in that order. */
export function takeTraining(training: Training, rows: readonly number[]): Training {
  return {
    table: takePatients(training.table, rows),
    outcome: Uint8Array.from(rows, (row) => training.outcome[row]),
  };
}

/**
 * Rows in the order of the patients' ids, so that nothing depends on the order of a table.
 *
 * @example idOrder(["b", "a", "c"]) // => [1, 0, 2]
 */
export function idOrder(patients: readonly PatientId[] | readonly string[]): number[] {
  return patients
    .map((_, row) => row)
    .sort((a, b) => (patients[a] < patients[b] ? -1 : patients[a] > patients[b] ? 1 : a - b));
}

/**
 * Checks that a model can be learned at all.
 *
 * @throws {InputError} Unequal lengths, or an outcome of one class.
 */
export function checkTraining({ table, outcome }: Training): void {
  if (outcome.length !== table.patients.length)
    throw new InputError(
      `a model needs one outcome per patient; got ${outcome.length} for ${table.patients.length} patients`,
    );
  const events = outcome.reduce((sum, event) => sum + event, 0);
  if (events === 0 || events === outcome.length)
    throw new InputError(
      `a model needs training patients with and without the event; got ${events} of ${outcome.length} with it`,
    );
}
