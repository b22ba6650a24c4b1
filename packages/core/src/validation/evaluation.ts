import type { CalibrationPoint } from "./calibration-curve.ts";
import type { ThresholdPerformance } from "./confusion.ts";
import type { DecisionCurvePoint } from "./decision-curve.ts";

/** A measure with its interval; null where it does not exist, and a finding says why. */
export interface MeasuredEstimate {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** How the interval was made and, for several repeats, how they were pooled. */
  readonly method: string;
}

/** A measure without an interval; null where it does not exist, and a finding says why. */
export interface MeasuredValue {
  readonly value: number | null;
}

/** Agreement of predicted and observed risk. */
export interface CalibrationSummary {
  /** Calibration in the large: the intercept with slope 1; 0 is perfect. */
  readonly intercept: MeasuredEstimate;
  /** Slope of the outcome on the logit of the prediction; 1 is perfect. */
  readonly slope: MeasuredEstimate;
  /** Integrated calibration index of R's loess curve. */
  readonly ici: MeasuredValue;
  /** Empty where the curve does not exist. */
  readonly curve: readonly CalibrationPoint[];
}

/** A threshold that was chosen before the predictions it is judged on were seen; plain JSON. */
export interface CandidateThreshold {
  /** The rule that chose it, e.g. `fnr<=0.05`. */
  readonly name: string;
  readonly threshold: number;
}

/** How the predictions that were judged came about. */
export type EvaluationMethod = "apparent" | "cross-validation" | "bootstrap" | "held-out";

/** Which predictions are judged. */
export interface EvaluationSubject {
  readonly model: string;
  /** `development`, `test`, `prospective`, `external:NAME` or `subgroup:VARIABLE=LEVEL@DATASET`. */
  readonly dataset: string;
  readonly method: EvaluationMethod;
}

/** One entry of `evaluations` in results.json. */
export interface Evaluation extends EvaluationSubject {
  readonly patients: number;
  readonly events: number;
  readonly auc: MeasuredEstimate;
  readonly brier: MeasuredValue;
  readonly scaledBrier: MeasuredValue;
  readonly calibration: CalibrationSummary;
  readonly decisionCurve: readonly DecisionCurvePoint[];
  readonly thresholds: readonly ThresholdPerformance[];
}

/** One entry of `comparisons` in results.json: `difference` is the AUC of `first` minus that of `second`. */
export interface Comparison {
  readonly first: string;
  readonly second: string;
  readonly dataset: string;
  /** Patients of whom both say something, where that may not be all of the set. */
  readonly patients?: number;
  readonly test: string;
  readonly difference: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly z: number | null;
  readonly pValue: number | null;
}
