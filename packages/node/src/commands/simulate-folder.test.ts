import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "@sentinode/core";
import { simulateFolder } from "./simulate-folder.ts";

let parent = "";
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "sentinode-simulate-"));
});
afterEach(async () => {
  await rm(parent, { recursive: true });
});

async function hashes(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const entries = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return [
      path.slice(folder.length),
      createHash("sha256")
        .update(await readFile(path))
        .digest("hex"),
    ] as const;
  });
  return Object.fromEntries((await Promise.all(entries)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("simulateFolder", () => {
  it("writes table, images, masks, protocol and truth, the same bytes each time", async () => {
    const [one, two] = [join(parent, "one"), join(parent, "two")];
    expect(await simulateFolder({ patients: 4, seed: 5, out: one })).toBe(join(one, "study.yaml"));
    await simulateFolder({ patients: 4, seed: 5, out: two });
    expect(Object.keys(await hashes(one))).toHaveLength(4 + 2 * 4);
    expect(await hashes(two)).toEqual(await hashes(one));
    expect(await readFile(join(one, "README.txt"), "utf8")).toMatch(/^SIMULATED DATA/);
  });

  it("writes over a simulated folder and leaves nothing of it behind", async () => {
    const [again, fresh] = [join(parent, "again"), join(parent, "fresh")];
    await simulateFolder({ patients: 5, seed: 5, out: again });
    await simulateFolder({ patients: 2, seed: 6, out: again });
    await simulateFolder({ patients: 2, seed: 6, out: fresh });
    expect(await hashes(again)).toEqual(await hashes(fresh));
  });

  it("refuses a folder with other files and leaves them alone", async () => {
    await writeFile(join(parent, "cohort.csv"), "real\n");
    await expect(simulateFolder({ patients: 2, seed: 5, out: parent })).rejects.toThrow(InputError);
    expect(await readdir(parent)).toEqual(["cohort.csv"]);
  });

  it("leaves no protocol when it is interrupted", async () => {
    const out = join(parent, "interrupted");
    const interruption = new AbortController();
    const terminal = { progress: () => interruption.abort() };
    await expect(
      simulateFolder({ patients: 3, seed: 5, out }, terminal, interruption.signal),
    ).rejects.toThrow();
    expect(await readdir(out)).not.toContain("study.yaml");
  });
});
