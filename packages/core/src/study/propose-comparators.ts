import type { VariableProposal } from "../cohort/propose-variables.ts";

/** A proposed comparator: its key in the protocol and the column that it reads. */
export interface ComparatorProposal {
  readonly name: string;
  readonly column: string;
}

/** Longest key that a protocol allows. */
const LONGEST = 31;

/**
 * Judgements in the table that models can be compared with.
 *
 * @param described Variables of the table; those that are ranked and have the role of a comparator are taken.
 * @returns Keys that a protocol allows, each once, and none that a proposed model could have.
 */
export function proposeComparators(described: readonly VariableProposal[]): readonly ComparatorProposal[] {
  const names = new Set<string>();
  return described
    .filter(({ role, kind }) => role === "comparator" && ["numeric", "ordinal", "binary"].includes(kind))
    .map(({ name: column }, index) => {
      const word = column.replace(/[^A-Za-z0-9+_.-]+/g, "_").slice(0, LONGEST - 3);
      const isUsable = /^[A-Za-z]/.test(word) && word.length > 3 && !names.has(word);
      const name = isUsable ? word : `Judgement${String(index + 1)}`;
      names.add(name);
      return { name, column };
    });
}
