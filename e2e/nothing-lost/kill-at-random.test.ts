import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pointsOf, report, seededShares } from "./extent.ts";
import { begunWith, confirmed, killAfter, run, sentinode } from "./program.ts";
import { isThere } from "./requirements.ts";
import { differences, entriesOf, filesOf, given, isCompleted, isGiven } from "./run-files.ts";
import { makeSmallData, rigFolder, type SmallData } from "./small-study.ts";

const place = rigFolder("kill");
const workers = 2;
/** With strace it is counted how many images were begun; without, all else is tried all the same. */
const isTraced = isThere("strace");
const trace = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=openat", "-o"];
let data: SmallData;
let expected: Readonly<Record<string, string>>;
let seconds: number;

const words = (out: string) => [
  ...sentinode,
  "run",
  data.study,
  "--out",
  out,
  "--jobs",
  `${workers}`,
  "--json",
];

beforeAll(async () => {
  data = makeSmallData(place);
  const whole = await run(words(join(place, "whole")));
  expect(whole.code, whole.stderr).toBe(0);
  expected = filesOf(join(place, "whole"));
  seconds = whole.seconds;
}, 600_000);

afterAll(() => rmSync(place, { recursive: true }));

/** Images that worker threads, whose calls have another id than the main thread's, began to read. */
function imagesBegun(log: string, main: string): number {
  const opened = readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => !line.startsWith(`${main} `))
    .flatMap(
      (line) =>
        /openat\([^"]*"([^"]*\/images\/[^"]+)", O_RDONLY[^)]*(?:\) = \d|<unfinished)/.exec(line)?.[1] ?? [],
    )
    .filter((name) => !name.endsWith("m.pgm"));
  return new Set(opened).size;
}

describe("a run that is killed at random moments", () => {
  it("goes on where it stopped, to the same bytes, and repeats one image a worker at most", async () => {
    const points = pointsOf({ short: 3, long: 100 });
    const share = seededShares(20_26);
    const found = { killed: 0, kept: 0, twice: 0, slowest: 0 };
    for (let point = 0; found.killed < points && point < 3 * points; point++) {
      const out = join(place, `run-${point}`);
      const log = join(place, `log-${point}`);
      let main = "";
      const killed = await run(
        [...(isTraced ? [...trace, log] : []), "sh", "-c", 'echo "$$"; exec "$@"', "sh", ...words(out)],
        (child) => {
          child.stdout?.once("data", (text: string) => {
            main = text.split("\n")[0];
          });
          killAfter(child, share() * seconds * 1000);
        },
      );
      if (killed.code === 0) {
        // The machine was faster than when the time was taken: the next moments are drawn from this one's.
        seconds = Math.min(seconds, killed.seconds);
      } else {
        found.killed++;
        const isOver = isCompleted(out);
        const kept = entriesOf(join(out, ".work", "state.sqlite"), "extract").length;
        expect(kept).toBeGreaterThanOrEqual(confirmed(killed).get("measuring images") ?? 0);
        if (isOver) {
          expect(differences(filesOf(out, isGiven), given(expected))).toEqual([]);
          rmSync(out, { recursive: true });
          continue;
        }
        const again = await run(words(out));
        expect(again.code, again.stderr).toBe(0);
        expect(begunWith(again, "measuring images")).toBe(kept);
        found.kept += kept;
        if (isTraced) {
          const begun = imagesBegun(log, main);
          expect(begun).toBeGreaterThanOrEqual(kept);
          found.twice = Math.max(found.twice, begun - kept);
        }
        found.slowest = Math.max(found.slowest, again.firstProgress ?? 0);
      }
      expect(differences(filesOf(out), expected)).toEqual([]);
      rmSync(out, { recursive: true });
    }
    expect(found.twice).toBeLessThanOrEqual(workers);
    report({
      rig: "kill -9",
      what: `a run with images and ${workers} workers, at random moments of ${seconds.toFixed(1)} s`,
      points: found.killed,
      result: `all went on to the same bytes; ${found.kept} finished images were not measured again, ${isTraced ? `at most ${found.twice} in a point were begun twice` : "how many were begun twice was not counted"}; the first line of progress of a resumed run came after ${found.slowest.toFixed(1)} s at most`,
    });
  });
});

describe("a run in the folder of a finished one", () => {
  it("measures no image again", async () => {
    const again = await run(words(join(place, "whole")));
    expect(again.code, again.stderr).toBe(0);
    expect(begunWith(again, "measuring images")).toBe(100);
  });
});
