import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openDiskJournal } from "./disk-journal.ts";
import { emptyJournal, openJournal } from "./journal.ts";

const place = mkdtempSync(join(tmpdir(), "journal-"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

let path = "";
let count = 0;
const values = { first: [0.1 + 0.2, null], second: { text: "Größe\n\u2028" }, third: "last" };

describe.each([
  ["whose values stay in memory", openJournal],
  ["whose values stay on disk", openDiskJournal],
])("a journal %s", (_where, open) => {
  beforeEach(() => {
    path = join(place, `${count++}.jsonl`);
    const journal = open(path);
    for (const [key, value] of Object.entries(values)) journal.append(key, value);
    journal.close();
  });

  /** What a journal that is opened again still knows. */
  function known(): Record<string, unknown> {
    const journal = open(path);
    const entries = Object.keys({ ...values, more: 0 }).map((key) => [key, journal.get(key)] as const);
    journal.close();
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  it("knows after a restart what it was given, to the last bit", () => {
    expect(known()).toEqual(values);
  });

  it("knows at once what it was given, before it is closed", () => {
    const journal = open(path);
    journal.append("more", 4);
    expect(journal.get("more")).toBe(4);
    expect(known()).toEqual({ ...values, more: 4 });
    journal.close();
  });

  it("cuts off a last line torn at any byte, keeps the lines before, and goes on after them", () => {
    const whole = readFileSync(path);
    const start = whole.subarray(0, -1).lastIndexOf(10) + 1;
    for (let length = start; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      const journal = open(path);
      expect(journal.get("third")).toBeUndefined();
      journal.append("more", length);
      journal.close();
      expect(known()).toEqual({ first: values.first, second: values.second, more: length });
    }
  });

  it("trusts no line from the first one on whose checksum fails", () => {
    writeFileSync(path, readFileSync(path, "utf8").replace("Größe", "Grösse"));
    expect(known()).toEqual({ first: values.first });
    expect(readFileSync(path, "utf8").trimEnd().split("\n")).toHaveLength(1);
  });

  it("trusts no value under another key", () => {
    writeFileSync(path, readFileSync(path, "utf8").replace('"key":"first"', '"key":"more"'));
    expect(known()).toEqual({});
  });

  it("starts anew over bytes that are no journal", () => {
    for (const text of ["", "\n\n", "null\n", "{}\n", '{"key":1}\n', "\u0000\u0001"]) {
      writeFileSync(path, text);
      expect(known()).toEqual({});
      expect(statSync(path).size).toBe(0);
    }
  });

  it("takes the later of two values of a key", () => {
    const journal = open(path);
    journal.append("first", "again");
    journal.close();
    expect(known()).toEqual({ ...values, first: "again" });
  });

  it("can be read by its owner alone", () => {
    if (process.platform !== "win32") expect(statSync(path).mode & 0o077).toBe(0);
  });

  it("loses nothing where a torn line was followed by nothing but a cut", () => {
    appendFileSync(path, '{"key":"more"');
    truncateSync(path, statSync(path).size - 3);
    expect(known()).toEqual(values);
  });
});

describe("a journal on disk", () => {
  it("reads back more than it holds in a chunk, in any order, with long lines among short ones", () => {
    path = join(place, "long.jsonl");
    const value = (k: number) => ({ k, text: "ü".repeat(k % 50 === 7 ? 700_000 : k) });
    const journal = openDiskJournal(path);
    expect(journal.isEmpty()).toBe(true);
    for (let k = 0; k < 120; k++) journal.append(`key ${k}`, value(k));
    journal.close();
    const again = openDiskJournal(path);
    expect(again.isEmpty()).toBe(false);
    for (let k = 119; k >= 0; k--) expect(again.get(`key ${k}`)).toEqual(value(k));
    again.close();
  });
});

describe("a journal in memory", () => {
  it("remembers, and is empty anew", () => {
    const journal = emptyJournal();
    journal.append("first", 1);
    expect([journal.get("first"), emptyJournal().get("first")]).toEqual([1, undefined]);
    journal.close();
  });
});
