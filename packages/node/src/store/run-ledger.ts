import { contentHash, type RecordedOpening } from "@sentinode/core";
import { appendToLedger, type LedgerEntry, readLedger } from "./ledger.ts";

/** What happens to a study, in the words of its ledger. */
export type LedgerEvent =
  "outcomes sealed" | "outcomes opened" | "run completed" | "audit completed" | "model frozen";

/** The ledger of a run folder. */
export interface RunLedger {
  /** Whether the process before this one died in the folder, so that this one goes on with its run. */
  readonly continues: boolean;
  /** Checked link by link. */
  entries(): readonly LedgerEntry[];
  append(event: LedgerEvent, details: LedgerEntry["details"]): LedgerEntry;
}

/** @param path Of `ledger.jsonl`. */
export function openRunLedger(path: string, continues = false): RunLedger {
  return {
    continues,
    entries: () => readLedger(path),
    append: (event, details) => appendToLedger(path, event, details),
  };
}

/**
 * Records a step of a run; a run that goes on after an interruption does not record again what it did before.
 *
 * A run is what lies between two lines `run completed`. A process that died after the second of them had not given its
 * folder free: the same command then goes on with that run.
 */
export function recordOnce(ledger: RunLedger, event: LedgerEvent, details: LedgerEntry["details"]): void {
  const entries = ledger.entries();
  const isEnded = ledger.continues && entries.at(-1)?.event === "run completed";
  const open = isEnded ? entries.slice(0, -1) : entries;
  const begun = open.findLastIndex((entry) => entry.event === "run completed") + 1;
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
