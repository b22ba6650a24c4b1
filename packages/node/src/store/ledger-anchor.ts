import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { InputError } from "@sentinode/core";
import { makeFolder, replaceDurably } from "../files/durable-files.ts";
import { inFileTerms } from "./sqlite-errors.ts";
import { openStateDatabase, putRow } from "./state-database.ts";

/**
 * What is known of a ledger outside of it. A line is announced in the state before it is written, and confirmed beside the
 * ledger after it is on the disk: so a line torn by a power cut can be told from one that was torn by hand.
 */
export interface LedgerAnchor {
  /** Hashes of the lines that may be there, from the run's state; null: the state has none. */
  readonly announced: readonly string[] | null;
  /** Hashes of the lines that must be there, from the file beside the ledger; null: there is none. */
  readonly confirmed: readonly string[] | null;
}

interface AnchorFile {
  readonly schema: "sentinode/ledger-anchor@1";
  readonly hashes: readonly string[];
}

/** Where the hashes of confirmed lines stand: `ledger.anchor.json` for `ledger.jsonl`. */
export function anchorFileOf(ledger: string): string {
  return ledger.replace(/(\.jsonl)?$/, ".anchor.json");
}

/** @throws {InputError} The file beside the ledger is no anchor. */
export function readAnchor(ledger: string): LedgerAnchor {
  return { announced: readAnnounced(ledger), confirmed: readConfirmed(ledger) };
}

/** Says in the state which lines the ledger will have; on the disk when this returns. */
export function announce(ledger: string, hashes: readonly string[]): void {
  const path = statePathOf(ledger);
  makeFolder(dirname(path), 0o700);
  const { database } = openStateDatabase(path, "a line");
  try {
    inFileTerms(path, () => {
      database.exec("BEGIN IMMEDIATE");
      database.prepare("DELETE FROM piece WHERE kind = ?").run(kindOf(ledger));
      for (const [line, hash] of hashes.entries())
        putRow(database, {
          key: keyOf(ledger, line),
          kind: kindOf(ledger),
          text: hash,
        });
      database.exec("COMMIT");
    });
  } finally {
    database.close();
  }
}

/** Says beside the ledger which lines it has; on the disk when this returns. */
export function confirm(ledger: string, hashes: readonly string[]): void {
  replaceDurably(anchorFileOf(ledger), anchorText(hashes));
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function anchorText(hashes: readonly string[]): string {
  const anchor: AnchorFile = { schema: "sentinode/ledger-anchor@1", hashes };
  return `${JSON.stringify(anchor, null, 1)}\n`;
}

function statePathOf(ledger: string): string {
  return join(dirname(ledger), ".work", "state.sqlite");
}

function kindOf(ledger: string): string {
  return `lines of ${basename(ledger)}`;
}

function keyOf(ledger: string, line: number): string {
  return `${basename(ledger)} ${String(line).padStart(8, "0")}`;
}

function readAnnounced(ledger: string): string[] | null {
  const path = statePathOf(ledger);
  if (!existsSync(path)) return null;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 5000 });
    const rows = database
      .prepare("SELECT key, text FROM piece WHERE kind = ? ORDER BY key")
      .all(kindOf(ledger)) as { key: string; text: string }[];
    const isWhole = rows.every(({ key }, line) => key === keyOf(ledger, line));
    return rows.length > 0 && isWhole ? rows.map(({ text }) => text) : null;
  } catch (error) {
    // A damaged state is mended when work begins; until then the file beside the ledger speaks alone.
    if (error instanceof Error && "errcode" in error) return null;
    throw error;
  } finally {
    database?.close();
  }
}

function readConfirmed(ledger: string): readonly string[] | null {
  const path = anchorFileOf(ledger);
  if (!existsSync(path)) return null;
  const damaged = `${basename(path)}: needs the hashes of the ledger's lines; got something else, so the file was changed; restore it or start a new run folder`;
  const text = readFileSync(path, "utf8");
  let anchor: Partial<AnchorFile> | null;
  try {
    anchor = JSON.parse(text) as Partial<AnchorFile> | null;
  } catch {
    throw new InputError(damaged);
  }
  const hashes: readonly string[] | undefined = anchor?.hashes;
  if (hashes === undefined || !isList(hashes) || anchorText(hashes) !== text) throw new InputError(damaged);
  return hashes;
}
