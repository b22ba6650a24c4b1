import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { contentHash, InputError } from "@sentinode/core";

/** One step of a run; each line holds the hash of the line before, so that none can be changed or lost unseen. */
export interface LedgerEntry {
  readonly index: number;
  readonly time: string;
  readonly event: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Hash of the entry before; null for the first. */
  readonly previous: string | null;
  readonly hash: string;
}

/**
 * The entries of a ledger, checked link by link.
 *
 * @returns Empty where there is no ledger yet.
 * @throws {InputError} A line was changed, removed or added by hand.
 */
export function readLedger(path: string): readonly LedgerEntry[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  if (lines.pop() !== "")
    throw new InputError(
      `ledger.jsonl, line ${lines.length + 1}: the line has no end; the file was changed by hand or cut; start a new run folder`,
    );
  const entries = lines.map((line, index) => parsed(line, index));
  entries.forEach((entry, index) => {
    const { hash, ...unhashed } = entry;
    if (
      entry.index !== index ||
      entry.previous !== (entries[index - 1]?.hash ?? null) ||
      hash !== contentHash(unhashed)
    )
      throw new InputError(
        `ledger.jsonl, line ${String(index + 1)}: the chain of hashes is broken; the file was changed by hand; start a new run folder`,
      );
  });
  return entries;
}

/**
 * Adds an entry to a ledger.
 *
 * @throws {InputError} The ledger's chain is broken.
 */
export function appendToLedger(
  path: string,
  event: string,
  details: Readonly<Record<string, unknown>>,
): LedgerEntry {
  const entries = readLedger(path);
  const unhashed = {
    index: entries.length,
    time: new Date().toISOString(),
    event,
    details,
    previous: entries.at(-1)?.hash ?? null,
  };
  const entry = { ...unhashed, hash: contentHash(unhashed) };
  appendFileSync(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  return entry;
}

function parsed(line: string, index: number): LedgerEntry {
  try {
    return JSON.parse(line) as LedgerEntry;
  } catch {
    throw new InputError(
      `ledger.jsonl, line ${String(index + 1)}: the line is no JSON; the file was changed by hand or cut; start a new run folder`,
    );
  }
}
