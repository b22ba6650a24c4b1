import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "@sentinode/core";
import { afterAll, describe, expect, it } from "vitest";
import { outputFolder } from "./output-folder.ts";
import { sha256OfFile } from "./sha256-of-file.ts";
import { writeFileAtomically } from "./write-file-atomically.ts";

const place = mkdtempSync(join(tmpdir(), "atomic-"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

describe("writeFileAtomically", () => {
  it("replaces the old file and leaves nothing beside it", async () => {
    const folder = join(place, "a");
    mkdirSync(folder);
    await writeFileAtomically(join(folder, "x.json"), "old");
    await writeFileAtomically(join(folder, "x.json"), "abc");
    expect([readFileSync(join(folder, "x.json"), "utf8"), readdirSync(folder)]).toEqual(["abc", ["x.json"]]);
    // SHA-256 of "abc", FIPS 180-4, appendix B.1.
    expect(await sha256OfFile(join(folder, "x.json"))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  it("leaves no temporary file where the final name cannot be taken", async () => {
    const folder = join(place, "b");
    mkdirSync(join(folder, "taken"), { recursive: true });
    await expect(writeFileAtomically(join(folder, "taken"), "x")).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(["taken"]);
  });
});

describe("outputFolder", () => {
  it("removes what dead processes left and keeps everything else", async () => {
    const folder = join(place, "c");
    mkdirSync(folder);
    // Process ids end below 2^22, so that this one cannot be alive.
    for (const name of [".x.json.99999999-1.sentinode-tmp", ".keep.tmp", "y.csv"])
      writeFileSync(join(folder, name), "");
    await outputFolder(folder);
    expect(readdirSync(folder).sort((a, b) => (a < b ? -1 : 1))).toEqual([".keep.tmp", "y.csv"]);
  });

  it("refuses a file in its place", async () => {
    writeFileSync(join(place, "d"), "");
    await expect(outputFolder(join(place, "d"))).rejects.toThrow(InputError);
    await expect(outputFolder(join(place, "d", "e"))).rejects.toThrow(InputError);
  });
});
