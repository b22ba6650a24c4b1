import { InputError } from "../errors.ts";
import type { Random } from "../math/random.ts";

/**
 * Bootstrap samples of patients, drawn with replacement.
 *
 * @param patients Number of patients, at least 1.
 * @param replicates Number of samples, at least 1.
 * @param random Where the draws come from; sample b is that of its fork `resample/b`, whoever draws it.
 * @returns Row numbers 0..patients-1, one array of length `patients` a sample.
 * @throws {InputError} A number below 1.
 * @source Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 6.
 */
export function bootstrapResamples(
  patients: number,
  replicates: number,
  random: Random,
): readonly Int32Array[] {
  requireNumbers(patients, replicates);
  return Array.from({ length: replicates }, (_, b) => bootstrapResample(patients, b, random));
}

/**
 * One of the samples of {@link bootstrapResamples}, for those who share the work.
 *
 * @param patients Number of patients, at least 1.
 * @param replicate 0-based number of the sample.
 * @param random As {@link bootstrapResamples}.
 * @throws {InputError} No patient.
 */
export function bootstrapResample(patients: number, replicate: number, random: Random): Int32Array {
  requireNumbers(patients, 1);
  const stream = random.fork(`resample/${replicate}`);
  const rows = new Int32Array(patients);
  for (let i = 0; i < patients; i++) rows[i] = stream.integer(patients);
  return rows;
}

/**
 * Bootstrap samples that keep the number of patients with the event and of those without.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param replicates Number of samples, at least 1.
 * @param random As {@link bootstrapResamples}.
 * @returns Row numbers, those with the event first; one array of shape [n] a sample.
 * @throws {InputError} No patient, or a number of samples below 1.
 * @source Davison & Hinkley 1997, Bootstrap Methods and their Application, section 3.2.
 */
export function stratifiedResamples(
  outcome: Uint8Array,
  replicates: number,
  random: Random,
): readonly Int32Array[] {
  requireNumbers(outcome.length, replicates);
  const rows = Int32Array.from(outcome.keys());
  const classes = [1, 0].map((event) => rows.filter((row) => outcome[row] === event));
  return Array.from({ length: replicates }, (_, b) => {
    const stream = random.fork(`resample/${b}`);
    const sample = new Int32Array(outcome.length);
    let next = 0;
    for (const members of classes)
      for (let k = 0; k < members.length; k++) sample[next++] = members[stream.integer(members.length)];
    return sample;
  });
}

function requireNumbers(patients: number, replicates: number): void {
  if (!(patients >= 1 && replicates >= 1))
    throw new InputError(
      `a bootstrap needs patients and replicates; got ${patients} patients and ${replicates} replicates; use 1000`,
    );
}
