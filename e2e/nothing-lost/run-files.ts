import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * The files of a folder: path and what must be the same in every run, to the byte.
 *
 * Times, durations and the place of the data are left out of `run.json`, times and hashes of times out of the ledger; of
 * the state, the entries count and not their places in the file.
 */
export function filesOf(
  folder: string,
  isWanted: (name: string) => boolean = () => true,
): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => isWanted(name) && statSync(join(folder, name)).isFile())
    .sort((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(files.map((name) => [name, contentOf(join(folder, name), name)]));
}

function contentOf(path: string, name: string): string {
  const timeless = Object.hasOwn(readers, name) ? readers[name] : undefined;
  const content = timeless === undefined ? readFileSync(path) : timeless(path);
  return createHash("sha256").update(content).digest("hex");
}

const readers: Readonly<Record<string, (path: string) => string>> = {
  "run.json": (path) => {
    const run = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    return JSON.stringify({ ...run, finished: null, seconds: null, jobs: null, data: null });
  },
  "ledger.jsonl": (path) =>
    readFileSync(path, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => {
        const { index, event, details } = JSON.parse(line) as Record<string, unknown>;
        return JSON.stringify({ index, event, details }, withoutHashOfTimes);
      })
      .join("\n"),
  "ledger.anchor.json": (path) =>
    String((JSON.parse(readFileSync(path, "utf8")) as { hashes: [] }).hashes.length),
  ".work/state.sqlite": (path) => JSON.stringify(entriesOf(path, "extract")),
};

/** Hashes of files that hold a time differ from run to run. */
function withoutHashOfTimes(key: string, value: unknown): unknown {
  return key === "run.json" ? null : value;
}

/** The entries of a kind in the state of a run, in the order of their keys. The files stay as they are. */
export function entriesOf(state: string, kind: string): readonly unknown[] {
  if (!existsSync(state)) return [];
  const copy = mkdtempSync(join(tmpdir(), "state-"));
  try {
    for (const ending of ["", "-wal", "-journal"])
      if (existsSync(`${state}${ending}`)) copyFileSync(`${state}${ending}`, join(copy, `state${ending}`));
    const database = new DatabaseSync(join(copy, "state"));
    try {
      const tables = database.prepare("SELECT name FROM sqlite_schema").all();
      if (tables.length === 0) return [];
      return database.prepare("SELECT key, text FROM piece WHERE kind = ? ORDER BY key").all(kind);
    } finally {
      database.close();
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/**
 * Whether the ledger of a run ends with its completion: a command that was killed after that has nothing to go on with, and
 * the same command is another run, which opens the held-out outcomes once more.
 */
export function isCompleted(out: string): boolean {
  const ledger = join(out, "ledger.jsonl");
  if (!existsSync(ledger)) return false;
  const last = readFileSync(ledger, "utf8").split("\n").at(-2) ?? "";
  return last.includes('"event":"run completed"');
}

/** What a run gives to people: not its working state, nor the confirmation of its last line. */
export function isGiven(name: string): boolean {
  return !name.startsWith(".work") && name !== "ledger.anchor.json";
}

/** Those of a folder's files that are given to people. */
export function given(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => isGiven(name)));
}

/** Names of files that differ between two folders, or are in one alone. */
export function differences(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => one[name] !== other[name]);
}
