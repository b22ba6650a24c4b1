import { exactJson, fromExactJson } from "./exact-json.ts";
import { putRow, openStateDatabase, rowSum } from "./state-database.ts";
import { inFileTerms } from "./sqlite-errors.ts";

/** Results of finished pieces of work, kept so that an interrupted run goes on where it stopped. */
export interface Journal {
  /** Undefined: not known. */
  get(key: string): unknown;
  has(key: string): boolean;
  /** Returns when the value is on the disk. */
  append(kind: string, key: string, value: unknown): void;
  /** Forgets all values of a kind. */
  forget(kind: string): void;
  close(): void;
}

/** A journal whose values lie on the disk, and not in memory. */
export interface DiskJournal extends Journal {
  /** What was found damaged and is computed anew, in words; null: nothing. */
  readonly damage: string | null;
  isEmpty(): boolean;
}

/**
 * Opens a journal: a SQLite database in which each value is one transaction with a checksum.
 *
 * @param path Created when absent; its folder must exist. While it is open, and after a kill, `-wal` and `-shm` stand
 *   beside it.
 * @throws {Error} An error of the file system.
 */
export function openJournal(path: string): DiskJournal {
  const { database, damage } = openStateDatabase(path, "work");
  const ask = database.prepare("SELECT kind, sum, text FROM piece WHERE key = ?");
  const count = database.prepare("SELECT count(*) AS count FROM piece WHERE key = ?");
  const forget = database.prepare("DELETE FROM piece WHERE kind = ?");
  const all = database.prepare("SELECT count(*) AS count FROM piece");
  return {
    damage,
    has: (key) => count.get(key)!["count"] !== 0,
    get: (key) => {
      const row = ask.get(key);
      if (row === undefined) return undefined;
      const { kind, sum, text } = row as Record<"kind" | "sum" | "text", string>;
      if (rowSum({ key, kind, text }) !== sum)
        throw new Error("the journal changed while it was open; run the command again");
      return fromExactJson(text);
    },
    append: (kind, key, value) =>
      inFileTerms(path, () => putRow(database, { key, kind, text: exactJson(value) })),
    forget: (kind) =>
      inFileTerms(path, () => {
        if (forget.run(kind).changes === 0) return;
        try {
          database.exec("VACUUM");
        } catch (error) {
          // Giving space back needs space; without it the file stays larger than it must be.
          if (((error as { readonly errcode?: number }).errcode ?? 0) !== sqliteFull) throw error;
        }
      }),
    isEmpty: () => all.get()!["count"] === 0,
    close: () =>
      inFileTerms(path, () => {
        // Back in this mode the state is one file, which can be read where nothing can be written.
        if (database.isOpen) database.exec("PRAGMA journal_mode = DELETE");
        database.close();
      }),
  };
}

const sqliteFull = 13;

/** A journal that keeps results in memory only, for work that is not resumed. */
export function emptyJournal(): Journal {
  const values = new Map<string, { readonly kind: string; readonly value: unknown }>();
  return {
    get: (key) => values.get(key)?.value,
    has: (key) => values.has(key),
    append: (kind, key, value) => void values.set(key, { kind, value }),
    forget: (kind) => {
      for (const [key, kept] of values) if (kept.kind === kind) values.delete(key);
    },
    close: () => undefined,
  };
}
