import type { PatientId } from "../../cohort/patient.ts";
import { createRandom } from "../../math/random.ts";
import { mean } from "../../math/statistics.ts";
import type { ModelSpecification } from "../../models/model.ts";
import { crossValidationPlan, type Fold } from "../../validation/cross-validation.ts";
import { auc } from "../../validation/roc.ts";
import type { FitData, FitTask } from "../fit-task.ts";
import type { Machine } from "../machine.ts";
import type { PreparedStudy } from "../prepare-study.ts";
import type { DrawnOutcome } from "./audit-subject.ts";

/** Rows of the training patients' outcomes, by patient. */
type OutcomeOf = (patient: PatientId) => number;

/**
 * The function that learns all models of a study again on other outcomes: one cross-validation with folds that are drawn
 * anew, by the same fits as the study's.
 *
 * @param prepared Its cross-validated patients are those whose outcomes are drawn.
 * @returns For each drawing one AUC a model, see {@link meanFoldAuc}.
 */
export function rerunStudy(
  prepared: PreparedStudy,
  machine: Machine,
): (drawn: readonly DrawnOutcome[]) => Promise<readonly (readonly number[])[]> {
  const { protocol, specifications, tasks, predictors, cohort, units } = prepared;
  const patients = tasks.crossValidated;
  const data = { predictors, outcome: cohort.outcome, seed: protocol.seed };
  return async (drawn) => {
    const plans = drawn.map(({ label, outcome }) => ({
      label,
      outcomeOf: lookup(patients, outcome),
      folds: crossValidationPlan(
        patients,
        outcome,
        { folds: protocol.validation.folds, repeats: 1, units },
        createRandom(protocol.seed).fork(`${label}/folds`),
      ),
    }));
    // Fold by fold, so that the models of a fold share what was imputed for it.
    const fits = plans.flatMap(({ label, outcomeOf, folds }) =>
      folds.flatMap((fold) => specifications.map((model) => permutedTask(model, fold, label, outcomeOf))),
    );
    const probabilities = await fitForProbabilities(machine, data, fits);
    let next = 0;
    return plans.map(({ outcomeOf, folds }) => {
      const ofFolds = folds.map(() => specifications.map(() => probabilities[next++]));
      return specifications.map((_, model) =>
        mean(
          folds.map(({ testing }, fold) =>
            auc(outcomesOf(testing, outcomeOf), Float64Array.from(ofFolds[fold][model])),
          ),
        ),
      );
    });
  };
}

/**
 * The mean over folds of the AUC of a fold's testing patients. Unlike the AUC of all folds together it is 0.5 on average
 * where nothing can be learned: a fold with more events leaves fewer for the training set, so that its predictions are
 * lower.
 *
 * @param folds Number of the fold of each patient, from 0.
 * @param outcome 1 = event, 0 = none.
 * @returns In [0, 1].
 */
export function meanFoldAuc(folds: Int32Array, outcome: Uint8Array, score: Float64Array): number {
  const numbers = [...new Set(folds)].sort((a, b) => a - b);
  return mean(
    numbers.map((fold) => {
      const isOwn = (_: number, row: number) => folds[row] === fold;
      return auc(outcome.filter(isOwn), score.filter(isOwn));
    }),
  );
}

/** Probabilities of the testing patients of some fits, by a machine that keeps nothing else where it can. */
export async function fitForProbabilities(
  machine: Machine,
  data: FitData,
  tasks: readonly FitTask[],
): Promise<readonly (readonly number[])[]> {
  if (machine.fitForProbabilities !== undefined) return await machine.fitForProbabilities(data, tasks);
  return (await machine.fit(data, tasks)).map(({ probabilities }) => probabilities);
}

function permutedTask(
  model: ModelSpecification,
  { fold, training, testing }: Fold,
  label: string,
  outcomeOf: OutcomeOf,
): FitTask {
  return {
    label: `${label}/${model.name}/${fold}`,
    trainingSet: `${label}/${fold}`,
    model,
    training,
    testing,
    trainingOutcome: outcomesOf(training, outcomeOf).join(""),
    thresholdRules: [],
  };
}

function lookup(patients: readonly PatientId[], outcome: Uint8Array): OutcomeOf {
  const row = new Map(patients.map((patient, index) => [patient, index]));
  return (patient) => outcome[row.get(patient)!];
}

function outcomesOf(patients: readonly PatientId[], outcomeOf: OutcomeOf): Uint8Array {
  return Uint8Array.from(patients, outcomeOf);
}
