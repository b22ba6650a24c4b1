import type { Evaluation } from "../validation/evaluation.ts";
import { thresholdRule } from "../validation/thresholds.ts";
import { type EvaluationGroup, evaluationGroups } from "./dataset-name.ts";
import {
  formatCount,
  formatDifference,
  formatEstimate,
  formatFixed,
  formatPercent,
  formatRange,
  formatShare,
  statedPValue,
} from "./format.ts";
import { fullestModel, type NestedStep, nestedSteps, strongestStep } from "./nesting.ts";
import type { ReportModel } from "./report-model.ts";
import { comparatorNamed } from "./report-comparators.ts";
import { comparatorSentences } from "./summary-comparators.ts";
import { FEW } from "./subgroup-table.ts";
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
  const evaluationOf = (name: string) => leading.evaluations.find((evaluation) => evaluation.model === name);
  const judged = evaluationOf(fullest.name);
  const strongest = strongestStep(model, leading.dataset, (name) => evaluationOf(name)?.auc.value ?? null);
  const steps = [
    ...nestedSteps(model, leading.dataset).slice(-2),
    ...(strongest === null ? [] : [strongest]),
  ];
  return [
    cohortSentence(model),
    aucSentence(
      ofModels(model, leading),
      others.map((group) => ofModels(model, group)),
    ),
    ...steps.map((step) => stepSentence(step, leading)),
    ...comparatorSentences(model, leading),
    ...(judged === undefined
      ? []
      : [calibrationSentence(judged, leading), ...operatingSentence(judged, leading)]),
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

/** A group without its comparators, which have sentences of their own. */
function ofModels(model: ReportModel, group: EvaluationGroup): EvaluationGroup {
  const evaluations = group.evaluations.filter((own) => comparatorNamed(model, own.model) === null);
  return { ...group, evaluations };
}

function aucSentence(leading: EvaluationGroup, others: readonly EvaluationGroup[]): string {
  const values = leading.evaluations.map(({ model, auc }) => `${formatEstimate(auc, 3)} for ${model}`);
  const internal =
    leading.method === "held-out" ? others.find(({ method }) => method === "cross-validation") : undefined;
  const beside =
    internal === undefined
      ? ""
      : ` In cross-validation (${lowered(setOf(internal))}, ${sizeOf(internal)}) it was ${listed(internal.evaluations.map(({ model, auc }) => `${formatFixed(auc.value, 3)} for ${model}`))}.`;
  const short =
    leading.method === "cross-validation" ? " Intervals after cross-validation tend to be too short." : "";
  return `${leading.label} (${sizeOf(leading)}): the AUC (95% CI) was ${listed(values)}.${beside}${short}`;
}

/** The name of a cross-validated set without the word. */
function setOf({ label }: EvaluationGroup): string {
  return label.replace(/, cross-validated$/, "");
}

function sizeOf({ evaluations: [{ patients, events }] }: EvaluationGroup): string {
  return `${counted(patients, "patient")}, ${counted(events, "event")}`;
}

function stepSentence(step: NestedStep, { label, evaluations }: EvaluationGroup): string {
  const { smaller, larger, added, difference, lower, upper, pValue, test } = step;
  const start = `Adding ${listed(added)} to ${smaller.name} (model ${larger.name})`;
  if (difference === null) return `${start}: a difference of AUC could not be tested.`;
  const printed = formatDifference({ difference, lower, upper }, 3);
  const size = `${start} changed the AUC by ${printed.difference}`;
  if (lower === null || upper === null) return `${size} (no interval); see the findings.`;
  return `${size} (95% CI ${printed.range}; ${testWords(test)}, ${statedPValue(pValue)}; ${lowered(label)}): ${verdict(lower, upper)}${caution(step, evaluations[0])}.`;
}

/** What keeps a comparison from being read as it stands. */
function caution({ smaller, larger }: NestedStep, { patients, events }: Evaluation): string {
  const rarer = Math.min(events, patients - events);
  const methods =
    methodOf(smaller) === methodOf(larger)
      ? ""
      : "; the two models are fitted by different methods, so that it is not the predictors alone";
  const few =
    rarer < FEW
      ? `; with ${formatCount(rarer)} patients of the rarer outcome no interval and no test can be trusted`
      : "";
  return `${methods}${few}`;
}

function methodOf({ fitted }: NestedStep["smaller"]): string {
  if (fitted.kind !== "logistic") return fitted.kind;
  const { regression } = fitted.predictor;
  return regression.method === "penalised" ? `penalised ${regression.alpha}` : regression.method;
}

function testWords(test: string): string {
  return test.replace(/^DeLong paired/, "DeLong's paired test").replace("; ", ", ");
}

function verdict(lower: number, upper: number): string {
  if (lower > 0) return "the interval lies above 0, so the larger model ranked these patients better";
  if (upper < 0) return "the interval lies below 0, so the larger model ranks patients worse";
  return "the interval includes 0, so these patients do not show that it helps or harms";
}

function calibrationSentence({ model, calibration }: Evaluation, { label }: EvaluationGroup): string {
  const { slope, intercept } = calibration;
  if (slope.value === null) return `The calibration of ${model} could not be estimated; see the findings.`;
  return `The calibration slope of ${model} was ${formatEstimate(slope, 2)}, ${slopeWords(slope)}; its intercept was ${formatEstimate(intercept, 2)}, ${interceptWords(intercept)} (${lowered(label)}; in brackets Wald's 95% CI).`;
}

type Limits = Evaluation["auc"];

/** A slope whose interval reaches beyond these may well be far from 1. */
const WIDE_SLOPE = { lower: 0.8, upper: 1.25 } as const;

function slopeWords({ lower, upper }: Limits): string {
  if (lower === null || upper === null) return "without an interval";
  if (upper < 1)
    return lower > 0
      ? "so that predicted risks are too extreme"
      : "so that predicted risks are too extreme, and may not go with the outcome at all";
  if (lower > 1) return "so that predicted risks are too moderate";
  return lower < WIDE_SLOPE.lower || upper > WIDE_SLOPE.upper
    ? "an interval that includes 1 but is too wide to show good calibration"
    : "close to 1";
}

function interceptWords({ lower, upper }: Limits): string {
  if (lower === null || upper === null) return "without an interval";
  if (upper < 0) return "so that risks are overestimated on average";
  if (lower > 0) return "so that risks are underestimated on average";
  return "an interval that includes 0";
}

function operatingSentence(
  { model, thresholds, patients }: Evaluation,
  { method }: EvaluationGroup,
): readonly string[] {
  const [point] = thresholds;
  if (
    point === undefined ||
    point.threshold === null ||
    point.spared.value === null ||
    point.falseNegativeRate.value === null
  )
    return [];
  const { counts, falseNegativeRate, spared } = point;
  const isRepeated = method === "cross-validation";
  const count = (value: number) =>
    Number.isInteger(value) && !isRepeated ? formatCount(value) : formatFixed(value, 1);
  const events = counts.truePositives + counts.falseNegatives;
  const interval = formatRange(percent(falseNegativeRate.lower), percent(falseNegativeRate.upper), 1);
  const where = isRepeated ? "On average over the repeats, at thresholds of mean" : "At the threshold";
  return [
    `${where} ${formatFixed(point.threshold, 3)} (rule ${ruleLabel(point.name)}) ${model} would call ${count(counts.trueNegatives + counts.falseNegatives)} of ${formatCount(patients)} patients negative (${formatPercent(spared.value)}) and miss ${count(counts.falseNegatives)} of ${formatCount(Math.round(events))} events (FNR ${formatPercent(falseNegativeRate.value)}, Wilson's 95% CI ${interval}%)${limitWords(point)}.`,
  ];
}

/** Whether a rule that limits the false negative rate kept its limit in these patients. */
function limitWords({ name, falseNegativeRate: { value, upper } }: Evaluation["thresholds"][number]): string {
  const rule = thresholdRule(name);
  if (rule.kind !== "fnr" || value === null || upper === null) return "";
  if (value > rule.maximum) return ", more than the limit that the rule keeps in its training patients";
  return upper > rule.maximum ? ", an interval that does not exclude more than the rule's limit" : "";
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
