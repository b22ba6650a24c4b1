import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { contentHash, type Finding, InputError } from "@sentinode/core";
import { appendDurably, removeDurably, replaceDurably } from "../files/durable-files.ts";
import { anchorFileOf, announce, confirm, type LedgerAnchor, readAnchor } from "./ledger-anchor.ts";

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

/** A ledger as it was found. */
interface LedgerState {
  readonly entries: readonly LedgerEntry[];
  /** Whether the file ends with a line that was announced and never confirmed: whole, torn, or none. */
  readonly end: "confirmed" | "whole" | "torn";
}

/**
 * The entries of a ledger, checked link by link and against its anchor. A last line torn by a power cut, which was never
 * confirmed to anybody, is left out.
 *
 * @returns Empty where there is no ledger yet.
 * @throws {InputError} A line was changed, removed or added by hand; the first such line is named.
 */
export function readLedger(path: string): readonly LedgerEntry[] {
  return inspect(path).entries;
}

/**
 * Cuts off a last line that a power cut tore, and confirms one that it left whole.
 *
 * @returns What was cut off.
 * @throws {InputError} A line was changed, removed or added by hand.
 */
export function mendLedger(path: string): readonly Finding[] {
  const { entries, end } = inspect(path);
  if (end === "confirmed") return [];
  // The bytes of an interrupted write may be in memory only: they go to a new file, never a second time to the old one.
  replaceDurably(path, entries.map(lineOf).join(""));
  const hashes = entries.map(({ hash }) => hash);
  announce(path, hashes);
  confirm(path, hashes);
  if (end === "whole") return [];
  return [
    {
      code: "ledger-torn-line",
      severity: "warning",
      message: `${basename(path)}, line ${entries.length + 1}: the line was torn while it was written and never confirmed; it was cut off, and the step that it belonged to did not happen`,
    },
  ];
}

/**
 * Adds an entry to a ledger; it is on the disk when this returns.
 *
 * @throws {InputError} The ledger's chain is broken.
 * @throws {Error} An error of the file system; the entry is then not part of the ledger.
 */
export function appendToLedger(
  path: string,
  event: string,
  details: Readonly<Record<string, unknown>>,
): LedgerEntry {
  mendLedger(path);
  const entries = readLedger(path);
  const unhashed = {
    index: entries.length,
    time: new Date().toISOString(),
    event,
    details,
    previous: entries.at(-1)?.hash ?? null,
  };
  const entry = { ...unhashed, hash: contentHash(unhashed) };
  const hashes = [...entries.map(({ hash }) => hash), entry.hash];
  announce(path, hashes);
  appendDurably(path, lineOf(entry));
  confirm(path, hashes);
  return entry;
}

/** Removes a ledger of which nobody was told, with its anchors. */
export function removeLedger(path: string): void {
  if (!existsSync(path)) return;
  announce(path, []);
  removeDurably(anchorFileOf(path));
  removeDurably(path);
}

function lineOf(entry: LedgerEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

function inspect(path: string): LedgerState {
  const anchor = readAnchor(path);
  const name = basename(path);
  const { lines, rest } = linesOf(path);
  const { entries, problem } = chained(lines);
  refuseOtherLines(name, entries, anchor);
  const confirmed = anchor.confirmed?.length ?? 0;
  // A torn line has no end, or holes where its middle did not reach the disk.
  const mayBeTorn = entries.length === confirmed && (anchor.announced?.length ?? Infinity) > confirmed;
  const afterEntries = lines.length - entries.length + Number(rest !== "");
  if (mayBeTorn && afterEntries === 1) return { entries, end: "torn" };
  if (problem !== null) throw broken(name, entries.length, problem);
  if (rest !== "") throw broken(name, entries.length, "the line has no end");
  if (entries.length < confirmed)
    throw broken(name, entries.length, "the line that the anchor names is missing");
  refuseAnchorsThatDiffer(path, entries, anchor);
  return { entries, end: entries.length > confirmed ? "whole" : "confirmed" };
}

/** Its lines, and what stands behind the last line break. */
function linesOf(path: string): { lines: readonly string[]; rest: string } {
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [""];
  return { rest: lines.pop()!, lines };
}

/** The entries up to the first line that does not belong to the chain, and what is wrong with that. */
function chained(lines: readonly string[]): { entries: readonly LedgerEntry[]; problem: string | null } {
  const entries: LedgerEntry[] = [];
  for (const line of lines) {
    const entry = parsed(line);
    if (entry === null) return { entries, problem: "the line is no entry" };
    const { hash, ...unhashed } = entry;
    const isLinked = entry.index === entries.length && entry.previous === (entries.at(-1)?.hash ?? null);
    if (!isLinked || hash !== contentHash(unhashed) || lineOf(entry) !== `${line}\n`)
      return { entries, problem: "the chain of hashes is broken" };
    entries.push(entry);
  }
  return { entries, problem: null };
}

function parsed(line: string): LedgerEntry | null {
  try {
    const entry = JSON.parse(line) as LedgerEntry | null;
    return typeof entry === "object" ? entry : null;
  } catch {
    return null;
  }
}

/** Lines whose chain holds and that are not those that were confirmed: the file was written anew by hand. */
function refuseOtherLines(name: string, entries: readonly LedgerEntry[], anchor: LedgerAnchor): void {
  for (const hashes of [anchor.confirmed, anchor.announced])
    entries.forEach(({ hash }, line) => {
      if (hashes !== null && line < hashes.length && hashes[line] !== hash)
        throw broken(name, line, "the line is not the one that was confirmed");
    });
}

/** Each line is announced before and confirmed after it is written: between the three there is one step at most. */
function refuseAnchorsThatDiffer(
  path: string,
  entries: readonly LedgerEntry[],
  { announced, confirmed }: LedgerAnchor,
): void {
  const [name, anchorName] = [basename(path), basename(anchorFileOf(path))];
  const least = confirmed?.length ?? 0;
  const most = Math.min(least + 1, Math.max(least, announced?.length ?? least + 1));
  if (entries.length > most) throw broken(name, most, "no run wrote the line");
  if (announced !== null && announced.length > least + 1)
    throw new InputError(
      `${anchorName}: needs the hashes of ${announced.length - 1} lines at least; got ${least}, so the file was changed or removed; restore it or start a new run folder`,
    );
  if (announced === null && confirmed === null && entries.length > 0)
    throw new InputError(
      `${name}: needs its anchor, ${anchorName}, to tell whether it is whole; got none; restore it or start a new run folder`,
    );
}

function broken(name: string, line: number, problem: string): InputError {
  return new InputError(
    `${name}, line ${line + 1}: ${problem}; the file was changed by hand or cut; start a new run folder`,
  );
}
