import { stratifiedFolds } from "../../cohort/folds.ts";
import type { CategoricalPredictor, Predictor } from "../../features/predictor-table.ts";
import { isMissing } from "../../features/predictor-table.ts";
import type { Random } from "../../math/random.ts";
import { auc } from "../../validation/roc.ts";

/** Fewer patients of an outcome whose value is known say nothing of a column. */
const FEWEST = 10;

/** Folds out of which the share of events of a level is taken. */
const FOLDS = 5;

/** Patients without and with the event that every level has besides its own, together, as the training patients have them. */
const PRIOR = 1;

/**
 * How well a column predicts alone: numbers by their order in the better direction, levels by their share of events in
 * other folds.
 *
 * @param outcome 1 = event, 0 = none; one a patient.
 * @param random Draws the folds for levels.
 * @returns In [0.5, 1] for numbers, in [0, 1] for levels; null where fewer than 10 patients of an outcome have a value.
 */
export function singleAuc(column: Predictor, outcome: Uint8Array, random: Random): number | null {
  const rows = [...outcome.keys()].filter((row) => !isMissing(column, row));
  const known = Uint8Array.from(rows, (row) => outcome[row]);
  const events = known.reduce((count, event) => count + event, 0);
  if (Math.min(events, known.length - events) < FEWEST) return null;
  if (column.kind === "numeric") {
    const ascending = auc(
      known,
      Float64Array.from(rows, (row) => column.values[row]),
    );
    return Math.max(ascending, 1 - ascending);
  }
  return auc(known, levelScores(column, rows, known, random));
}

function levelScores(
  { codes, levels }: CategoricalPredictor,
  rows: readonly number[],
  outcome: Uint8Array,
  random: Random,
): Float64Array {
  const folds = stratifiedFolds(outcome, FOLDS, random);
  const score = new Float64Array(rows.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const [events, counts] = [new Float64Array(levels.length), new Float64Array(levels.length)];
    let [allEvents, all] = [0, 0];
    rows.forEach((row, index) => {
      if (folds[index] === fold) return;
      events[codes[row]] += outcome[index];
      counts[codes[row]] += 1;
      allEvents += outcome[index];
      all += 1;
    });
    rows.forEach((row, index) => {
      if (folds[index] !== fold) return;
      const level = codes[row];
      score[index] = (events[level] + (PRIOR * allEvents) / all) / (counts[level] + PRIOR);
    });
  }
  return score;
}
