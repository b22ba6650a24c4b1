import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentHash, InputError } from "@sentinode/core";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { anchorFileOf, announce } from "./ledger-anchor.ts";
import { appendToLedger, type LedgerEntry, mendLedger, readLedger } from "./ledger.ts";

const place = mkdtempSync(join(tmpdir(), "ledger-"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

let path = "";
let count = 0;
beforeEach(() => {
  const folder = join(place, `${count++}`);
  mkdirSync(folder);
  path = join(folder, "ledger.jsonl");
  appendToLedger(path, "models fitted", { models: ["C", "CA"] });
  appendToLedger(path, "outcomes opened", { dataset: "test", patients: 75 });
  appendToLedger(path, "outcomes opened", { dataset: "prospective", patients: 40 });
});

const lines = () => readFileSync(path, "utf8").trimEnd().split("\n");
const write = (changed: readonly string[]) =>
  writeFileSync(path, changed.map((line) => `${line}\n`).join(""));

/** A line with another content and the hash that belongs to it. */
function forged(line: string, previous?: string): string {
  const { index, time, event, details, ...links } = JSON.parse(line) as LedgerEntry;
  const unhashed = {
    index,
    time,
    event,
    details: { ...details, patients: 1 },
    previous: previous ?? links.previous,
  };
  return JSON.stringify({ ...unhashed, hash: contentHash(unhashed) });
}

const hashOf = (line: string) => (JSON.parse(line) as LedgerEntry).hash;

/** A fourth line as a run would write it. */
function nextLine(): string {
  const last = JSON.parse(lines().at(-1)) as LedgerEntry;
  const unhashed = { index: 3, time: last.time, event: "more", details: {}, previous: last.hash };
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
      [1, "outcomes opened"],
      [2, "outcomes opened"],
    ]);
    expect(entries.map(({ previous }) => previous)).toEqual([null, entries[0].hash, entries[1].hash]);
    for (const { hash, ...unhashed } of entries) expect(hash).toBe(contentHash(unhashed));
  });

  it("leaves the lines alone that it has when it gets another", () => {
    const before = readFileSync(path, "utf8");
    const entry = appendToLedger(path, "models fitted", {});
    expect(readFileSync(path, "utf8")).toBe(`${before}${JSON.stringify(entry)}\n`);
  });

  it.each<[string, number, (all: string[]) => string[]]>([
    ["a changed number", 2, ([a, b, c]) => [a, b.replace('"patients":75', '"patients":74'), c]],
    ["a changed time", 2, ([a, b, c]) => [a, b.replace(/"time":"\d{4}/, '"time":"1999'), c]],
    ["a space", 2, ([a, b, c]) => [a, b.replace(",", ", "), c]],
    ["a line that was taken out", 2, ([a, , c]) => [a, c]],
    ["a first line that was taken out", 1, ([, b, c]) => [b, c]],
    ["a last line that was taken out", 3, ([a, b]) => [a, b]],
    ["last lines that were taken out", 2, ([a]) => [a]],
    ["lines that were all taken out", 1, () => []],
    ["lines in another order", 2, ([a, b, c]) => [a, c, b]],
    ["a line that stands twice", 3, ([a, b, c]) => [a, b, b, c]],
    ["a last line that stands twice", 4, ([a, b, c]) => [a, b, c, c]],
    ["a line that was added at the end, with hashes that fit", 4, (all) => [...all, nextLine()]],
    ["a line with a new hash of its own", 2, ([a, b, c]) => [a, forged(b), c]],
    ["a last line with a new hash of its own", 3, ([a, b, c]) => [a, b, forged(c)]],
    ["lines whose hashes were all made anew", 2, ([a, b, c]) => [a, forged(b), forged(c, hashOf(forged(b)))]],
    ["an empty line", 2, ([a, b, c]) => [a, "", b, c]],
    ["an empty line at the end", 4, (all) => [...all, ""]],
    ["a line that is no JSON", 3, ([a, b, c]) => [a, b, c.slice(0, 40)]],
    ["a line that is JSON of another kind", 4, ([a, b, c]) => [a, b, c, "{}"]],
    ["a line that is null", 4, ([a, b, c]) => [a, b, c, "null"]],
  ])("refuses %s, names line %d, and adds nothing to it", (_what, bad, change) => {
    write(change(lines()));
    const before = readFileSync(path, "utf8");
    expect(() => readLedger(path)).toThrow(InputError);
    expect(() => readLedger(path)).toThrow(new RegExp(`^ledger.jsonl, line ${bad}: `));
    expect(() => appendToLedger(path, "models fitted", {})).toThrow(InputError);
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  it("refuses a last line torn at any byte after it was confirmed", () => {
    const whole = readFileSync(path, "utf8");
    const start = whole.lastIndexOf("\n", whole.length - 2) + 1;
    for (let length = start + 1; length < whole.length; length++) {
      writeFileSync(path, whole.slice(0, length));
      expect(() => readLedger(path)).toThrow(/line 3: the line has no end/);
    }
  });

  it("refuses to go on without the file beside it, and with one that is shorter or no anchor", () => {
    const anchor = anchorFileOf(path);
    const { hashes, schema } = JSON.parse(readFileSync(anchor, "utf8")) as {
      hashes: string[];
      schema: string;
    };
    rmSync(anchor);
    expect(() => readLedger(path)).toThrow(/^ledger/);
    writeFileSync(anchor, `${JSON.stringify({ schema, hashes: hashes.slice(0, 1) }, null, 1)}\n`);
    expect(() => readLedger(path)).toThrow(/^ledger/);
    for (const text of ["", "null", "{", '{"hashes":[1]}']) {
      writeFileSync(anchor, text);
      expect(() => readLedger(path)).toThrow(/^ledger\.anchor\.json: /);
    }
  });

  it("goes on where the run's state was removed, and finds a cut end then too", () => {
    rmSync(join(path, "..", ".work"), { recursive: true });
    expect(readLedger(path)).toHaveLength(3);
    const whole = lines();
    write(whole.slice(0, 2));
    expect(() => readLedger(path)).toThrow(/line 3: .* missing/);
    write(whole);
    appendToLedger(path, "more", {});
    expect(readLedger(path)).toHaveLength(4);
  });
});

describe("a ledger whose last line was being written when the power went", () => {
  const announced = () => {
    const line = nextLine();
    announce(path, [...lines().map(hashOf), hashOf(line)]);
    return line;
  };

  it("has no such line where none of it reached the disk", () => {
    announced();
    expect([readLedger(path).length, mendLedger(path)]).toEqual([3, []]);
    appendToLedger(path, "more", { again: true });
    expect(readLedger(path)).toHaveLength(4);
  });

  it("has the line where all of it did", () => {
    appendFileSync(path, `${announced()}\n`);
    expect([readLedger(path).length, mendLedger(path), readLedger(path).length]).toEqual([4, [], 4]);
    appendToLedger(path, "more", {});
    expect(readLedger(path)).toHaveLength(5);
  });

  it("leaves the line out where it was torn at any byte or has holes, says so, and goes on", () => {
    const before = readFileSync(path, "utf8");
    const line = announced();
    const torn = Array.from({ length: line.length }, (_, length) => line.slice(0, length + 1));
    for (const tail of [...torn.filter((_, at) => at % 9 === 0), "\0\0\0", `\0\0${line.slice(2)}\n`]) {
      write(lines().slice(0, 3));
      announced();
      writeFileSync(path, `${before}${tail}`);
      expect(readLedger(path)).toHaveLength(3);
      expect(mendLedger(path).map(({ code, message }) => [code, message.slice(0, 21)])).toEqual([
        ["ledger-torn-line", "ledger.jsonl, line 4:"],
      ]);
      expect(readFileSync(path, "utf8")).toBe(before);
    }
    appendToLedger(path, "more", {});
    expect(readLedger(path)).toHaveLength(4);
  });

  it("is refused where another line stands in its place, or a line before it was changed", () => {
    const before = readFileSync(path, "utf8");
    const line = announced();
    writeFileSync(path, `${before}${forged(line)}\n`);
    expect(() => readLedger(path)).toThrow(/line 4: the line is not the one/);
    writeFileSync(path, `${before.replace('"patients":75', '"patients":74')}${line.slice(0, 20)}`);
    expect(() => readLedger(path)).toThrow(/line 2: /);
  });
});

describe("a thousand changes at random", () => {
  it("are all found, each at the first line that is not as it was", () => {
    for (let more = 0; more < 9; more++) appendToLedger(path, "step", { more, name: `Größe ${more}` });
    const whole = lines();
    let state = 2026;
    // Park and Miller's generator.
    const below = (end: number) => (state = (state * 48_271) % 2_147_483_647) % end;
    const changes: readonly ((all: string[]) => string[])[] = [
      (all) => all.filter((_, at) => at !== whole.length - 1 - below(whole.length)),
      (all) => {
        const [at, character] = [below(all.length), below(all[0].length)];
        all[at] =
          `${all[at].slice(0, character)}${String.fromCharCode(33 + below(90))}${all[at].slice(character + 1)}`;
        return all;
      },
      (all) => {
        const [a, b] = [below(all.length), below(all.length)];
        [all[a], all[b]] = [all[b], all[a]];
        return all;
      },
      (all) => all.toSpliced(below(all.length + 1), 0, all[below(all.length)]),
      (all) => all.slice(0, below(all.length)),
      (all) => {
        const at = below(all.length);
        return all.map((line, k) => (k === at ? forged(line) : line));
      },
    ];
    let made = 0;
    while (made < 1000) {
      const changed = changes[made % changes.length]([...whole]);
      const first = whole.findIndex((line, at) => changed[at] !== line);
      if (first < 0 && changed.length === whole.length) continue;
      made++;
      write(changed);
      const named = first < 0 ? whole.length + 1 : first + 1;
      expect(() => readLedger(path)).toThrow(new RegExp(`^ledger\\.jsonl, line ${named}: `));
    }
    write(whole);
    expect(readLedger(path)).toHaveLength(whole.length);
  });
});
