import type { PredictorTable } from "../features/predictor-table.ts";

/** Training patients: predictors and outcome in the same order, one row a patient. */
export interface TrainingData {
  readonly table: PredictorTable;
  /** 1 = event, 0 = none. */
  readonly outcome: Uint8Array;
}
