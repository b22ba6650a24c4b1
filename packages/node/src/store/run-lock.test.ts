import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "@sentinode/core";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { claimRunFolder } from "./run-lock.ts";

const place = mkdtempSync(join(tmpdir(), "lock-"));
afterAll(() => {
  rmSync(place, { recursive: true });
});

let path = "";
let count = 0;
beforeEach(() => {
  path = join(place, `${count++}.lock`);
});

/** Process ids end below 2^22, so that this one cannot be alive. */
const DEAD = 99_999_999;
const own = `${hostname()} ${process.pid}`;

describe("claimRunFolder", () => {
  it("holds the folder until it is given free, and then for whoever comes next", () => {
    const release = claimRunFolder(path);
    expect(readFileSync(path, "utf8")).toBe(own);
    expect(() => claimRunFolder(path)).toThrow(InputError);
    release();
    expect(existsSync(path)).toBe(false);
    claimRunFolder(path)();
  });

  it("gives free what it holds and nothing that was claimed after it", () => {
    const release = claimRunFolder(path);
    release();
    writeFileSync(path, "another 1");
    release();
    expect(existsSync(path)).toBe(true);
  });

  it("takes over the lock of a dead process", () => {
    writeFileSync(path, `${hostname()} ${DEAD}`);
    const release = claimRunFolder(path);
    expect(readFileSync(path, "utf8")).toBe(own);
    release();
  });

  it("takes over the lock of a dead process that had the id of this one", () => {
    writeFileSync(path, own);
    claimRunFolder(path)();
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ["a living process", `${hostname()} ${process.ppid}`],
    ["a process on another machine, of which nothing is known", `elsewhere.example ${DEAD}`],
  ])("respects the lock of %s", (_what, owner) => {
    writeFileSync(path, owner);
    expect(() => claimRunFolder(path)).toThrow(/is in use by process \d+ on/);
    expect(readFileSync(path, "utf8")).toBe(owner);
  });

  it.each(["", "\n", "a b c", `${hostname()} 0x1`, `${hostname()} -1`])(
    "says what to do with a lock that names no process: %j",
    (text) => {
      writeFileSync(path, text);
      expect(() => claimRunFolder(path)).toThrow(InputError);
      expect(() => claimRunFolder(path)).toThrow(/names no process; .*remove/);
      expect(readFileSync(path, "utf8")).toBe(text);
    },
  );
});
