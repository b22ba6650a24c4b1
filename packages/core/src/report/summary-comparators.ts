import type { Comparison } from "../validation/evaluation.ts";
import type { EvaluationGroup } from "./dataset-name.ts";
import { formatCount, formatDifference, formatEstimate } from "./format.ts";
import { fullestModel } from "./nesting.ts";
import { markedName } from "./report-comparators.ts";
import type { ReportModel } from "./report-model.ts";
import { listed, lowered } from "./words.ts";

/**
 * What the comparators achieved on a set and what the fullest model is worth against each, in one sentence.
 *
 * @returns Empty without comparators, or without a model.
 */
export function comparatorSentences(model: ReportModel, group: EvaluationGroup): readonly string[] {
  const fullest = fullestModel(model.models)?.name;
  const comparisons = model.comparisons.filter(
    ({ first, dataset }) => first === fullest && dataset === group.dataset,
  );
  const parts = (model.comparators ?? []).flatMap(({ name }) => {
    const judged = group.evaluations.find((evaluation) => evaluation.model === name);
    if (judged === undefined) return [];
    const { patients } = judged;
    const fewer =
      patients === group.evaluations[0].patients ? "" : ` in ${formatCount(patients)} patients who have it`;
    const difference = differenceWords(comparisons.find(({ second }) => second === name));
    return [`${formatEstimate(judged.auc, 3)} for ${markedName(model, name)}${fewer}${difference}`];
  });
  if (fullest === undefined || parts.length === 0) return [];
  return [
    `Comparators (${lowered(group.label)}), each with the AUC of ${fullest} minus its own in the same patients: ${parts.join("; ")}. ${verdict(fullest, comparisons)}`,
  ];
}

function differenceWords(comparison: Comparison | undefined): string {
  if (comparison === undefined || comparison.difference === null) return "";
  const { difference, lower, upper } = comparison;
  const printed = formatDifference({ difference, lower, upper }, 3);
  return lower === null || upper === null
    ? `, ${printed.difference}`
    : `, ${printed.difference} (${printed.range})`;
}

function verdict(fullest: string, comparisons: readonly Comparison[]): string {
  const whose = (holds: (comparison: Comparison) => boolean) =>
    comparisons.filter(holds).map(({ second }) => second);
  const worse = whose(({ lower }) => lower !== null && lower > 0);
  const better = whose(({ upper }) => upper !== null && upper < 0);
  const parts = [
    ...(worse.length > 0 ? [`${fullest} ranked these patients better than ${listed(worse)}`] : []),
    ...(better.length > 0 ? [`${listed(better)} ranked them better than ${fullest}`] : []),
  ];
  return parts.length === 0
    ? `These patients tell none of them apart from ${fullest}.`
    : `By these intervals ${parts.join(", and ")}.`;
}
