import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, renameSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { synchroniseFolder } from "../files/durable-files.ts";
import { inFileTerms } from "./sqlite-errors.ts";

/** A row of the state: one finished piece of work, or one line of an anchor. */
export interface StateRow {
  readonly key: string;
  readonly kind: string;
  /** JSON. */
  readonly text: string;
}

/** The state of a run, open. */
export interface StateDatabase {
  readonly database: DatabaseSync;
  /** What was found damaged and left out, in words; null: nothing. */
  readonly damage: string | null;
}

/** Marks the file as ours ("Stnd") and names the form of its tables. */
const applicationId = 0x53746e64;
const schemaVersion = 1;

const schema = `
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
  CREATE TABLE piece (key TEXT PRIMARY KEY, kind TEXT NOT NULL, sum TEXT NOT NULL, text TEXT NOT NULL) STRICT;
`;

/**
 * Opens the state of a run; what is damaged is left out, so that it is computed anew.
 *
 * @param path Created when absent, for its owner alone; its folder must exist.
 * @param use For work each row is checked, which takes some 3 ms a megabyte; a single line needs no check of the others.
 * @throws {Error} An error of the file system.
 */
export function openStateDatabase(path: string, use: "work" | "a line"): StateDatabase {
  return inFileTerms(path, () => {
    const database = opened(path, use);
    try {
      if (!isOurs(database)) return mended(path, [], database);
      if (use === "a line") return { database, damage: null };
      if (!isSound(database)) return mended(path, soundRows(database), database);
      const bad = badKeys(database);
      const forget = database.prepare("DELETE FROM piece WHERE key = ?");
      for (const key of bad) forget.run(key);
      return { database, damage: bad.length === 0 ? null : inWords(path, `${bad.length} entries`) };
    } catch (error) {
      if (isDamage(error)) return mended(path, soundRows(database), database);
      database.close();
      throw error;
    }
  });
}

/** The checksum of a row: a value under another key, of another kind or with another text has another one. */
export function rowSum({ key, kind, text }: StateRow): string {
  return createHash("sha256").update(`${kind}\0${key}\0`).update(text).digest("hex").slice(0, 32);
}

/** Adds a row, or takes the place of that with its key. */
export function putRow(database: DatabaseSync, row: StateRow): void {
  database
    .prepare("INSERT OR REPLACE INTO piece (key, kind, sum, text) VALUES (?, ?, ?, ?)")
    .run(row.key, row.kind, rowSum(row), row.text);
}

function opened(path: string, use: "work" | "a line" = "work"): DatabaseSync {
  if (!existsSync(path)) {
    closeSync(openSync(path, "a", 0o600));
    synchroniseFolder(dirname(path));
  }
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    // FULL in WAL, and EXTRA in any mode: a commit returns when it survives a power loss, which NORMAL does not promise.
    database.exec(
      use === "work"
        ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        : "PRAGMA synchronous = EXTRA;",
    );
  } catch (error) {
    if (!isDamage(error)) {
      database.close();
      throw error;
    }
  }
  return database;
}

/** Makes the tables of an empty file; false where the file is something else. */
function isOurs(database: DatabaseSync): boolean {
  const [tables] = Object.values(database.prepare("SELECT count(*) FROM sqlite_schema").get()!);
  const [version] = Object.values(database.prepare("PRAGMA user_version").get()!);
  const [application] = Object.values(database.prepare("PRAGMA application_id").get()!);
  if (tables === 0 && version === 0 && application === 0) {
    database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
    return true;
  }
  return version === schemaVersion && application === applicationId;
}

function isSound(database: DatabaseSync): boolean {
  const [answer] = Object.values(database.prepare("PRAGMA integrity_check(1)").get()!);
  return answer === "ok";
}

function badKeys(database: DatabaseSync): string[] {
  const bad: string[] = [];
  for (const row of database.prepare("SELECT key, kind, sum, text FROM piece").iterate())
    if (toSoundRow(row) === null) bad.push(String(row["key"]));
  return bad;
}

/** The rows of a damaged file that can be read and whose checksums hold. */
function soundRows(database: DatabaseSync): StateRow[] {
  const rows: StateRow[] = [];
  try {
    for (const read of database.prepare("SELECT key, kind, sum, text FROM piece NOT INDEXED").iterate()) {
      const row = toSoundRow(read);
      if (row !== null) rows.push(row);
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  return rows;
}

function toSoundRow({ key, kind, sum, text }: Record<string, SQLOutputValue>): StateRow | null {
  const row = { key: String(key), kind: String(kind), text: String(text) };
  return rowSum(row) === sum ? row : null;
}

/** A new file of the rows that can be trusted, in the place of the damaged one. */
function mended(path: string, rows: readonly StateRow[], damaged: DatabaseSync): StateDatabase {
  damaged.close();
  const fresh = `${path}.mended`;
  for (const ending of ["", "-wal", "-shm"]) rmSync(`${fresh}${ending}`, { force: true });
  const copy = opened(fresh);
  isOurs(copy);
  copy.exec("BEGIN");
  for (const row of rows) putRow(copy, row);
  copy.exec("COMMIT");
  copy.close();
  for (const ending of ["-wal", "-shm"]) rmSync(`${path}${ending}`, { force: true });
  renameSync(fresh, path);
  synchroniseFolder(dirname(path));
  return { database: opened(path), damage: inWords(path, `all but ${rows.length} entries`) };
}

function inWords(path: string, what: string): string {
  return `${basename(path)}: ${what} of the kept work are damaged or of another version; they are not used and computed anew`;
}

/** Whether SQLite found that a file is damaged or none of its own. */
function isDamage(error: unknown): boolean {
  const code = (error as { readonly errcode?: number }).errcode ?? 0;
  return [11, 26].includes(code & 255) || /no such (table|column)/.test(String(error));
}
