import type { HeldOutPart } from "../cohort/seal.ts";
import type { Finding } from "../errors.ts";
import type { Opening } from "./vault.ts";

/** An opening as a ledger keeps it. */
export interface RecordedOpening extends Opening {
  /** Line of the ledger, from 1. */
  readonly line: number;
}

/** How often a part was opened. */
export interface PartOpenings {
  readonly dataset: HeldOutPart;
  /** Oldest first; at least one. */
  readonly openings: readonly RecordedOpening[];
  /** Those whose protocol is not that of the first: what it says may have been chosen by what was seen. */
  readonly changed: readonly RecordedOpening[];
}

/**
 * The openings of each part that was opened, test before prospective before external.
 *
 * @param openings In the order of the ledger.
 */
export function partOpenings(openings: readonly RecordedOpening[]): readonly PartOpenings[] {
  return (["test", "prospective", "external"] as const).flatMap((dataset) => {
    const own = openings.filter((opening) => opening.dataset === dataset);
    if (own.length === 0) return [];
    const changed = own.filter(({ protocolHash }) => protocolHash !== own[0].protocolHash);
    return [{ dataset, openings: own, changed }];
  });
}

/**
 * How often a part was opened and which opening counts, in words.
 *
 * @example openingWords({ dataset: "test", openings: [{ line: 2 }], changed: [] }) // => "the test set was opened once (line 2 of the ledger)"
 */
export function openingWords({ dataset, openings }: Pick<PartOpenings, "dataset" | "openings">): string {
  const [first] = openings;
  if (openings.length === 1)
    return `the ${dataset} set was opened once (line ${String(first.line)} of the ledger)`;
  return `the ${dataset} set was opened ${String(openings.length)} times; the first opening (line ${String(first.line)} of the ledger) is the one to cite`;
}

/** A warning for each part that was opened again after its protocol had changed. */
export function openingFindings(parts: readonly PartOpenings[]): readonly Finding[] {
  return parts.flatMap((part) => {
    if (part.changed.length === 0) return [];
    const lines = part.changed.map(({ line }) => String(line)).join(", ");
    const message = `${openingWords(part)}; the protocol was changed after it (ledger lines ${lines}): what was decided since may follow what was seen, so that later figures are no test; cite the first, or test on new patients`;
    return [{ code: "protocol-changed-after-opening", severity: "warning", message }];
  });
}
