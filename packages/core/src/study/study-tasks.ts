import type { Cohort } from "../cohort/cohort.ts";
import { type PatientId, sortedPatients } from "../cohort/patient.ts";
import { NO_UNITS, type PatientUnits } from "../cohort/patient-units.ts";
import type { Split } from "../cohort/split.ts";
import { InputError } from "../errors.ts";
import type { PredictorMethod } from "../models/fit-predictor.ts";
import type { ModelSpecification } from "../models/model.ts";
import type { Random } from "../math/random.ts";
import { crossValidationPlan, type Fold } from "../validation/cross-validation.ts";
import type { FitResult, FitTask } from "./fit-task.ts";
import type { Protocol } from "./protocol.ts";

/** The fits of a study in a fixed order: for each model the final fit, then every fold of every repeat. */
export interface StudyTasks {
  readonly folds: readonly Fold[];
  /** The patients that the folds divide. */
  readonly crossValidated: readonly PatientId[];
  /** One per model: learned on the development set, applied to development, test and prospective patients. */
  readonly final: readonly FitTask[];
  /** For each model one per fold, in the order of `folds`. */
  readonly crossValidation: readonly (readonly FitTask[])[];
}

/** The fits of a study, in the order of its tasks. */
export interface StudyFits {
  readonly final: readonly FitResult[];
  /** For each model one per fold. */
  readonly crossValidation: readonly (readonly FitResult[])[];
}

/**
 * The results of a study's tasks, by model.
 *
 * @param results Of the final tasks, then of every fold of the first model, of the second, and so on.
 */
export function fitsOfModels(tasks: StudyTasks, results: readonly FitResult[]): StudyFits {
  const models = tasks.final.length;
  const first = (model: number) => models + model * tasks.folds.length;
  return {
    final: results.slice(0, models),
    crossValidation: tasks.final.map((_, model) => results.slice(first(model), first(model + 1))),
  };
}

/**
 * Everything that a study fits. The folds are the same for all models, so that models can be compared patient by
 * patient. They lie inside the development set unless the protocol cross-validates all; prospective patients never
 * stand in one.
 *
 * @throws {InputError} A class of the development set has fewer patients than folds.
 */
export function studyTasks(
  study: {
    readonly protocol: Protocol;
    readonly cohort: Cohort;
    readonly split: Split;
    /** Patients who stand in one fold. */
    readonly units?: PatientUnits;
  },
  models: readonly ModelSpecification[],
  random: Random,
): StudyTasks {
  const { protocol, cohort, split } = study;
  const outcomeOf = new Map(cohort.patients.map((patient, index) => [patient, cohort.outcome[index]]));
  const crossValidated = crossValidatedPatients(protocol, cohort, split);
  const outcome = Uint8Array.from(crossValidated, (patient) => outcomeOf.get(patient)!);
  const folds = crossValidationPlan(
    crossValidated,
    outcome,
    { ...protocol.validation, units: study.units ?? NO_UNITS },
    random.fork("cross-validation"),
  );
  checkInnerFolds(models, folds, outcomeOf);
  const thresholdRules = protocol.thresholds.rules;
  const heldOut: readonly PatientId[] = [...split.test, ...split.prospective];
  return {
    folds,
    crossValidated,
    final: models.map((model) => ({
      label: `final/${model.name}`,
      trainingSet: "final",
      model,
      training: split.development,
      testing: heldOut,
      thresholdRules,
    })),
    crossValidation: models.map((model) =>
      folds.map(({ repeat, fold, training, testing }) => ({
        label: `cross-validation/${model.name}/${String(repeat)}/${String(fold)}`,
        trainingSet: `cross-validation/${String(repeat)}/${String(fold)}`,
        model,
        training,
        testing,
        thresholdRules,
      })),
    ),
  };
}

/** Refuses a study whose smallest training set cannot be divided once more, before anything is fitted. */
function checkInnerFolds(
  models: readonly ModelSpecification[],
  folds: readonly Fold[],
  outcomeOf: ReadonlyMap<PatientId, number>,
): void {
  const fewest = Math.min(
    ...folds.map(({ training }) => {
      const events = training.reduce((count, patient) => count + outcomeOf.get(patient)!, 0);
      return Math.min(events, training.length - events);
    }),
  );
  const problems = models.flatMap((model) => {
    const { name, blocks, innerFolds } = model;
    const needed = innerFoldsOf(model);
    const selects = blocks.some(({ selection }) => selection !== undefined);
    // A selection is repeated in folds of the training patients, each of which is divided once more.
    const left = selects ? fewest - Math.ceil(fewest / innerFolds) : fewest;
    return needed <= left
      ? []
      : [
          `model ${name} divides its training patients into ${String(needed)} folds, so each training set needs as many patients of each outcome; the smallest has ${String(left)}; use fewer folds`,
        ];
  });
  if (problems.length > 0) throw new InputError(problems);
}

/** The most folds that a fit of a model divides its training patients into. */
export function innerFoldsOf({ blocks, innerFolds, ...own }: ModelSpecification): number {
  const scores = blocks.flatMap(({ entersAs }) => (entersAs.kind === "score" ? [entersAs] : []));
  return Math.max(innerFolds, ...[own, ...scores].map(ownFolds));
}

/** Folds that a method divides its training patients into on its own; 0 for none. */
function ownFolds({ regression, learner }: PredictorMethod): number {
  if (learner !== undefined) return learner.method === "forest" ? 0 : learner.folds;
  return regression.method === "penalised" ? regression.folds : 0;
}

/** The patients that cross-validation divides, sorted: those of the development set, or all but the prospective ones. */
export function crossValidatedPatients(
  { validation }: Pick<Protocol, "validation">,
  cohort: Pick<Cohort, "patients">,
  split: Split,
): readonly PatientId[] {
  if (validation.patients === "development") return sortedPatients(split.development);
  const prospective = new Set(split.prospective);
  return sortedPatients(cohort.patients.filter((patient) => !prospective.has(patient)));
}
