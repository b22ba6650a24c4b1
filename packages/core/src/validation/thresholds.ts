import { InputError } from "../errors.ts";
import { operatingPoints, type OperatingPoints } from "./operating-points.ts";
import { requireClasses, requireScores } from "./predictions.ts";
import { sortClasses } from "./sorted-classes.ts";

/** How a threshold is chosen on predictions of patients whom the model was not fitted on. */
export type ThresholdRule =
  /** The largest threshold that misses at most this share of the patients with the event. */
  | { readonly kind: "fnr"; readonly maximum: number }
  /** The threshold with the largest sensitivity + specificity; of equals the lowest, which misses fewest. */
  | { readonly kind: "youden" }
  /** Stated before any data were seen. */
  | { readonly kind: "fixed"; readonly value: number };

/**
 * The threshold that a rule chooses; patients at or above it are called positive.
 *
 * @param rule What to ask of the threshold.
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param probability Predictions of the training patients from folds that did not see them; shape [n].
 * @returns A prediction of one of the patients, or the fixed value.
 * @throws {InputError} No patient with the event (for youden: of each class), a maximum outside [0, 1), or predictions
 *   that are not finite.
 * @source Youden 1950, Cancer 3:32-35.
 * @example chooseThreshold({ kind: "fnr", maximum: 0.5 }, Uint8Array.of(0, 1, 1), Float64Array.of(0.1, 0.2, 0.3)) // => 0.3
 */
export function chooseThreshold(rule: ThresholdRule, outcome: Uint8Array, probability: Float64Array): number {
  switch (rule.kind) {
    case "fixed":
      return rule.value;
    case "fnr":
      return largestWithFnr(rule.maximum, outcome, probability);
    case "youden":
      return youdenThresholds(outcome, probability)[0];
  }
}

/**
 * The rule that a protocol writes as `fnr<=0.05`, `youden` or `p>=0.10`.
 *
 * @param text One of the three forms.
 * @throws {InputError} Another text.
 * @example thresholdRule("fnr<=0.05") // => {"kind":"fnr","maximum":0.05}
 */
export function thresholdRule(text: string): ThresholdRule {
  const [, relation, digits] = /^(fnr<=|p>=)(0?\.\d+)$/.exec(text) ?? [];
  if (text === "youden") return { kind: "youden" };
  if (relation === "fnr<=") return { kind: "fnr", maximum: Number(digits) };
  if (relation === "p>=") return { kind: "fixed", value: Number(digits) };
  throw new InputError(
    `a threshold rule needs fnr<=0.05, youden or p>=0.10; got ${text}; write one of these`,
  );
}

/**
 * All thresholds with the largest Youden index, sensitivity + specificity - 1.
 *
 * @param outcome 1 = event, 0 = none; shape [n], at least one patient of each.
 * @param score Higher means more likely positive; shape [n].
 * @returns At least one distinct score, ascending.
 * @throws {InputError} A class without patients, unequal lengths, or a score that is not finite.
 * @source Youden 1950, Cancer 3:32-35.
 * @example youdenThresholds(Uint8Array.of(0, 1, 0, 1), Float64Array.of(1, 2, 3, 4)) // => [2,4]
 */
export function youdenThresholds(outcome: Uint8Array, score: Float64Array): readonly number[] {
  // TP · negatives - FP · positives is the index times an integer, so equals are found exactly.
  return maximisers(outcome, score, ({ positives, negatives }, tp, fp) => tp * negatives - fp * positives);
}

/**
 * All thresholds whose ROC point lies nearest to sensitivity 1 and specificity 1.
 *
 * @param outcome As {@link youdenThresholds}.
 * @param score As {@link youdenThresholds}.
 * @returns At least one distinct score, ascending.
 * @throws {InputError} As {@link youdenThresholds}.
 * @source Perkins & Schisterman 2006, Am J Epidemiol 163:670-675.
 */
export function closestCornerThresholds(outcome: Uint8Array, score: Float64Array): readonly number[] {
  return maximisers(outcome, score, ({ positives, negatives }, tp, fp) => {
    const [missed, alarms] = [(positives - tp) * negatives, fp * positives];
    return -(missed * missed + alarms * alarms);
  });
}

/**
 * The smallest threshold that keeps a specificity, and with it the largest sensitivity.
 *
 * @param outcome As {@link youdenThresholds}.
 * @param score As {@link youdenThresholds}.
 * @param minimum Smallest specificity, in [0, 1].
 * @returns A distinct score; Infinity, which calls nobody, where every score calls too many.
 * @throws {InputError} As {@link youdenThresholds}, or a specificity outside [0, 1].
 * @example thresholdAtSpecificity(Uint8Array.of(0, 0, 1, 1), Float64Array.of(1, 3, 2, 4), 0.5) // => 2
 */
export function thresholdAtSpecificity(outcome: Uint8Array, score: Float64Array, minimum: number): number {
  if (!(minimum >= 0 && minimum <= 1))
    throw new InputError(`a smallest specificity needs a number from 0 to 1; got ${minimum}; use 0.9`);
  const { thresholds, falsePositives, negatives } = operatingPoints(outcome, score);
  const kept = thresholds.filter((_, k) => (negatives - falsePositives[k]) / negatives >= minimum);
  return kept.at(-1) ?? Infinity;
}

function largestWithFnr(maximum: number, outcome: Uint8Array, probability: Float64Array): number {
  if (!(maximum >= 0 && maximum < 1))
    throw new InputError(
      `a largest false-negative rate needs a number from 0 to below 1; got ${maximum}; use 0.05`,
    );
  const { positives } = requireScores(outcome, probability);
  if (positives === 0)
    throw new InputError("a false-negative rate needs patients with the event; got none; use more patients");
  const { positive } = sortClasses(outcome, probability);
  let missed = 0;
  while ((missed + 1) / positives <= maximum) missed += 1;
  return positive[missed];
}

function maximisers(
  outcome: Uint8Array,
  score: Float64Array,
  merit: (points: OperatingPoints, truePositives: number, falsePositives: number) => number,
): readonly number[] {
  requireClasses(requireScores(outcome, score), 1, "a threshold");
  const points = operatingPoints(outcome, score);
  const merits = points.thresholds.map((_, k) =>
    merit(points, points.truePositives[k], points.falsePositives[k]),
  );
  const largest = merits.reduce((a, b) => Math.max(a, b));
  return Array.from(points.thresholds.filter((_, k) => merits[k] === largest)).reverse();
}
