import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "@sentinode/core";
import { afterAll, describe, expect, it } from "vitest";
import { resolveInside } from "./paths.ts";

const place = mkdtempSync(join(tmpdir(), "paths-"));
const folder = join(place, "data");
mkdirSync(join(folder, "images"), { recursive: true });
writeFileSync(join(place, "secret.txt"), "x");
symlinkSync(place, join(folder, "out"));
symlinkSync(join(folder, "images"), join(folder, "in"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

describe("resolveInside", () => {
  it("gives the absolute path of files below the folder, also of those that do not exist yet", () => {
    expect(resolveInside(folder, "images/a.png")).toBe(join(folder, "images/a.png"));
    expect(resolveInside(folder, "images\\new\\b.png")).toBe(join(folder, "images/new/b.png"));
    expect(resolveInside(folder, "in/a.png")).toBe(join(folder, "in/a.png"));
  });

  it.each([
    "",
    " ",
    "../secret.txt",
    "images/../../secret.txt",
    "..\\secret.txt",
    "/etc/passwd",
    "C:\\x",
    "\\\\host\\x",
    "a\0b",
    "images/.. /x",
    "out/secret.txt",
  ])("refuses %j", (path) => {
    expect(() => resolveInside(folder, path)).toThrow(InputError);
  });

  it("prints hostile characters as escapes", () => {
    expect(() => resolveInside(folder, "../\u001b[2Jx")).toThrow(/\\u001b/);
  });
});
