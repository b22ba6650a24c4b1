import type { Finding } from "../errors.ts";
import type { Comparison, EvaluationMethod } from "./evaluation.ts";
import { measureOrNull } from "./evaluation-findings.ts";
import { pooledDelongTest } from "./pooled-repeats.ts";

/** Which two models are compared, and on what. */
export interface ComparisonSubject {
  readonly first: string;
  readonly second: string;
  readonly dataset: string;
  readonly method: EvaluationMethod;
}

/** A comparison with what its reader must know. */
export interface ComparisonResult {
  readonly comparison: Comparison;
  readonly findings: readonly Finding[];
}

/**
 * DeLong's paired comparison of two models' AUC on the same patients.
 *
 * @param subject Models, dataset and method, as printed.
 * @param outcome 1 = event, 0 = none; shape [n].
 * @param first Predictions of the first model, one array a repeat of cross-validation, or a single one.
 * @param second Predictions of the second model on the same repeats.
 * @returns `difference` is the first AUC minus the second. Values that do not exist are null, with a finding.
 */
export function comparePredictions(
  subject: ComparisonSubject,
  outcome: Uint8Array,
  first: readonly Float64Array[],
  second: readonly Float64Array[],
): ComparisonResult {
  const { dataset, method } = subject;
  const findings: Finding[] = [];
  const label = { model: `${subject.first} against ${subject.second}`, dataset, method };
  const test = measureOrNull(() => pooledDelongTest(outcome, first, second), label, findings);
  if (test !== null && test.reason !== null)
    findings.push({
      code: "comparison-without-variance",
      severity: "info",
      message: `${label.model} on ${dataset}, ${method}: ${test.reason}`,
    });
  const { difference, lower, upper, z, pValue } = test ?? noTest;
  const comparison = {
    first: subject.first,
    second: subject.second,
    dataset,
    test: first.length > 1 ? `DeLong paired; mean over ${first.length} repeats` : "DeLong paired",
    difference,
    lower,
    upper,
    z,
    pValue,
  };
  return { comparison, findings };
}

const noTest = { difference: null, lower: null, upper: null, z: null, pValue: null };
