import { type Finding, InputError, NumericalError } from "../errors.ts";
import type { EvaluationSubject } from "./evaluation.ts";

/**
 * The result of a measure, or null where it does not exist; the reason joins the findings once.
 *
 * @param measure Computes the measure.
 * @param subject Named in the finding.
 * @param findings Gains a finding where the measure does not exist.
 * @returns Null after an InputError or a NumericalError; any other error passes through.
 */
export function measureOrNull<T>(
  measure: () => T,
  subject: EvaluationSubject,
  findings: Finding[],
): T | null {
  try {
    return measure();
  } catch (error) {
    if (!(error instanceof InputError || error instanceof NumericalError)) throw error;
    addFinding(findings, subject, { code: "measure-undefined", severity: "warning", message: error.message });
    return null;
  }
}

/**
 * Adds a finding about one evaluation unless the same is already there.
 *
 * @param findings Gains the finding.
 * @param subject Stands before the message.
 * @param finding Its message without the subject.
 */
export function addFinding(findings: Finding[], subject: EvaluationSubject, finding: Finding): void {
  const message = `${subject.model} on ${subject.dataset}, ${subject.method}: ${finding.message}`;
  if (!findings.some((known) => known.message === message)) findings.push({ ...finding, message });
}
