import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { emptyJournal, openJournal } from "./journal.ts";

const place = mkdtempSync(join(tmpdir(), "journal-"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

let path = "";
let count = 0;
const values = {
  first: [0.1 + 0.2, null],
  second: { text: "Größe\n\u2028\u0000" },
  third: ["last", NaN, -0, Infinity],
};

beforeEach(() => {
  path = join(place, `${count++}.sqlite`);
  const journal = openJournal(path);
  for (const [key, value] of Object.entries(values)) journal.append("fit", key, value);
  journal.close();
});

/** What a journal that is opened again still knows, and whether it found something damaged. */
function known(): { readonly values: Record<string, unknown>; readonly isDamaged: boolean } {
  const journal = openJournal(path);
  const keys = Object.keys({ ...values, more: 0 }).filter((key) => journal.has(key));
  const found = Object.fromEntries(keys.map((key) => [key, journal.get(key)]));
  const isDamaged = journal.damage !== null;
  journal.close();
  return { values: found, isDamaged };
}

/** Changes the database behind the journal's back. */
function sql(text: string): void {
  const database = new DatabaseSync(path);
  database.exec(text);
  database.close();
}

describe("a journal", () => {
  it("knows after a restart what it was given, to the last bit", () => {
    expect(known()).toEqual({ values, isDamaged: false });
  });

  it("knows at once what it was given, and nothing of what it was not", () => {
    const journal = openJournal(path);
    journal.append("fit", "more", 4);
    expect([journal.get("more"), journal.get("other"), journal.has("other")]).toEqual([4, undefined, false]);
    journal.close();
  });

  it("knows after a kill what it was given before: each value is a commit", () => {
    const journal = openJournal(path);
    journal.append("fit", "more", 4);
    // The files as a kill leaves them: what is committed stands in the log beside the database.
    const killed = `${path}.killed`;
    for (const ending of ["", "-wal"]) writeFileSync(`${killed}${ending}`, readFileSync(`${path}${ending}`));
    journal.close();
    path = killed;
    expect(known().values).toEqual({ ...values, more: 4 });
  });

  it("takes the later of two values of a key", () => {
    const journal = openJournal(path);
    journal.append("fit", "first", "again");
    journal.close();
    expect(known().values).toEqual({ ...values, first: "again" });
  });

  it("forgets one kind and keeps the others", () => {
    const journal = openJournal(path);
    journal.append("extract", "more", 4);
    journal.forget("fit");
    expect(journal.isEmpty()).toBe(false);
    journal.forget("extract");
    expect(journal.isEmpty()).toBe(true);
    journal.close();
  });

  it("is one file when it is closed, small again after it forgot, for its owner alone", () => {
    const journal = openJournal(path);
    for (let k = 0; k < 50; k++) journal.append("fit", `key ${k}`, "x".repeat(20_000));
    journal.forget("fit");
    journal.close();
    expect(readdirSync(place).filter((name) => name.startsWith(`${count - 1}.sqlite`))).toEqual([
      `${count - 1}.sqlite`,
    ]);
    expect(statSync(path).size).toBeLessThan(20_000);
    if (process.platform !== "win32") expect(statSync(path).mode & 0o077).toBe(0);
  });

  it.each([
    ["whose value was changed", "UPDATE piece SET text = '[1,2]' WHERE key = 'first'"],
    ["that stands under another key", "UPDATE piece SET key = 'more' WHERE key = 'first'"],
    ["of another kind", "UPDATE piece SET kind = 'extract' WHERE key = 'first'"],
    ["without its checksum", "UPDATE piece SET sum = '' WHERE key = 'first'"],
  ])("does not trust an entry %s, says so once, and keeps the others", (_what, change) => {
    sql(change);
    const { second, third } = values;
    const others = { second, third };
    expect(known()).toEqual({ values: others, isDamaged: true });
    expect(known()).toEqual({ values: others, isDamaged: false });
  });

  it.each([
    ["another version of the tables", "PRAGMA user_version = 2"],
    ["a database of something else", "PRAGMA application_id = 7"],
  ])("starts anew over %s, and says so", (_what, change) => {
    sql(change);
    expect(known()).toEqual({ values: {}, isDamaged: true });
    expect(known()).toEqual({ values: {}, isDamaged: false });
  });

  it("starts anew over bytes that are no database, and says so", () => {
    for (const text of ["\n\n", "null\n", '{"key":1}\n', "SQLite format 3\u0000", "x".repeat(9000)]) {
      writeFileSync(path, text);
      expect(known()).toEqual({ values: {}, isDamaged: true });
    }
    writeFileSync(path, "");
    expect(known()).toEqual({ values: {}, isDamaged: false });
  });

  it("gives back no wrong value whatever byte of the file is another", () => {
    const text = (k: number) => `${k} ${"Ω".repeat(50 + 13 * k)}`;
    const journal = openJournal(path);
    for (let k = 0; k < 40; k++) journal.append("extract", `key ${k}`, text(k));
    journal.close();
    const whole = readFileSync(path);
    let lost = 0;
    for (let at = 0; at < whole.length; at += 397) {
      const changed = Buffer.from(whole);
      changed[at] ^= 1 << (at % 8);
      writeFileSync(path, changed);
      const again = openJournal(path);
      for (let k = 0; k < 40; k++) {
        if (!again.has(`key ${k}`)) lost++;
        else expect(again.get(`key ${k}`)).toBe(text(k));
      }
      again.append("extract", "more", at);
      expect(again.get("more")).toBe(at);
      again.close();
    }
    expect(lost).toBeGreaterThan(0);
  });

  it("opens a file cut at any page", () => {
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length += 2048) {
      writeFileSync(path, whole.subarray(0, length));
      const { values: found } = known();
      for (const [key, value] of Object.entries(found)) expect(value).toEqual({ ...values, more: 0 }[key]);
    }
  });

  it("says where the machine cannot write, in the words of the file system", () => {
    const nowhere = join(place, "none", "state.sqlite");
    expect(() => openJournal(nowhere)).toThrow(/ENOENT/);
    expect(existsSync(join(place, "none"))).toBe(false);
  });

  it("fails rather than give a value that was changed while it was open", () => {
    const journal = openJournal(path);
    sql("UPDATE piece SET text = '1' WHERE key = 'first'");
    expect(() => journal.get("first")).toThrow(/changed while it was open/);
    journal.close();
  });

  it("survives a log that was torn", () => {
    const journal = openJournal(path);
    journal.append("fit", "more", 4);
    journal.append("fit", "first", "again");
    const [database, log] = [readFileSync(path), readFileSync(`${path}-wal`)];
    journal.close();
    for (let length = 0; length <= log.length; length += 1031) {
      writeFileSync(path, database);
      writeFileSync(`${path}-wal`, log.subarray(0, length));
      const found = known().values;
      expect([{ ...values }, { ...values, more: 4 }, { ...values, more: 4, first: "again" }]).toContainEqual(
        found,
      );
    }
    writeFileSync(path, database);
    const file = openSync(`${path}-wal`, "w");
    writeSync(file, log);
    closeSync(file);
    expect(known().values).toEqual({ ...values, more: 4, first: "again" });
  });
});

describe("a journal in memory", () => {
  it("remembers, forgets a kind, and is empty anew", () => {
    const journal = emptyJournal();
    journal.append("fit", "first", 1);
    journal.append("extract", "second", 2);
    expect([journal.get("first"), journal.has("first"), emptyJournal().get("first")]).toEqual([
      1,
      true,
      undefined,
    ]);
    journal.forget("fit");
    expect([journal.get("first"), journal.get("second")]).toEqual([undefined, 2]);
    journal.close();
  });
});
