import { mean } from "../math/statistics.ts";
import { addFinding, measureOrNull } from "./evaluation-findings.ts";
import type { EvaluationSubject, MeasuredEstimate } from "./evaluation.ts";
import { delongLogitAuc } from "./delong.ts";
import type { Finding } from "../errors.ts";
import { newcombeAuc } from "./newcombe-auc.ts";
import { pooledDelongAuc, pooledMethod } from "./pooled-repeats.ts";
import { countClasses } from "./predictions.ts";
import { auc } from "./roc.ts";

/**
 * The AUC of an evaluation with the interval that it can have.
 *
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param repeats Predictions, one array of shape [n] a repeat; at least one.
 * @param subject Named in the findings.
 * @param findings Gains a finding where the interval is not DeLong's or there is none.
 * @returns DeLong's interval; on the logit scale where it would pass 0 or 1, but for cross-validation; Newcombe's where DeLong's
 *   has no width because the classes separate; no interval with one patient in a class or equal predictions; no value without
 *   a class.
 */
export function measuredAuc(
  outcome: Uint8Array,
  repeats: readonly Float64Array[],
  subject: EvaluationSubject,
  findings: Finding[],
): MeasuredEstimate {
  const method = pooledMethod("DeLong", repeats.length);
  const value = measureOrNull(() => mean(repeats.map((score) => auc(outcome, score))), subject, findings);
  if (value === null) return { value, lower: null, upper: null, method };
  const { positives, negatives } = countClasses(outcome);
  if (Math.min(positives, negatives) < 2) {
    addFinding(findings, subject, {
      code: "auc-without-interval",
      severity: "warning",
      message: `an interval of the AUC needs two patients of each outcome; got ${positives} with and ${negatives} without the event; read the value with great care`,
    });
    return { value, lower: null, upper: null, method };
  }
  const estimate = pooledDelongAuc(outcome, repeats);
  if (estimate.upper > estimate.lower) {
    if ((estimate.upper < 1 && estimate.lower > 0) || subject.method === "cross-validation") return estimate;
    addFinding(findings, subject, {
      code: "auc-interval-on-logit",
      severity: "info",
      message:
        "DeLong's symmetric interval needs limits between 0 and 1; got one beyond, which tells that it is too short on the other side; the interval made on the logit scale is printed instead",
    });
    return delongLogitAuc(outcome, repeats[0]);
  }
  if (value !== 0 && value !== 1) {
    addFinding(findings, subject, {
      code: "auc-without-interval",
      severity: "warning",
      message:
        "an interval of the AUC needs predictions that differ within an outcome; got none, so that DeLong's variance is 0; read the value alone",
    });
    return { value, lower: null, upper: null, method };
  }
  addFinding(findings, subject, {
    code: "auc-at-its-limit",
    severity: "warning",
    message: `DeLong's interval needs predictions that overlap between the outcomes; got an AUC of ${value}, where it has no width; Newcombe's score interval is printed instead`,
  });
  return newcombeAuc(outcome, repeats[0]);
}
