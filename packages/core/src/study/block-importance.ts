import type { PatientId } from "../cohort/patient.ts";
import { takePatients } from "../features/predictor-table.ts";
import { createRandom } from "../math/random.ts";
import type { FittedModel, ModelSpecification } from "../models/model.ts";
import {
  type ImportanceBlock,
  type PermutationImportance,
  permutationImportance,
} from "../models/permutation-importance.ts";
import { predictProbability } from "../models/predict.ts";
import { auc } from "../validation/roc.ts";
import type { FitData, FitResult } from "./fit-task.ts";
import type { StudyTasks } from "./study-tasks.ts";

/** What the AUC of a model loses without a block's values. */
export interface ModelImportance extends PermutationImportance {
  readonly model: string;
}

/** Permutations of each block. */
export const IMPORTANCE_REPEATS = 20;

/**
 * How much each block carries the out-of-fold AUC of the models that have several, in the first repeat of the
 * cross-validation: every fold's model judges its own testing patients, with the block's values dealt among these.
 *
 * @param folds For each model one fit a fold, in the order of the tasks.
 */
export function blockImportance(
  data: FitData,
  models: readonly ModelSpecification[],
  tasks: Pick<StudyTasks, "folds">,
  folds: readonly (readonly FitResult[])[],
): readonly ModelImportance[] {
  const row = new Map(data.predictors.patients.map((patient, index) => [patient, index]));
  return models.flatMap((specification, index) => {
    const blocks = blocksOf(specification);
    if (blocks.length < 2) return [];
    const parts = tasks.folds.flatMap(({ repeat, testing }, fold) =>
      repeat === 0 ? [partOf(data, row, folds[index][fold].model, testing)] : [],
    );
    const random = createRandom(data.seed).fork(`importance/${specification.name}`);
    const settings = { measure: auc, repeats: IMPORTANCE_REPEATS, random };
    return [{ model: specification.name, ...permutationImportance(parts, blocks, settings) }];
  });
}

function blocksOf({ blocks }: ModelSpecification): readonly ImportanceBlock[] {
  return blocks.map(({ name, terms }) => ({ name, columns: terms.map(({ column }) => column) }));
}

function partOf(
  { predictors, outcome }: FitData,
  row: ReadonlyMap<PatientId, number>,
  model: FittedModel,
  testing: readonly PatientId[],
) {
  const rows = testing.map((patient) => row.get(patient)!);
  return {
    predict: (table: typeof predictors) => predictProbability(model, table),
    table: takePatients(predictors, rows),
    outcome: Uint8Array.from(rows, (index) => outcome[index]),
  };
}
