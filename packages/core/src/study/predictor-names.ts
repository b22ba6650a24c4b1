import { refittedColumns } from "./comparator.ts";
import type { Protocol } from "./protocol.ts";

/**
 * The columns of the cohort table that blocks name, each once, in the protocol's order.
 *
 * @returns Empty for a study of images alone.
 */
export function predictorNames(protocol: Protocol): readonly string[] {
  const names = Object.values(protocol.blocks).flatMap((block) => {
    if (!Array.isArray(block) && "radiomics" in block) return [];
    const terms = Array.isArray(block) ? block : block.predictors;
    return terms.map((term) => (typeof term === "string" ? term : term.column));
  });
  return [...new Set(names)];
}

/**
 * The columns of the cohort table that models read: those that blocks name, that harmonisation needs, and that refitted
 * comparators learn from.
 *
 * @returns Each once.
 */
export function tableColumns(protocol: Protocol): readonly string[] {
  const { harmonisation } = protocol;
  const further = harmonisation === undefined ? [] : [harmonisation.by, ...harmonisation.covariates];
  return [...new Set([...predictorNames(protocol), ...further, ...refittedColumns(protocol)])];
}
