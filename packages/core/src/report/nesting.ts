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
  /** Name of the test. */
  readonly test: string;
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

/**
 * From the part of the fullest model that ranks patients best to the fullest model, where the chain of
 * {@link nestedSteps} does not pass there: what the chain would hide.
 *
 * @param aucOf AUC of a model; null where it has none.
 * @returns Null where the chain passes there, or nothing was compared.
 */
export function strongestStep(
  model: ReportModel,
  dataset: string,
  aucOf: (name: string) => number | null,
): NestedStep | null {
  const larger = fullestModel(model.models);
  if (larger === null) return null;
  const parts = model.models.filter((smaller) => isPart(smaller, larger));
  const strongest = parts.reduce<ReportModelEntry | null>((best, part) => {
    const auc = aucOf(part.name);
    return auc !== null && (best === null || auc > (aucOf(best.name) ?? -1)) ? part : best;
  }, null);
  if (strongest === null) return null;
  const passed = nestedSteps(model, dataset).some(({ smaller }) => smaller.name === strongest.name);
  return passed ? null : stepBetween(model, strongest, larger, dataset);
}

function isPart(smaller: ReportModelEntry, larger: ReportModelEntry): boolean {
  return (
    smaller.blocks.length < larger.blocks.length &&
    smaller.blocks.every((block) => larger.blocks.includes(block))
  );
}

function stepBetween(
  model: ReportModel,
  smaller: ReportModelEntry,
  larger: ReportModelEntry,
  dataset: string,
): NestedStep | null {
  const comparison = findComparison(model.comparisons, [larger.name, smaller.name], dataset);
  if (comparison === null) return null;
  const added = larger.blocks.filter((block) => !smaller.blocks.includes(block));
  return { smaller, larger, added, ...comparison };
}

function stepBelow(model: ReportModel, larger: ReportModelEntry, dataset: string): NestedStep | null {
  let best: NestedStep | null = null;
  for (const smaller of model.models) {
    const step = isPart(smaller, larger) ? stepBetween(model, smaller, larger, dataset) : null;
    if (step !== null && (best === null || best.smaller.blocks.length < smaller.blocks.length)) best = step;
  }
  return best;
}

type Difference = Pick<NestedStep, "difference" | "lower" | "upper" | "pValue" | "test">;

/** The comparison of two models, first minus second whichever way it was stored. */
function findComparison(
  comparisons: readonly Comparison[],
  [first, second]: readonly [string, string],
  dataset: string,
): Difference | null {
  for (const comparison of comparisons) {
    if (comparison.dataset !== dataset) continue;
    const { difference, lower, upper, pValue, test } = comparison;
    if (comparison.first === first && comparison.second === second)
      return { difference, lower, upper, pValue, test };
    if (comparison.first === second && comparison.second === first)
      return { difference: negated(difference), lower: negated(upper), upper: negated(lower), pValue, test };
  }
  return null;
}

function negated(value: number | null): number | null {
  return value === null ? null : -value;
}
