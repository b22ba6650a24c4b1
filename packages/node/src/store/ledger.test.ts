import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentHash, InputError } from "@sentinode/core";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { appendToLedger, type LedgerEntry, readLedger } from "./ledger.ts";

const place = mkdtempSync(join(tmpdir(), "ledger-"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

let path = "";
let count = 0;
beforeEach(() => {
  path = join(place, `${count++}.jsonl`);
  appendToLedger(path, "models fitted", { models: ["C", "CA"] });
  appendToLedger(path, "held-out outcomes opened", { dataset: "test", patients: 75 });
  appendToLedger(path, "held-out outcomes opened", { dataset: "prospective", patients: 40 });
});

const lines = () => readFileSync(path, "utf8").trimEnd().split("\n");
const write = (changed: readonly string[]) =>
  writeFileSync(path, changed.map((line) => `${line}\n`).join(""));

/** A line with another content and the hash that belongs to it. */
function forged(line: string): string {
  const { index, time, event, details, previous } = JSON.parse(line) as LedgerEntry;
  const unhashed = { index, time, event, details: { ...details, patients: 1 }, previous };
  return JSON.stringify({ ...unhashed, hash: contentHash(unhashed) });
}

describe("a ledger", () => {
  it("is empty where there is no file", () => {
    expect(readLedger(join(place, "none.jsonl"))).toEqual([]);
  });

  it("gives back its entries in order, each with the hash of the one before", () => {
    const entries = readLedger(path);
    expect(entries.map(({ index, event }) => [index, event])).toEqual([
      [0, "models fitted"],
      [1, "held-out outcomes opened"],
      [2, "held-out outcomes opened"],
    ]);
    expect(entries.map(({ previous }) => previous)).toEqual([null, entries[0].hash, entries[1].hash]);
    for (const { hash, ...unhashed } of entries) expect(hash).toBe(contentHash(unhashed));
  });

  it("leaves the lines alone that it has when it gets another", () => {
    const before = readFileSync(path, "utf8");
    const entry = appendToLedger(path, "models fitted", {});
    expect(readFileSync(path, "utf8")).toBe(`${before}${JSON.stringify(entry)}\n`);
  });

  it.each<[string, (all: string[]) => string[]]>([
    ["a changed number", ([a, b, c]) => [a, b.replace("75", "74"), c]],
    ["a changed time", ([a, b, c]) => [a, b.replace(/"time":"\d{4}/, '"time":"1999'), c]],
    ["a line that was taken out", ([a, , c]) => [a, c]],
    ["a first line that was taken out", ([, b, c]) => [b, c]],
    ["lines in another order", ([a, b, c]) => [a, c, b]],
    ["a line that stands twice", ([a, b, c]) => [a, b, b, c]],
    ["a line with a new hash of its own", ([a, b, c]) => [a, forged(b), c]],
    ["an empty line", ([a, b, c]) => [a, "", b, c]],
    ["a line that is no JSON", ([a, b, c]) => [a, b, c.slice(0, 40)]],
    ["a line that is JSON of another kind", ([a, b, c]) => [a, b, c, "{}"]],
  ])("refuses %s, and adds nothing to it", (_what, change) => {
    write(change(lines()));
    const before = readFileSync(path, "utf8");
    expect(() => readLedger(path)).toThrow(InputError);
    expect(() => readLedger(path)).toThrow(/^ledger.jsonl, line \d/);
    expect(() => appendToLedger(path, "models fitted", {})).toThrow(InputError);
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  it("refuses a last line torn at any byte", () => {
    const whole = readFileSync(path, "utf8");
    const start = whole.lastIndexOf("\n", whole.length - 2) + 1;
    for (let length = start + 1; length < whole.length; length++) {
      writeFileSync(path, whole.slice(0, length));
      expect(() => readLedger(path)).toThrow(/line 3: the line has no end/);
    }
  });
});
