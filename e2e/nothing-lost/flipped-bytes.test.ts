import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyRun } from "../../packages/node/src/store/verify-run.ts";
import { pointsOf, report, seededShares } from "./extent.ts";
import { run, sentinode } from "./program.ts";
import { differences, filesOf } from "./run-files.ts";
import { makeSmallData, rigFolder, type SmallData } from "./small-study.ts";

const place = rigFolder("flips");
const out = join(place, "run");
let data: SmallData;
let names: readonly string[];

const words = (folder: string) => [...sentinode, "run", data.study, "--out", folder, "--jobs", "1", "--json"];

beforeAll(async () => {
  data = makeSmallData(place);
  const { code, stderr } = await run(words(out));
  expect(code, stderr).toBe(0);
  names = Object.keys(filesOf(out));
}, 600_000);

afterAll(() => rmSync(place, { recursive: true }));

/** Changes one bit of a file, and gives back what restores it. */
function flip(path: string, share: () => number): () => void {
  const bytes = readFileSync(path);
  const changed = Buffer.from(bytes);
  changed[Math.floor(share() * bytes.length)] ^= 1 << Math.floor(share() * 8);
  writeFileSync(path, changed);
  return () => writeFileSync(path, bytes);
}

function isFound(): boolean {
  try {
    return verifyRun(out, undefined).problems.length > 0;
  } catch (error) {
    return error instanceof Error && error.name === "InputError";
  }
}

describe("a finished run of which one bit is another", () => {
  it("is found by verify, whatever the file", () => {
    expect(verifyRun(out, undefined).problems).toEqual([]);
    const files = names.filter((name) => !name.startsWith(".work"));
    const points = pointsOf({ short: 2 * files.length, long: 1000 });
    const share = seededShares(11);
    const missed: string[] = [];
    for (let point = 0; point < points; point++) {
      const name = files[point % files.length];
      const restore = flip(join(out, name), share);
      if (!isFound()) missed.push(name);
      restore();
    }
    expect(missed).toEqual([]);
    expect(verifyRun(out, undefined).problems).toEqual([]);
    report({
      rig: "flipped bit",
      what: `in the ${files.length} files of a finished run`,
      points,
      result: `${points - missed.length} found by \`sentinode verify\``,
    });
  });

  it("gives no other results where the bit was in its state: what is damaged is computed anew", async () => {
    const points = pointsOf({ short: 1, long: 20 });
    const share = seededShares(12);
    const results = (name: string) => /\.csv$|^models|^results|^features/.test(name);
    const expected = filesOf(out, results);
    let warned = 0;
    for (let point = 0; point < points; point++) {
      const copy = join(place, `copy-${point}`);
      mkdirSync(copy);
      cpSync(out, copy, { recursive: true });
      flip(join(copy, ".work", "state.sqlite"), share);
      const again = await run(words(copy));
      expect(again.code, again.stderr).toBe(0);
      expect(differences(filesOf(copy, results), expected)).toEqual([]);
      warned += Number(again.stderr.includes("damaged-state"));
      rmSync(copy, { recursive: true });
    }
    report({
      rig: "flipped bit",
      what: "in the state of a finished run that is run again",
      points,
      result: `${warned} named and computed anew, ${points - warned} of no effect; all gave the same results`,
    });
  });
});
