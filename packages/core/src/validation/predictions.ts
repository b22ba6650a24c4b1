import { InputError } from "../errors.ts";

/** Patients of each class. */
export interface ClassCounts {
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Patients with and without the event.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @throws {InputError} An outcome is neither 0 nor 1.
 * @example countClasses(Uint8Array.of(0, 1, 0)) // => {"positives":1,"negatives":2}
 */
export function countClasses(outcome: Uint8Array): ClassCounts {
  let positives = 0;
  for (const event of outcome) {
    if (event > 1)
      throw new InputError("an outcome needs 0 or 1 for every patient; got another value; recode it");
    positives += event;
  }
  return { positives, negatives: outcome.length - positives };
}

/**
 * The class counts of an outcome whose scores are complete.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param score Any finite number a patient; shape [n].
 * @throws {InputError} No patient, unequal lengths, an outcome that is not 0 or 1, or a score that is not finite.
 */
export function requireScores(outcome: Uint8Array, score: Float64Array): ClassCounts {
  if (score.length !== outcome.length)
    throw new InputError(
      `scores need one value a patient; got ${score.length} scores for ${outcome.length} patients; match them`,
    );
  if (outcome.length === 0)
    throw new InputError("a measure of predictions needs patients; got none; check the selection");
  let unusable = 0;
  for (const value of score) if (!Number.isFinite(value)) unusable += 1;
  if (unusable > 0)
    throw new InputError(
      `scores need finite numbers; got ${unusable} of ${score.length} that are not; predict or exclude these patients`,
    );
  return countClasses(outcome);
}

/**
 * The class counts of an outcome with a predicted probability for every patient.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param probability Predicted risk in [0, 1]; shape [n].
 * @throws {InputError} As {@link requireScores}, or a probability outside [0, 1].
 */
export function requireProbabilities(outcome: Uint8Array, probability: Float64Array): ClassCounts {
  const counts = requireScores(outcome, probability);
  let outside = 0;
  for (const value of probability) if (value < 0 || value > 1) outside += 1;
  if (outside > 0)
    throw new InputError(
      `probabilities need values from 0 to 1; got ${outside} of ${probability.length} outside; pass risks, not scores`,
    );
  return counts;
}

/**
 * The class counts, at least `each` patients of both.
 *
 * @param counts Patients of each class.
 * @param each Fewest patients a class may have.
 * @param measure What needs them, for the message.
 * @throws {InputError} A class has fewer.
 */
export function requireClasses(counts: ClassCounts, each: number, measure: string): ClassCounts {
  if (counts.positives < each || counts.negatives < each)
    throw new InputError(
      `${measure} needs at least ${each} with and ${each} without the event; got ${counts.positives} and ${counts.negatives}; use more patients`,
    );
  return counts;
}
