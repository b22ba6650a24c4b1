import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";

/** Results of finished pieces of work, kept so that an interrupted run goes on where it stopped. */
export interface Journal {
  get(key: string): unknown;
  append(key: string, value: unknown): void;
  close(): void;
}

/** A line of a journal. */
export interface JournalLine {
  readonly key: string;
  readonly sum: string;
  readonly value: unknown;
}

/**
 * Opens an append-only journal. A last line torn by a kill is cut off; a line whose checksum fails ends what is trusted.
 *
 * @param path Created when absent; its folder must exist.
 */
export function openJournal(path: string): Journal {
  const values = new Map<string, unknown>();
  if (existsSync(path)) truncateSync(path, readTrusted(path, values));
  const file = openSync(path, "a", 0o600);
  return {
    get: (key) => values.get(key),
    append: (key, value) => {
      values.set(key, value);
      writeSync(file, journalLine(key, value));
    },
    close: () => {
      fsyncSync(file);
      closeSync(file);
    },
  };
}

/** Fills `values` and returns how many bytes of the file can be trusted. */
function readTrusted(path: string, values: Map<string, unknown>): number {
  const bytes = readFileSync(path);
  let trusted = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, trusted)) {
    const line = parseJournalLine(bytes.toString("utf8", trusted, end));
    if (line === null) break;
    values.set(line.key, line.value);
    trusted = end + 1;
  }
  return trusted;
}

/** The text of a line, with its line break. */
export function journalLine(key: string, value: unknown): string {
  const line: JournalLine = { key, sum: checksum(key, value), value };
  return `${JSON.stringify(line)}\n`;
}

/** The line in a text, or null where its checksum fails. */
export function parseJournalLine(text: string): JournalLine | null {
  try {
    const line = JSON.parse(text) as JournalLine;
    return line.sum === checksum(line.key, line.value) ? line : null;
  } catch {
    return null;
  }
}

function checksum(key: string, value: unknown): string {
  return createHash("sha256")
    .update(key)
    .update("\0")
    .update(JSON.stringify(value))
    .digest("hex")
    .slice(0, 16);
}

/** A journal that keeps results in memory only, for work that is not resumed. */
export function emptyJournal(): Journal {
  const values = new Map<string, unknown>();
  return {
    get: (key) => values.get(key),
    append: (key, value) => void values.set(key, value),
    close: () => undefined,
  };
}
