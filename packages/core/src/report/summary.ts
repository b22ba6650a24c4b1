import type { Evaluation } from "../validation/evaluation.ts";
import { type EvaluationGroup, evaluationGroups } from "./dataset-name.ts";
import {
  formatCount,
  formatEstimate,
  formatFixed,
  formatPercent,
  formatRange,
  formatShare,
  formatSigned,
  statedPValue,
} from "./format.ts";
import { fullestModel, type NestedStep, nestedSteps } from "./nesting.ts";
import type { ReportModel } from "./report-model.ts";
import { ruleLabel } from "./threshold-words.ts";
import { counted, listed, lowered } from "./words.ts";

/**
 * What a study found, in three to six sentences that follow from its numbers alone.
 *
 * @returns Patients, discrimination, what each block added, calibration, an operating point, open findings.
 */
export function summarySentences(model: ReportModel): readonly string[] {
  const [leading, ...others] = evaluationGroups(model);
  const fullest = fullestModel(model.models);
  if (leading === undefined || fullest === null) return [cohortSentence(model), "No model was judged."];
  const judged = leading.evaluations.find((evaluation) => evaluation.model === fullest.name);
  return [
    cohortSentence(model),
    aucSentence(leading, others),
    ...nestedSteps(model, leading.dataset)
      .slice(-2)
      .map((step) => stepSentence(step, leading)),
    ...(judged === undefined ? [] : [calibrationSentence(judged), ...operatingSentence(judged)]),
    ...findingsSentence(model),
  ];
}

function cohortSentence({ flow, study }: ReportModel): string {
  const { assessed, analysed, events } = flow;
  const patients =
    assessed === analysed
      ? `${formatCount(analysed)} patients were analysed`
      : `Of ${formatCount(assessed)} patients assessed, ${formatCount(analysed)} were analysed`;
  return `${patients}; ${formatShare(events, analysed)} had ${study.outcomeLabel}.`;
}

function aucSentence(leading: EvaluationGroup, others: readonly EvaluationGroup[]): string {
  const { patients, events } = leading.evaluations[0];
  const values = leading.evaluations.map(({ model, auc }) => `${formatEstimate(auc, 3)} for ${model}`);
  const internal =
    leading.method === "held-out" ? others.find(({ method }) => method === "cross-validation") : undefined;
  const beside =
    internal === undefined
      ? ""
      : ` In cross-validation it was ${listed(internal.evaluations.map(({ model, auc }) => `${formatFixed(auc.value, 3)} for ${model}`))}.`;
  return `${leading.label} (${counted(patients, "patient")}, ${counted(events, "event")}): the AUC (95% CI) was ${listed(values)}.${beside}`;
}

function stepSentence(
  { smaller, larger, added, difference, lower, upper, pValue }: NestedStep,
  { label }: EvaluationGroup,
): string {
  const start = `Adding ${listed(added)} to ${smaller.name} (model ${larger.name})`;
  if (difference === null) return `${start}: a difference of AUC could not be tested.`;
  const size = `${start} changed the AUC by ${formatSigned(difference, 3)}`;
  if (lower === null || upper === null) return `${size} (no interval); see the findings.`;
  return `${size} (95% CI ${formatRange(lower, upper, 3)}; ${statedPValue(pValue)}; ${lowered(label)}): ${verdict(lower, upper)}.`;
}

function verdict(lower: number, upper: number): string {
  if (lower > 0) return "the interval excludes no change";
  if (upper < 0) return "the larger model ranks patients worse";
  return "these patients do not show that it helps or harms";
}

function calibrationSentence({ model, calibration }: Evaluation): string {
  const { slope, intercept } = calibration;
  if (slope.value === null) return `The calibration of ${model} could not be estimated; see the findings.`;
  return `The calibration slope of ${model} was ${formatEstimate(slope, 2)}, ${slopeWords(slope)}; its intercept was ${formatEstimate(intercept, 2)}, ${interceptWords(intercept)}.`;
}

type Limits = Evaluation["auc"];

function slopeWords({ lower, upper }: Limits): string {
  if (lower === null || upper === null) return "without an interval";
  if (upper < 1) return "so that predicted risks are too extreme";
  if (lower > 1) return "so that predicted risks are too moderate";
  return "compatible with 1";
}

function interceptWords({ lower, upper }: Limits): string {
  if (lower === null || upper === null) return "without an interval";
  if (upper < 0) return "so that risks are overestimated on average";
  if (lower > 0) return "so that risks are underestimated on average";
  return "compatible with 0";
}

function operatingSentence({ model, thresholds, patients }: Evaluation): readonly string[] {
  const [point] = thresholds;
  if (
    point === undefined ||
    point.threshold === null ||
    point.spared.value === null ||
    point.falseNegativeRate.value === null
  )
    return [];
  const { counts, falseNegativeRate, spared } = point;
  const count = (value: number) => (Number.isInteger(value) ? formatCount(value) : formatFixed(value, 1));
  const events = counts.truePositives + counts.falseNegatives;
  const interval = formatRange(percent(falseNegativeRate.lower), percent(falseNegativeRate.upper), 1);
  return [
    `At the threshold ${formatFixed(point.threshold, 3)} (rule ${ruleLabel(point.name)}) ${model} would spare ${count(counts.trueNegatives + counts.falseNegatives)} of ${formatCount(patients)} patients (${formatPercent(spared.value)}) and miss ${count(counts.falseNegatives)} of ${count(events)} events (${formatPercent(falseNegativeRate.value)}, 95% CI ${interval}%).`,
  ];
}

function percent(share: number | null): number | null {
  return share === null ? null : 100 * share;
}

function findingsSentence({ findings }: ReportModel): readonly string[] {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.filter(({ severity }) => severity === "warning").length;
  if (errors + warnings === 0) return [];
  const parts = [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ];
  return [`The run noted ${listed(parts)}; read the section on findings before using a number.`];
}
