import { type Finding, InputError } from "../errors.ts";
import type { Random } from "../math/random.ts";
import { mean } from "../math/statistics.ts";
import { brierScore, scaledBrierScore } from "./brier.ts";
import { calibrationErrors } from "./calibration-curve.ts";
import { calibrationInTheLarge, calibrationSlope, clippedLogits, LOGIT_CLIP } from "./calibration.ts";
import { confusionCounts, meanCounts, thresholdMeasures, type ThresholdPerformance } from "./confusion.ts";
import { netBenefitBand } from "./decision-curve-band.ts";
import type { DecisionCurvePoint } from "./decision-curve.ts";
import type { Estimate } from "./estimate.ts";
import { addFinding, measureOrNull } from "./evaluation-findings.ts";
import type { Evaluation, EvaluationSubject, MeasuredEstimate } from "./evaluation.ts";
import { measuredAuc } from "./measured-auc.ts";
import {
  countTraining,
  poolWald,
  pooledCalibrationCurve,
  pooledDecisionCurve,
  pooledMethod,
} from "./pooled-repeats.ts";
import { requireProbabilities } from "./predictions.ts";
import { bootstrapResamples } from "./resamples.ts";

/** A threshold that was chosen before these predictions were seen. */
export interface NamedThreshold {
  /** What results.json prints, e.g. `fnr<=0.05`. */
  readonly name: string;
  /** One for all patients; in cross-validation one a patient, that of the fold which tested the patient. */
  readonly threshold: number | Float64Array;
}

/** Predictions of all patients of a dataset. */
export interface PredictionSet {
  /** Predicted risk in [0, 1]; shape [n]. */
  readonly probability: Float64Array;
  readonly thresholds: readonly NamedThreshold[];
  /** What ranks the patients in place of the risk, e.g. a score before its recalibration; the same in every repeat. */
  readonly score?: Float64Array;
  /** Risk as another tool states it, whose accuracy and calibration are judged in place of `probability`'s; the same in every repeat. */
  readonly stated?: Float64Array;
}

/** What an evaluation is made with. */
export interface EvaluationOptions {
  /** Thresholds of the decision curve, each in (0, 1). */
  readonly decisionThresholds: ArrayLike<number>;
  /** Bootstraps the net benefit by patient; no band without it. */
  readonly bootstrap?: { readonly replicates: number; readonly random: Random };
}

/** An evaluation with what its reader must know. */
export interface EvaluationResult {
  readonly evaluation: Evaluation;
  readonly findings: readonly Finding[];
}

/** Hardly any model of patients ranks as well as this without a leak. */
const NEAR_ONE = 0.98;

/** Below this many patients of a class a smooth calibration curve is no more than a hint (Collins et al. 2016, Stat Med 35:214). */
export const CURVE_PATIENTS = 100;

/**
 * The evaluation of one set of predictions.
 *
 * @param subject Model, dataset and method, as printed.
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param predictions Predicted risks and thresholds of the same patients.
 * @param options Thresholds of the decision curve and its bootstrap.
 * @returns Measures that do not exist are null, each with a finding that says why.
 * @throws {InputError} No patient, unequal lengths, an outcome that is not 0 or 1, or a probability outside [0, 1].
 */
export function evaluatePredictions(
  subject: EvaluationSubject,
  outcome: Uint8Array,
  predictions: PredictionSet,
  options: EvaluationOptions,
): EvaluationResult {
  return evaluateRepeats(subject, outcome, [predictions], options);
}

/**
 * The evaluation of a repeated cross-validation: every measure on a repeat's pooled out-of-fold predictions, then the
 * mean over repeats; intervals from the mean of the repeats' variances, shares from the mean counts. The interval of the
 * calibration slope counts the training of the models as well, {@link countTraining}.
 *
 * @param subject Model, dataset and method, as printed.
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param repeats Predictions of the same patients, one set a repeat, with the same names of thresholds.
 * @param options Thresholds of the decision curve and its bootstrap.
 * @returns As {@link evaluatePredictions}.
 * @throws {InputError} No repeat, or as {@link evaluatePredictions}.
 */
export function evaluateRepeats(
  subject: EvaluationSubject,
  outcome: Uint8Array,
  repeats: readonly PredictionSet[],
  options: EvaluationOptions,
): EvaluationResult {
  if (repeats.length === 0)
    throw new InputError("an evaluation needs predictions; got none; predict the patients first");
  const [{ score, stated }] = repeats;
  const risks = repeats.map((repeat) => repeat.probability);
  const probabilities = stated === undefined ? risks : [stated];
  const { positives, negatives } = probabilities.map((probability) =>
    requireProbabilities(outcome, probability),
  )[0];
  const findings: Finding[] = [];
  const attempt = <T>(measure: () => T): T | null => measureOrNull(measure, subject, findings);
  const meanOf = (measure: (outcome: Uint8Array, probability: Float64Array) => number) => ({
    value: attempt(() => mean(probabilities.map((probability) => measure(outcome, probability)))),
  });
  const pooled = (measure: (outcome: Uint8Array, probability: Float64Array) => Estimate) =>
    measured(
      attempt(() => poolWald(probabilities.map((probability) => measure(outcome, probability)))),
      pooledMethod("Wald", probabilities.length),
    );
  const slope = pooled((events, probability) => calibrationSlope(events, probability).slope);
  const isTrained = subject.method === "cross-validation" && stated === undefined;
  const evaluation: Evaluation = {
    ...subject,
    patients: outcome.length,
    events: positives,
    auc: measuredAuc(outcome, score === undefined ? probabilities : [score], subject, findings),
    brier: meanOf(brierScore),
    scaledBrier: meanOf(scaledBrierScore),
    calibration: {
      intercept: pooled(calibrationInTheLarge),
      slope: isTrained && isEstimate(slope) ? countTraining(slope) : slope,
      ici: meanOf((events, probability) => calibrationErrors(events, probability).ici),
      curve: attempt(() => pooledCalibrationCurve(outcome, probabilities)) ?? [],
    },
    decisionCurve: decisionCurveOf(outcome, risks, options),
    thresholds: thresholdPerformances(outcome, repeats),
  };
  reportThresholds(evaluation, findings);
  reportPredictions(evaluation, probabilities, findings);
  if (evaluation.calibration.curve.length > 0 && Math.min(positives, negatives) < CURVE_PATIENTS)
    addFinding(findings, subject, {
      code: "calibration-curve-imprecise",
      severity: "warning",
      message: `a smooth calibration curve needs about ${CURVE_PATIENTS} patients of each outcome to be trusted; got ${positives} with and ${negatives} without the event; read the intercept and the slope`,
    });
  return { evaluation, findings };
}

function measured(estimate: Estimate | null, method: string): MeasuredEstimate {
  return estimate ?? { value: null, lower: null, upper: null, method };
}

function isEstimate(estimate: MeasuredEstimate): estimate is Estimate {
  return estimate.value !== null && estimate.lower !== null && estimate.upper !== null;
}

function decisionCurveOf(
  outcome: Uint8Array,
  probabilities: readonly Float64Array[],
  { decisionThresholds, bootstrap }: EvaluationOptions,
): readonly DecisionCurvePoint[] {
  const curve = pooledDecisionCurve(outcome, probabilities, decisionThresholds);
  if (bootstrap === undefined) return curve;
  const resamples = bootstrapResamples(outcome.length, bootstrap.replicates, bootstrap.random);
  const band = netBenefitBand(outcome, probabilities, decisionThresholds, resamples);
  return curve.map((point, k) => ({ ...point, lower: band[k].lower, upper: band[k].upper }));
}

function thresholdPerformances(
  outcome: Uint8Array,
  repeats: readonly PredictionSet[],
): readonly ThresholdPerformance[] {
  return repeats[0].thresholds.map(({ name }, k) => {
    const chosen = repeats.map(({ probability, thresholds }) => {
      if (thresholds[k]?.name !== name)
        throw new InputError(
          `an evaluation needs the same thresholds in every repeat; ${name} is missing; choose it there too`,
        );
      return { probability, threshold: thresholds[k].threshold };
    });
    const counts = meanCounts(
      chosen.map(({ probability, threshold }) => confusionCounts(outcome, probability, threshold)),
    );
    const average = mean(
      chosen.map(({ threshold }) => (typeof threshold === "number" ? threshold : mean(threshold))),
    );
    return { name, threshold: Number.isFinite(average) ? average : null, ...thresholdMeasures(counts) };
  });
}

function reportThresholds(evaluation: Evaluation, findings: Finding[]): void {
  for (const threshold of evaluation.thresholds) {
    const undefinedShares = shareNames.filter((share) => threshold[share].value === null);
    if (undefinedShares.length > 0)
      addFinding(findings, evaluation, {
        code: "threshold-share-undefined",
        severity: "info",
        message: `at ${threshold.name}, ${undefinedShares.join(", ")} need a patient in their denominator; got fewer; read the counts`,
      });
  }
}

const shareNames = [
  "sensitivity",
  "specificity",
  "ppv",
  "npv",
  "falseNegativeRate",
  "falseOmissionRate",
] as const;

function reportPredictions(
  evaluation: Evaluation,
  probabilities: readonly Float64Array[],
  findings: Finding[],
): void {
  const clipped = probabilities.reduce((count, probability) => count + clippedLogits(probability).clipped, 0);
  if (clipped > 0)
    addFinding(findings, evaluation, {
      code: "predictions-clipped",
      severity: "warning",
      message: `a logit needs probabilities between 0 and 1; got ${clipped} within ${LOGIT_CLIP} of 0 or 1, clipped to that distance for calibration intercept and slope; read both with care`,
    });
  const { value, upper } = evaluation.auc;
  if (value !== null && value >= NEAR_ONE && evaluation.method !== "apparent")
    addFinding(findings, evaluation, {
      code: "auc-near-one",
      severity: "warning",
      message: `an AUC of ${NEAR_ONE} or more needs an explanation; got ${value.toFixed(3)} with ${evaluation.events} events; look for a predictor that knows the outcome, and for patients who stand on both sides`,
    });
  if (value === null || value >= 0.5) return;
  const excludesHalf = upper !== null && upper < 0.5;
  addFinding(findings, evaluation, {
    code: "auc-below-half",
    severity: excludesHalf ? "warning" : "info",
    message: `an AUC needs higher predictions in patients with the event to exceed 0.5; got the reverse, which is not flipped; ${excludesHalf ? "check the coding of the outcome" : "its interval includes 0.5, so that chance explains it"}`,
  });
}
