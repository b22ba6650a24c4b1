import type { Comparison } from "../validation/evaluation.ts";
import type { EvaluationGroup } from "./dataset-name.ts";
import { formatCount, formatDifference, formatEstimate, statedPValue } from "./format.ts";
import { fullestModel } from "./nesting.ts";
import type { ReportComparator, ReportModel } from "./report-model.ts";
import { lowered } from "./words.ts";

/**
 * What the fullest model is worth against each comparator on a set, one sentence each.
 *
 * @returns Empty without comparators, or without a model.
 */
export function comparatorSentences(model: ReportModel, group: EvaluationGroup): readonly string[] {
  const fullest = fullestModel(model.models);
  if (fullest === null) return [];
  return (model.comparators ?? []).flatMap((comparator) => {
    const judged = group.evaluations.find((evaluation) => evaluation.model === comparator.name);
    if (judged === undefined) return [];
    const comparison = model.comparisons.find(
      ({ first, second, dataset }) =>
        first === fullest.name && second === comparator.name && dataset === group.dataset,
    );
    const fewer =
      judged.patients === group.evaluations[0].patients
        ? ""
        : `, ${formatCount(judged.patients)} patients with a value`;
    return [
      `${comparator.name} (${describe(comparator)}${fewer}) had an AUC of ${formatEstimate(judged.auc, 3)} (${lowered(group.label)})${differenceWords(fullest.name, comparison)}.`,
    ];
  });
}

function describe({ label, name, mark }: ReportComparator): string {
  return label === name ? mark : `${label}; ${mark}`;
}

function differenceWords(fullest: string, comparison: Comparison | undefined): string {
  if (comparison === undefined || comparison.difference === null) return "";
  const { difference, lower, upper, pValue } = comparison;
  const printed = formatDifference({ difference, lower, upper }, 3);
  if (lower === null || upper === null)
    return `; that of ${fullest} in the same patients differs by ${printed.difference}`;
  return `; that of ${fullest} in the same patients differs by ${printed.difference} (95% CI ${printed.range}; ${statedPValue(pValue)}): ${verdict(fullest, lower, upper)}`;
}

function verdict(fullest: string, lower: number, upper: number): string {
  if (lower > 0) return `${fullest} ranked these patients better`;
  if (upper < 0) return `${fullest} ranked these patients worse`;
  return "the interval includes 0, so these patients do not tell the two apart";
}
