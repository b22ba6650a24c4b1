import { stratifiedFolds } from "../cohort/folds.ts";
import type { PatientId } from "../cohort/patient.ts";
import { NO_UNITS, type PatientUnits, unitsAmong } from "../cohort/patient-units.ts";
import { InputError } from "../errors.ts";
import type { Random } from "../math/random.ts";

/** One training and testing set of a cross-validation. Sets are patients, so two images of one never part. */
export interface Fold {
  /** 0-based number of the repeat. */
  readonly repeat: number;
  /** 0-based number of the fold in its repeat. */
  readonly fold: number;
  readonly training: readonly PatientId[];
  readonly testing: readonly PatientId[];
}

/** Size of a repeated cross-validation. */
export interface CrossValidationSize {
  readonly folds: number;
  readonly repeats: number;
  /** Patients who stand in one fold; each by itself without it. */
  readonly units?: PatientUnits;
}

/**
 * Repeated k-fold cross-validation, stratified by the outcome.
 *
 * @param patients Every patient once, shape [n].
 * @param outcome 1 = event, 0 = none, in the order of `patients`; at least as many of each as there are folds.
 * @param size Folds a repeat and repeats.
 * @param random Where the draws come from; a repeat's folds depend on its number only, not on how many repeats follow.
 * @returns Folds in order of repeat, then fold. Within a repeat every patient is tested exactly once.
 * @throws {InputError} A patient stands twice, unequal lengths, no repeat, or a class smaller than the number of folds.
 */
export function crossValidationPlan(
  patients: readonly PatientId[],
  outcome: Uint8Array,
  size: CrossValidationSize,
  random: Random,
): readonly Fold[] {
  if (new Set(patients).size !== patients.length)
    throw new InputError(
      "cross-validation needs every patient once; got one twice; join the rows of a patient first",
    );
  if (patients.length !== outcome.length)
    throw new InputError(
      `cross-validation needs an outcome for every patient; got ${outcome.length} for ${patients.length} patients; match them`,
    );
  if (!Number.isInteger(size.repeats) || size.repeats < 1)
    throw new InputError(`cross-validation needs at least one repeat; got ${size.repeats}; use 20`);
  const units = unitsAmong(patients, outcome, size.units ?? NO_UNITS);
  return Array.from({ length: size.repeats }, (_, repeat) => {
    const drawn = stratifiedFolds(units.outcome, size.folds, random.fork(`repeat/${repeat}`));
    const folds = units.unitOf.map((unit) => drawn[unit]);
    return Array.from({ length: size.folds }, (_, fold) => ({
      repeat,
      fold,
      training: patients.filter((_, i) => folds[i] !== fold),
      testing: patients.filter((_, i) => folds[i] === fold),
    }));
  }).flat();
}

/**
 * What the folds say about each patient, pooled over the folds of every repeat.
 *
 * @param patients Every patient once; the order of the result.
 * @param plan Folds of a cross-validation.
 * @param values One array a fold of `plan`, one number a testing patient: predictions, or the threshold of that fold.
 * @returns One array of shape [n] a repeat.
 * @throws {InputError} A fold without its values, a patient that is tested twice or never in a repeat, or an unknown one.
 */
export function poolFolds(
  patients: readonly PatientId[],
  plan: readonly Fold[],
  values: readonly ArrayLike<number>[],
): readonly Float64Array[] {
  if (values.length !== plan.length)
    throw new InputError(
      `pooling needs values of every fold; got ${values.length} of ${plan.length} folds; finish them`,
    );
  const row = new Map(patients.map((patient, index) => [patient, index]));
  const repeats: Float64Array[] = [];
  const tested: Uint8Array[] = [];
  plan.forEach(({ repeat, testing }, k) => {
    if (values[k].length !== testing.length)
      throw new InputError(
        `pooling needs a value for every testing patient; got ${values[k].length} of ${testing.length}; predict them all`,
      );
    const pooled = (repeats[repeat] ??= new Float64Array(patients.length));
    const seen = (tested[repeat] ??= new Uint8Array(patients.length));
    testing.forEach((patient, i) => {
      const index = row.get(patient);
      if (index === undefined || seen[index] === 1)
        throw new InputError(
          "pooling needs folds that test every patient of the cohort once; got another patient or one twice; use the plan of this cohort",
        );
      pooled[index] = values[k][i];
      seen[index] = 1;
    });
  });
  if (Array.from(tested).some((seen) => seen === undefined || seen.includes(0)))
    throw new InputError(
      "pooling needs every patient tested in every repeat; got one that is not; finish the folds",
    );
  return repeats;
}
