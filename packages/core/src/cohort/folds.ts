import { InputError } from "../errors.ts";
import type { Random } from "../math/random.ts";

/**
 * A fold number per patient, drawn so that every fold holds its share of both outcomes.
 *
 * @param outcome 1 = event, 0 = none; one per patient, shape [n].
 * @param k Number of folds, at least 2.
 * @returns Fold 0..k-1 per patient. Folds differ by at most one patient, in each class and in total.
 * @throws {InputError} `k` is not an integer of at least 2, an outcome is not 0 or 1, or a class has fewer than `k`.
 */
export function stratifiedFolds(outcome: Uint8Array, k: number, random: Random): Int32Array {
  if (!outcome.every((event) => event <= 1))
    throw new InputError(
      "stratified folds need an outcome of 0 or 1 for every patient; got another value; recode it",
    );
  const events = outcome.reduce((count, event) => count + event, 0);
  const others = outcome.length - events;
  if (Math.min(events, others) < k)
    throw new InputError(
      `${k} stratified folds need at least ${k} patients of each class; got ${events} with and ${others} without the event; use fewer folds`,
    );
  return stratifiedFoldsBy(Int32Array.from(outcome), k, random);
}

/**
 * A fold number per patient, drawn so that every fold holds its share of every stratum.
 *
 * @param strata Any integer per patient that names the patient's stratum, shape [n].
 * @param k Number of folds, at least 2 and at most the number of patients.
 * @returns Fold 0..k-1 per patient. Folds differ by at most one patient, in each stratum and in total; a stratum of
 *   fewer than `k` patients is absent from some folds.
 * @throws {InputError} `k` is not an integer of at least 2, or exceeds the number of patients.
 */
export function stratifiedFoldsBy(strata: Int32Array, k: number, random: Random): Int32Array {
  if (!Number.isInteger(k) || k < 2)
    throw new InputError(`folds need a whole number of at least 2; got ${k}; choose 5 or 10`);
  if (strata.length < k)
    throw new InputError(`${k} folds need at least ${k} patients; got ${strata.length}; use fewer folds`);
  const folds = new Int32Array(strata.length);
  const order = random.shuffle(Array.from({ length: k }, (_, fold) => fold));
  // Dealing on where the last stratum stopped spreads the leftovers of the strata over different folds.
  let dealt = 0;
  for (const stratum of distinct(strata))
    for (const row of random.shuffle(rowsOf(strata, stratum))) folds[row] = order[dealt++ % k];
  return folds;
}

function distinct(strata: Int32Array): number[] {
  return [...new Set(strata)].sort((a, b) => a - b);
}

function rowsOf(strata: Int32Array, stratum: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < strata.length; row++) if (strata[row] === stratum) rows.push(row);
  return rows;
}
