import type { Random } from "../math/random.ts";
import { stratifiedFolds } from "./folds.ts";
import { NO_UNITS, unitsAmong } from "./patient-units.ts";
import type { PatientId } from "./patient.ts";

/**
 * As `stratifiedFolds`, with all rows of a patient in one fold: in a bootstrap sample a patient may stand several times, and
 * a copy in another fold would give the patient's outcome away.
 *
 * @param outcome 1 = event, 0 = none; one a row, shape [n].
 * @param patients Who each row is; shape [n].
 * @param k Number of folds, at least 2.
 * @returns Fold 0..k-1 a row. Where every patient stands once, those of `stratifiedFolds`.
 * @throws {InputError} As `stratifiedFolds`, counting each patient once.
 */
export function patientFolds(
  outcome: Uint8Array,
  patients: readonly PatientId[],
  k: number,
  random: Random,
): Int32Array {
  const { unitOf, outcome: events } = unitsAmong(patients, outcome, NO_UNITS);
  const drawn = stratifiedFolds(events, k, random);
  return unitOf.map((unit) => drawn[unit]);
}
