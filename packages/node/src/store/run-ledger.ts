import { contentHash, type RecordedOpening } from "@sentinode/core";
import { appendToLedger, type LedgerEntry, readLedger } from "./ledger.ts";

/** What happens to a study, in the words of its ledger. */
export type LedgerEvent =
  "outcomes sealed" | "outcomes opened" | "run completed" | "audit completed" | "model frozen";

/** The ledger of a run folder. */
export interface RunLedger {
  /** Checked link by link. */
  entries(): readonly LedgerEntry[];
  append(event: LedgerEvent, details: LedgerEntry["details"]): LedgerEntry;
}

/** @param path Of `ledger.jsonl`. */
export function openRunLedger(path: string): RunLedger {
  return {
    entries: () => readLedger(path),
    append: (event, details) => appendToLedger(path, event, details),
  };
}

/**
 * Records a step of a run; a run that goes on after an interruption does not record again what it did before.
 *
 * A run is what lies between two lines `run completed`.
 */
export function recordOnce(ledger: RunLedger, event: LedgerEvent, details: LedgerEntry["details"]): void {
  const entries = ledger.entries();
  const begun = entries.findLastIndex((entry) => entry.event === "run completed") + 1;
  const hash = contentHash(details);
  const isKnown = entries
    .slice(begun)
    .some((entry) => entry.event === event && contentHash(entry.details) === hash);
  if (!isKnown) ledger.append(event, details);
}

/** The openings of sealed outcomes in a ledger, oldest first. */
export function recordedOpenings(entries: readonly LedgerEntry[]): readonly RecordedOpening[] {
  return entries.flatMap(({ event, index, details }) => {
    if (event !== "outcomes opened") return [];
    const { protocol, ...opening } = details;
    return [{ ...opening, protocolHash: protocol, line: index + 1 } as unknown as RecordedOpening];
  });
}
