import type { Comparison } from "../validation/evaluation.ts";
import type { ReportModel, ReportModelEntry } from "./report-model.ts";

/** A comparison of a model with one whose blocks it contains: what the added blocks bring. */
export interface NestedStep {
  readonly smaller: ReportModelEntry;
  readonly larger: ReportModelEntry;
  readonly added: readonly string[];
  readonly difference: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly pValue: number | null;
}

/** The model with the most blocks, the first of several; null where there is no model. */
export function fullestModel(models: readonly ReportModelEntry[]): ReportModelEntry | null {
  return models.reduce<ReportModelEntry | null>(
    (best, model) => (best === null || model.blocks.length > best.blocks.length ? model : best),
    null,
  );
}

/**
 * The chain of models from the smallest to the fullest, each the largest part of the next that it was compared with.
 *
 * @param dataset Data set of the comparisons.
 * @returns Steps, smallest first; differences are larger minus smaller.
 */
export function nestedSteps(model: ReportModel, dataset: string): readonly NestedStep[] {
  const steps: NestedStep[] = [];
  let larger = fullestModel(model.models);
  while (larger !== null) {
    const step = stepBelow(model, larger, dataset);
    if (step === null) break;
    steps.unshift(step);
    larger = step.smaller;
  }
  return steps;
}

function stepBelow(model: ReportModel, larger: ReportModelEntry, dataset: string): NestedStep | null {
  let best: NestedStep | null = null;
  for (const smaller of model.models) {
    const isPart =
      smaller.blocks.length < larger.blocks.length &&
      smaller.blocks.every((block) => larger.blocks.includes(block));
    const comparison = isPart
      ? findComparison(model.comparisons, [larger.name, smaller.name], dataset)
      : null;
    if (comparison === null || (best !== null && best.smaller.blocks.length >= smaller.blocks.length))
      continue;
    best = {
      smaller,
      larger,
      added: larger.blocks.filter((block) => !smaller.blocks.includes(block)),
      ...comparison,
    };
  }
  return best;
}

type Difference = Pick<NestedStep, "difference" | "lower" | "upper" | "pValue">;

/** The comparison of two models, first minus second whichever way it was stored. */
function findComparison(
  comparisons: readonly Comparison[],
  [first, second]: readonly [string, string],
  dataset: string,
): Difference | null {
  for (const comparison of comparisons) {
    if (comparison.dataset !== dataset) continue;
    const { difference, lower, upper, pValue } = comparison;
    if (comparison.first === first && comparison.second === second)
      return { difference, lower, upper, pValue };
    if (comparison.first === second && comparison.second === first)
      return { difference: negated(difference), lower: negated(upper), upper: negated(lower), pValue };
  }
  return null;
}

function negated(value: number | null): number | null {
  return value === null ? null : -value;
}
