import { type Finding, InputError } from "../errors.ts";
import { normalUpper } from "../math/distributions.ts";
import { mean, sampleVariance } from "../math/statistics.ts";
import { twoSidedNormal } from "./estimate.ts";
import { partitionByClass } from "./sorted-classes.ts";
import { requireClasses, requireProbabilities } from "./predictions.ts";

/** A difference with its standard error; without a standard error above 0 the test is null. */
export interface TestedImprovement {
  readonly value: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  readonly z: number | null;
  readonly pValue: number | null;
}

/** How the predictions of one class of patients moved. */
export interface ClassReclassification {
  /** Share moved in the right direction minus share moved in the wrong one, in [-1, 1]. */
  readonly improvement: number;
  readonly standardError: number;
  readonly up: number;
  readonly down: number;
}

/** Net reclassification improvement: the sum of the improvements of both classes, in [-2, 2]. */
export interface NetReclassification extends TestedImprovement {
  readonly events: ClassReclassification;
  readonly nonEvents: ClassReclassification;
}

/** Net reclassification across risk categories, with the tables behind it. */
export interface CategoricalReclassification extends NetReclassification {
  /** Patients with the event by category of the old (row) and the new prediction (column). */
  readonly eventTable: readonly (readonly number[])[];
  readonly nonEventTable: readonly (readonly number[])[];
}

/** Integrated discrimination improvement: the change of the difference in mean prediction between the classes. */
export interface DiscriminationImprovement extends TestedImprovement {
  /** Mean old and new prediction of the patients with the event, and of those without. */
  readonly events: { readonly old: number; readonly updated: number };
  readonly nonEvents: { readonly old: number; readonly updated: number };
}

/** Predictions of two models for the same patients, in the order of the outcome. */
export interface PairedPredictions {
  readonly old: Float64Array;
  readonly updated: Float64Array;
}

/** Where risk categories end; a prediction on a cut belongs to the category above it unless `closed` is `right`. */
export interface RiskCategories {
  /** Ascending, each in (0, 1). */
  readonly cuts: readonly number[];
  readonly closed?: "left" | "right";
}

/** What a reader of a net reclassification or discrimination improvement has to be told. */
export const RECLASSIFICATION_CAVEAT: Finding = {
  code: "reclassification-anti-conservative",
  severity: "warning",
  message:
    "net reclassification and integrated discrimination improvement need calibrated predictions of new patients; on the patients of the fit their p-values are too small, and a miscalibrated model can improve both; judge the added value by the likelihood-ratio test and the difference in net benefit (Pepe, Janes & Li 2014; Hilden & Gerds 2014)",
};

/**
 * Continuous net reclassification improvement: any change of a prediction counts.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param predictions Two predicted risks in [0, 1] a patient; shape [n].
 * @param level Confidence level in (0, 1).
 * @returns In [-2, 2]; show it with {@link RECLASSIFICATION_CAVEAT}.
 * @throws {InputError} A class without patients, unequal lengths, or a probability outside [0, 1].
 * @source Pencina et al. 2011, Stat Med 30:11-21; standard errors as Hmisc::improveProb.
 * @example continuousReclassification(Uint8Array.of(0, 1), { old: Float64Array.of(0.5, 0.5), updated: Float64Array.of(0.4, 0.6) }).value // => 2
 */
export function continuousReclassification(
  outcome: Uint8Array,
  predictions: PairedPredictions,
  level = 0.95,
): NetReclassification {
  requirePair(outcome, predictions);
  const { old, updated } = predictions;
  return netReclassification(
    outcome,
    old.map((p, i) => Math.sign(updated[i] - p)),
    level,
  );
}

/**
 * Categorical net reclassification improvement: a change counts when it crosses a cut.
 *
 * @param outcome As {@link continuousReclassification}.
 * @param predictions As {@link continuousReclassification}.
 * @param categories Cuts that were agreed on before the data were seen.
 * @param level Confidence level in (0, 1).
 * @returns In [-2, 2]; show it with {@link RECLASSIFICATION_CAVEAT}.
 * @throws {InputError} As {@link continuousReclassification}, or cuts that do not ascend inside (0, 1).
 * @source Pencina et al. 2008, Stat Med 27:157-172.
 * @example categoricalReclassification(Uint8Array.of(0, 1), { old: Float64Array.of(0.5, 0.5), updated: Float64Array.of(0.4, 0.6) }, { cuts: [0.5] }).value // => 1
 */
export function categoricalReclassification(
  outcome: Uint8Array,
  predictions: PairedPredictions,
  categories: RiskCategories,
  level = 0.95,
): CategoricalReclassification {
  requirePair(outcome, predictions);
  requireCuts(categories.cuts);
  const [before, after] = [predictions.old, predictions.updated].map((probability) =>
    probability.map((p) => categoryOf(p, categories)),
  );
  const size = categories.cuts.length + 1;
  const tables = [0, 1].map(() => Array.from({ length: size }, () => new Array<number>(size).fill(0)));
  outcome.forEach((event, i) => (tables[event][before[i]][after[i]] += 1));
  const moves = before.map((category, i) => Math.sign(after[i] - category));
  return { ...netReclassification(outcome, moves, level), eventTable: tables[1], nonEventTable: tables[0] };
}

/**
 * Integrated discrimination improvement of one model over another.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least two patients of each.
 * @param predictions As {@link continuousReclassification}.
 * @param level Confidence level in (0, 1).
 * @returns In [-2, 2]; show it with {@link RECLASSIFICATION_CAVEAT}.
 * @throws {InputError} A class of fewer than two, or as {@link continuousReclassification}.
 * @source Pencina et al. 2008, Stat Med 27:157-172; paired standard error as Hmisc::improveProb.
 */
export function discriminationImprovement(
  outcome: Uint8Array,
  predictions: PairedPredictions,
  level = 0.95,
): DiscriminationImprovement {
  requireClasses(requirePair(outcome, predictions), 2, "an integrated discrimination improvement");
  const { old, updated } = predictions;
  const changes = partitionByClass(
    outcome,
    old.map((p, i) => updated[i] - p),
  );
  const [before, after] = [partitionByClass(outcome, old), partitionByClass(outcome, updated)];
  const variance =
    sampleVariance(changes.positive) / changes.positive.length +
    sampleVariance(changes.negative) / changes.negative.length;
  return {
    ...tested(mean(changes.positive) - mean(changes.negative), Math.sqrt(variance), level),
    events: { old: mean(before.positive), updated: mean(after.positive) },
    nonEvents: { old: mean(before.negative), updated: mean(after.negative) },
  };
}

function netReclassification(outcome: Uint8Array, moves: Float64Array, level: number): NetReclassification {
  const counts = [
    { up: 0, down: 0, patients: 0 },
    { up: 0, down: 0, patients: 0 },
  ];
  outcome.forEach((event, i) => {
    counts[event].patients += 1;
    if (moves[i] > 0) counts[event].up += 1;
    if (moves[i] < 0) counts[event].down += 1;
  });
  const ofClass = (event: 0 | 1): ClassReclassification => {
    const { up, down, patients } = counts[event];
    const net = event === 1 ? up - down : down - up;
    // Multinomial variance of the difference of two shares.
    const variance = (up + down - (net * net) / patients) / (patients * patients);
    return {
      improvement: net / patients,
      standardError: Math.sqrt(Math.max(0, variance)),
      up: up / patients,
      down: down / patients,
    };
  };
  const [events, nonEvents] = [ofClass(1), ofClass(0)];
  const standardError = Math.sqrt(
    events.standardError * events.standardError + nonEvents.standardError * nonEvents.standardError,
  );
  return { ...tested(events.improvement + nonEvents.improvement, standardError, level), events, nonEvents };
}

function tested(value: number, standardError: number, level: number): TestedImprovement {
  const halfWidth = twoSidedNormal(level) * standardError;
  const z = standardError > 0 ? value / standardError : null;
  return {
    value,
    standardError,
    lower: Math.max(-2, value - halfWidth),
    upper: Math.min(2, value + halfWidth),
    z,
    pValue: z === null ? null : 2 * normalUpper(Math.abs(z)),
  };
}

function categoryOf(p: number, { cuts, closed }: RiskCategories): number {
  return cuts.filter((cut) => (closed === "right" ? p > cut : p >= cut)).length;
}

function requirePair(outcome: Uint8Array, { old, updated }: PairedPredictions) {
  requireProbabilities(outcome, old);
  return requireClasses(requireProbabilities(outcome, updated), 1, "a reclassification");
}

function requireCuts(cuts: readonly number[]): void {
  const ascending = cuts.every((cut, k) => cut > (k === 0 ? 0 : cuts[k - 1]) && cut < 1);
  if (cuts.length === 0 || !ascending)
    throw new InputError(
      `risk categories need cuts that ascend between 0 and 1; got ${cuts.length === 0 ? "none" : cuts.join(", ")}; use e.g. 0.1 and 0.3`,
    );
}
