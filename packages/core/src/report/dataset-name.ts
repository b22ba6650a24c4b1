import type { Evaluation, EvaluationSubject } from "../validation/evaluation.ts";
import { judgedNames } from "./report-comparators.ts";
import type { ReportModel } from "./report-model.ts";
import { capitalised } from "./words.ts";

/** Evaluations of all models by one method on one data set. */
export interface EvaluationGroup {
  readonly dataset: string;
  readonly method: Evaluation["method"];
  readonly label: string;
  /** In the order of the models. */
  readonly evaluations: readonly Evaluation[];
}

const METHOD_WORDS: Readonly<Record<Evaluation["method"], string>> = {
  apparent: "apparent",
  "cross-validation": "cross-validated",
  bootstrap: "bootstrap-corrected",
  "held-out": "held out",
};

/** Most trustworthy first: patients that no fit saw, then resampling, then the training patients themselves. */
const METHOD_ORDER: readonly Evaluation["method"][] = [
  "held-out",
  "cross-validation",
  "bootstrap",
  "apparent",
];
const DATASET_ORDER = ["test", "prospective", "development"];

/**
 * What a data set and the way it was judged are called in print.
 *
 * @example datasetLabel({ dataset: "development", method: "cross-validation" }) // => "Development set, cross-validated"
 * @example datasetLabel({ dataset: "test", method: "held-out" }) // => "Test set"
 */
export function datasetLabel(subject: Pick<EvaluationSubject, "dataset" | "method">): string {
  const { dataset, method } = subject;
  const set = dataset.startsWith("external:")
    ? `External set ${dataset.slice("external:".length)}`
    : `${capitalised(dataset)} set`;
  return method === "held-out" ? set : `${set}, ${METHOD_WORDS[method]}`;
}

/**
 * As {@link datasetLabel}, with the test patients named where cross-validation took them in.
 *
 * @param model Knows who was cross-validated.
 */
export function setLabel(
  { crossValidated = "development" }: Pick<ReportModel, "crossValidated">,
  subject: Pick<EvaluationSubject, "dataset" | "method">,
): string {
  return crossValidated === "all" && subject.method === "cross-validation"
    ? "Development and test sets together, cross-validated"
    : datasetLabel(subject);
}

/**
 * The evaluations that concern whole data sets, by data set and method, the most trustworthy first; subgroups and
 * apparent results left out.
 */
export function evaluationGroups(model: ReportModel): readonly EvaluationGroup[] {
  return groupsOf(model, (evaluation) => evaluation.method !== "apparent");
}

/** As {@link evaluationGroups}, apparent results included, for the table of performance. */
export function allEvaluationGroups(model: ReportModel): readonly EvaluationGroup[] {
  return groupsOf(model, () => true);
}

function groupsOf(
  model: ReportModel,
  wanted: (evaluation: Evaluation) => boolean,
): readonly EvaluationGroup[] {
  const parts = new Set(model.subgroups.map(({ dataset }) => dataset));
  const order = judgedNames(model);
  const groups = new Map<string, Evaluation[]>();
  for (const evaluation of model.evaluations) {
    if (!wanted(evaluation) || parts.has(evaluation.dataset) || evaluation.dataset.startsWith("subgroup:"))
      continue;
    const key = JSON.stringify([evaluation.method, evaluation.dataset]);
    groups.set(key, [...(groups.get(key) ?? []), evaluation]);
  }
  return [...groups.values()]
    .map((evaluations) => ({
      dataset: evaluations[0].dataset,
      method: evaluations[0].method,
      label: setLabel(model, evaluations[0]),
      evaluations: evaluations.toSorted((a, b) => order.indexOf(a.model) - order.indexOf(b.model)),
    }))
    .sort((a, b) => rank(a) - rank(b));
}

function rank({ dataset, method }: Pick<EvaluationSubject, "dataset" | "method">): number {
  const position = DATASET_ORDER.indexOf(dataset);
  return METHOD_ORDER.indexOf(method) * 10 + (position < 0 ? DATASET_ORDER.length : position);
}
