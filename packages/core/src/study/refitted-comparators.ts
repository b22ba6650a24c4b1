import type { ChainedEquations } from "../models/imputation/chained-equations.ts";
import type { ModelSpecification } from "../models/model.ts";
import { comparatorColumns } from "./comparator.ts";
import type { Protocol } from "./protocol.ts";

/**
 * The comparators that are refitted, as models: the predictors of a published model, by maximum likelihood, learned and
 * judged like any other model.
 *
 * @param imputation As for the study's models; null: the median or the most frequent level.
 * @returns In the protocol's order; each has one block of its own name.
 */
export function refittedSpecifications(
  { comparators, validation }: Protocol,
  imputation: ChainedEquations | null,
): readonly ModelSpecification[] {
  return Object.entries(comparators).flatMap(([name, comparator]): readonly ModelSpecification[] => {
    if (!("refit" in comparator)) return [];
    const terms = comparatorColumns(comparator).map(({ column }) => ({
      column,
      shape: "linear" as const,
      ordered: "rank" as const,
    }));
    return [
      {
        name,
        blocks: [{ name, terms, filter: null, entersAs: { kind: "features" } }],
        regression: { method: "maximum-likelihood" },
        innerFolds: validation.folds,
        ...(imputation === null ? {} : { imputation }),
      },
    ];
  });
}
