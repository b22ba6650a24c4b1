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

/**
 * Findings of several models on the same patients, those that say the same of several as one.
 *
 * @param byModel Findings whose messages begin as {@link addFinding} writes them.
 * @returns In the order of their first appearance.
 * @example joinFindings([{ model: "A", findings: [{ code: "c", severity: "info", message: "A on test: m" }] }, { model: "B", findings: [{ code: "c", severity: "info", message: "B on test: m" }] }])[0].message // => "A and B on test: m"
 */
export function joinFindings(
  byModel: readonly { readonly model: string; readonly findings: readonly Finding[] }[],
): readonly Finding[] {
  const groups = new Map<
    string,
    { readonly finding: Finding; readonly rest: string; readonly models: string[] }
  >();
  for (const { model, findings } of byModel)
    for (const finding of findings) {
      const start = `${model} on `;
      const rest = finding.message.startsWith(start) ? finding.message.slice(start.length) : null;
      const key = JSON.stringify([finding.code, finding.severity, rest ?? finding.message]);
      const known = groups.get(key);
      if (known === undefined)
        groups.set(key, { finding, rest: rest ?? "", models: rest === null ? [] : [model] });
      else if (rest !== null) known.models.push(model);
    }
  return [...groups.values()].map(({ finding, rest, models }) =>
    models.length < 2 ? finding : { ...finding, message: `${listOf(models)} on ${rest}` },
  );
}

function listOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
