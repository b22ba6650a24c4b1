import { featureColumns } from "../../radiomics/feature-columns.ts";
import { codeBook } from "../protocol-variables.ts";
import type { Protocol, ProtocolBlock } from "../protocol.ts";

/** Coefficients of a block of a planned model. */
export interface PlannedBlock {
  readonly block: string;
  /** In the model's own regression: a score is one. */
  readonly parameters: number;
  /** Behind it: of a score's own regression, or of all candidates. */
  readonly candidates: number;
  readonly isScore: boolean;
}

/** Coefficients of a planned model, without the intercept. */
export interface PlannedModel {
  readonly model: string;
  readonly blocks: readonly PlannedBlock[];
  /** In its own regression. */
  readonly parameters: number;
  /** All that are estimated anywhere, those behind scores among them. */
  readonly candidates: number;
}

/**
 * The coefficients that the models of a protocol estimate: splines, levels and every candidate feature counted, before any
 * filter or penalty takes some away.
 *
 * @returns One entry a model, in the protocol's order.
 */
export function plannedParameters(protocol: Protocol): readonly PlannedModel[] {
  return Object.entries(protocol.models).map(([model, description]) => {
    const names = Array.isArray(description) ? description : description.blocks;
    const blocks = names.map((name) => plannedBlock(protocol, name, protocol.blocks[name]));
    const sum = (of: (block: PlannedBlock) => number) =>
      blocks.reduce((total, block) => total + of(block), 0);
    return {
      model,
      blocks,
      parameters: sum(({ parameters }) => parameters),
      candidates: sum(({ parameters, candidates, isScore }) =>
        isScore ? parameters + candidates : candidates,
      ),
    };
  });
}

function plannedBlock(protocol: Protocol, name: string, block: ProtocolBlock): PlannedBlock {
  const isScore = !Array.isArray(block) && block.entersAs === "score";
  const candidates = candidatesOf(protocol, block);
  return { block: name, parameters: isScore ? 1 : candidates, candidates, isScore };
}

function candidatesOf(protocol: Protocol, block: ProtocolBlock): number {
  if (!Array.isArray(block) && "radiomics" in block) {
    const names = featureColumns(protocol.radiomics).map(({ name }) => name);
    const { radiomics: wanted } = block;
    return wanted === "all"
      ? names.length
      : names.filter((own) => wanted.some((prefix) => own.startsWith(prefix))).length;
  }
  const terms = Array.isArray(block) ? block : block.predictors;
  return terms.reduce((total, term) => total + termParameters(protocol, term), 0);
}

type Term = Extract<ProtocolBlock, readonly unknown[]>[number];

/** Harrell's restricted cubic spline of k knots has k - 1 coefficients, a factor of l levels l - 1. */
function termParameters({ variables }: Protocol, term: Term): number {
  const { column, spline, ordinal } =
    typeof term === "string" ? { column: term, spline: undefined, ordinal: undefined } : term;
  if (spline !== undefined) return spline - 1;
  const variable = variables[column];
  if (variable === undefined) return 1;
  const levels = Math.max(2, codeBook(variable.levels).length);
  switch (variable.type) {
    case "categorical":
      return levels - 1;
    case "ordinal":
      return ordinal === "indicators" ? levels - 1 : 1;
    default:
      return 1;
  }
}
