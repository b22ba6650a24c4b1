import { SEALED } from "../cohort/cohort.ts";
import type { PatientId } from "../cohort/patient.ts";
import { type Finding, InputError } from "../errors.ts";
import { takePatients, type PredictorTable } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import { fitModel } from "../models/fit-model.ts";
import type { FittedModel, ModelSpecification } from "../models/model.ts";
import { predictProbability } from "../models/predict.ts";
import { sharedImputations } from "./shared-imputations.ts";
import { chooseThreshold, thresholdRule } from "../validation/thresholds.ts";

/** What all fits of a study share: one row a patient. */
export interface FitData {
  readonly predictors: PredictorTable;
  readonly outcome: Uint8Array;
  readonly seed: number;
}

/** One fit: a model learned on `training`, applied to `testing`. Sets are patients, so images cannot leak. */
export interface FitTask {
  /** Names the task and its random numbers, e.g. `cross-validation/CAR/3/2`. */
  readonly label: string;
  /** Names the training patients, which several models share, e.g. `cross-validation/3/2`; the label without it. */
  readonly trainingSet?: string;
  readonly model: ModelSpecification;
  readonly training: readonly PatientId[];
  readonly testing: readonly PatientId[];
  /** The training patients are a bootstrap sample, which is tested on all of them to find its optimism. */
  readonly isResample?: true;
  /** Outcomes of the training patients in place of the study's, a digit each in their order; for permuted outcomes. */
  readonly trainingOutcome?: string;
  /** As the protocol writes them, e.g. `fnr<=0.05`. */
  readonly thresholdRules: readonly string[];
}

/** What a fit gives back, in the order of the task's `testing`. */
export interface FitResult {
  readonly model: FittedModel;
  readonly probabilities: readonly number[];
  /** Probability of each training patient from folds that did not see them. */
  readonly outOfFold: readonly number[];
  /** One per rule, chosen on `outOfFold`. */
  readonly thresholds: readonly number[];
  readonly findings: readonly Finding[];
}

/**
 * Fits one model on the training patients only and predicts the testing patients.
 *
 * @throws {InputError} A testing patient stands in the training set, the outcome of a training patient is sealed, or a
 *   patient has no row.
 */
export function runFitTask(data: FitData, task: FitTask): FitResult {
  const row = new Map(data.predictors.patients.map((patient, index) => [patient, index]));
  const rowsOf = (patients: readonly PatientId[]) =>
    patients.map((patient) => {
      const index = row.get(patient);
      if (index === undefined)
        throw new InputError(`fit ${task.label} needs patient ${patient}, who has no row of predictors`);
      return index;
    });
  const seen = new Set(task.training);
  const leaked = task.testing.filter((patient) => seen.has(patient)).length;
  if (leaked > 0 && task.isResample !== true)
    throw new InputError(
      `fit ${task.label} must not test on patients it learns from; got ${String(leaked)} in both sets`,
    );
  const rows = rowsOf(task.training);
  const training = {
    table: takePatients(data.predictors, rows),
    outcome: trainingOutcome(data, task, rows),
  };
  const random = createRandom(data.seed).fork(`fit/${task.label}`);
  const impute = sharedImputations(data, task.trainingSet ?? task.label);
  const { model, outOfFold, findings } = fitModel(task.model, training, random, impute);
  const testing = takePatients(data.predictors, rowsOf(task.testing));
  return {
    model,
    probabilities: Array.from(predictProbability(model, testing)),
    outOfFold: Array.from(outOfFold),
    thresholds: task.thresholdRules.map((rule) =>
      chooseThreshold(thresholdRule(rule), training.outcome, outOfFold),
    ),
    findings,
  };
}

/** The outcomes that a task learns from: the study's, or those that stand in their place. */
function trainingOutcome(data: FitData, task: FitTask, rows: readonly number[]): Uint8Array {
  const sealed = rows.filter((index) => data.outcome[index] === SEALED).length;
  if (sealed > 0)
    throw new InputError(
      `fit ${task.label} learns from open outcomes only; got ${String(sealed)} patients whose outcome is sealed; open it first, which the ledger records`,
    );
  if (task.trainingOutcome === undefined) return Uint8Array.from(rows, (index) => data.outcome[index]);
  if (task.trainingOutcome.length !== rows.length || !/^[01]*$/.test(task.trainingOutcome))
    throw new InputError(
      `fit ${task.label} needs an outcome of 0 or 1 in place of each of ${String(rows.length)}; got ${String(task.trainingOutcome.length)}; write one digit a training patient`,
    );
  return Uint8Array.from(task.trainingOutcome, Number);
}
