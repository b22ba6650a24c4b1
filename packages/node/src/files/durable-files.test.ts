import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { appendDurably, makeFolder, removeDurably, replaceDurably } from "./durable-files.ts";

const place = mkdtempSync(join(tmpdir(), "durable-"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

describe("makeFolder", () => {
  it("makes what is missing, says what that was, and leaves what is there", () => {
    const [outer, inner] = [join(place, "a"), join(place, "a", "b")];
    expect(makeFolder(inner, 0o700)).toEqual([outer, inner]);
    expect(makeFolder(inner)).toEqual([]);
    if (process.platform !== "win32") expect(statSync(inner).mode & 0o777).toBe(0o700);
  });

  it("says that a file stands in the way", () => {
    writeFileSync(join(place, "file"), "");
    expect(() => makeFolder(join(place, "file", "b"))).toThrow(/ENOTDIR/);
  });
});

describe("a file that is appended to, replaced, removed", () => {
  it("has what was written, for its owner alone, and nothing stands beside it", () => {
    const folder = join(place, "c");
    const path = join(folder, "x.txt");
    makeFolder(folder);
    appendDurably(path, "Größe\n");
    appendDurably(path, "2\n");
    expect(readFileSync(path, "utf8")).toBe("Größe\n2\n");
    replaceDurably(path, "new");
    expect([readFileSync(path, "utf8"), readdirSync(folder)]).toEqual(["new", ["x.txt"]]);
    if (process.platform !== "win32") expect(statSync(path).mode & 0o077).toBe(0);
    removeDurably(path);
    removeDurably(path);
    expect(existsSync(path)).toBe(false);
  });

  it("keeps the old file and leaves nothing where it cannot be replaced", () => {
    const folder = join(place, "d");
    makeFolder(join(folder, "taken", "by a folder"));
    expect(() => replaceDurably(join(folder, "taken"), "x")).toThrow();
    expect(readdirSync(folder)).toEqual(["taken"]);
  });
});
