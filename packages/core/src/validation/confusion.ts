import { InputError } from "../errors.ts";
import { requireScores } from "./predictions.ts";
import { type Proportion, wilsonProportion } from "./proportion.ts";

/** Patients by outcome and call; means over repeats may be fractions. */
export interface ConfusionCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** What a threshold does: patients at or above it are called positive, patients below are spared. */
export interface ThresholdMeasures {
  readonly counts: ConfusionCounts;
  readonly sensitivity: Proportion;
  readonly specificity: Proportion;
  readonly ppv: Proportion;
  readonly npv: Proportion;
  /** FN / (TP + FN), 1 - sensitivity: of the patients with the event, how many are missed. */
  readonly falseNegativeRate: Proportion;
  /** FN / (TN + FN), 1 - NPV: of the patients called negative, how many have the event. Often misnamed a false-negative rate. */
  readonly falseOmissionRate: Proportion;
  /** (TN + FN) / n: patients spared the operation. */
  readonly spared: Proportion;
  /** `spared` times 100; null without patients. */
  readonly sparedPer100: number | null;
}

/** Measures of a named threshold, as results.json prints them. */
export interface ThresholdPerformance extends ThresholdMeasures {
  readonly name: string;
  /** The threshold; where it was chosen in every training set, the mean over patients and repeats. Null without one. */
  readonly threshold: number | null;
}

/**
 * Patients by outcome and call: a prediction at or above the threshold is a positive call.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param score Probability or score, shape [n].
 * @param threshold One for all patients, or one for each (shape [n]) where the threshold was chosen fold by fold.
 * @throws {InputError} Unequal lengths, an outcome that is not 0 or 1, a score that is not finite, or a NaN threshold.
 * @example confusionCounts(Uint8Array.of(0, 1), Float64Array.of(0.3, 0.3), 0.3).truePositives // => 1
 */
export function confusionCounts(
  outcome: Uint8Array,
  score: Float64Array,
  threshold: number | Float64Array,
): ConfusionCounts {
  requireScores(outcome, score);
  const one = typeof threshold === "number";
  if (one ? Number.isNaN(threshold) : threshold.length !== outcome.length || threshold.some(Number.isNaN))
    throw new InputError(
      "a 2 x 2 table needs a threshold for every patient; got none for some; choose one first",
    );
  let [truePositives, falsePositives, falseNegatives, trueNegatives] = [0, 0, 0, 0];
  for (let i = 0; i < outcome.length; i++) {
    const called = score[i] >= (one ? threshold : threshold[i]);
    if (called && outcome[i] === 1) truePositives += 1;
    else if (called) falsePositives += 1;
    else if (outcome[i] === 1) falseNegatives += 1;
    else trueNegatives += 1;
  }
  return { truePositives, falsePositives, falseNegatives, trueNegatives };
}

/**
 * Shares of a 2 x 2 table with Wilson intervals.
 *
 * @param counts Patients by outcome and call.
 * @param level Confidence level in (0, 1).
 * @returns Shares of nobody are null with a reason.
 * @throws {InputError} A negative count, or a level outside (0, 1).
 * @example thresholdMeasures({ truePositives: 8, falsePositives: 4, falseNegatives: 2, trueNegatives: 6 }).sparedPer100 // => 40
 */
export function thresholdMeasures(counts: ConfusionCounts, level = 0.95): ThresholdMeasures {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const share = (part: number, rest: number) => wilsonProportion(part, part + rest, level);
  const spared = share(trueNegatives + falseNegatives, truePositives + falsePositives);
  return {
    counts,
    sensitivity: share(truePositives, falseNegatives),
    specificity: share(trueNegatives, falsePositives),
    ppv: share(truePositives, falsePositives),
    npv: share(trueNegatives, falseNegatives),
    falseNegativeRate: share(falseNegatives, truePositives),
    falseOmissionRate: share(falseNegatives, trueNegatives),
    spared,
    sparedPer100: spared.value === null ? null : 100 * spared.value,
  };
}

/**
 * The mean of several 2 x 2 tables, cell by cell.
 *
 * @param tables One or more.
 * @throws {InputError} No table.
 */
export function meanCounts(tables: readonly ConfusionCounts[]): ConfusionCounts {
  if (tables.length === 0)
    throw new InputError("a mean 2 x 2 table needs a table; got none; evaluate one repeat");
  const meanOf = (cell: keyof ConfusionCounts) =>
    tables.reduce((total, table) => total + table[cell], 0) / tables.length;
  return {
    truePositives: meanOf("truePositives"),
    falsePositives: meanOf("falsePositives"),
    falseNegatives: meanOf("falseNegatives"),
    trueNegatives: meanOf("trueNegatives"),
  };
}
