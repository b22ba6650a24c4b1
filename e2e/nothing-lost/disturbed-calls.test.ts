import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pointsOf, report, spread } from "./extent.ts";
import { type Job, quickJobs } from "./jobs.ts";
import { run } from "./program.ts";
import { describeWith } from "./requirements.ts";
import { differences, filesOf, given, isCompleted, isGiven } from "./run-files.ts";
import { makeSmallData, rigFolder } from "./small-study.ts";
import { busyCalls, countCalls, disturbed, type MutatingCall, mutatingCalls } from "./traced-calls.ts";

const place = rigFolder("calls");
let point = 0;

interface Reference {
  readonly job: Job;
  readonly files: Readonly<Record<string, string>>;
  readonly calls: ReadonlyMap<MutatingCall, number>;
}

const references = new Map<string, Reference>();

afterAll(() => rmSync(place, { recursive: true }));

/** Calls that fail, and how. */
const failures: readonly (readonly [MutatingCall, string])[] = [
  ["fsync", "EIO"],
  ["pwrite64", "ENOSPC"],
  ["rename", "EIO"],
  ["pwrite64", "EIO"],
  ["rename", "ENOSPC"],
  ["link", "EIO"],
  ["mkdir", "ENOSPC"],
  ["ftruncate", "EIO"],
];

/** Which calls of a kind are disturbed. */
function placesOf(calls: ReadonlyMap<MutatingCall, number>, call: MutatingCall, long: number): number[] {
  const last = calls.get(call) ?? 0;
  return last === 0 ? [] : spread(last, pointsOf({ short: 1, long: Math.min(last, long) }));
}

/** Disturbs one call, looks at what was left, lets the same command go on, and compares. */
async function disturb(
  { job, files }: Reference,
  words: (own: readonly string[]) => readonly string[],
  look: (ended: Awaited<ReturnType<typeof run>>, out: string) => void,
): Promise<boolean> {
  const folder = join(place, String(point++));
  mkdirSync(folder);
  const out = join(folder, "out");
  const ended = await run(words(job.words(folder)));
  look(ended, out);
  const wasDisturbed = ended.code !== 0;
  if (wasDisturbed && isCompleted(out)) {
    expect(differences(filesOf(out, isGiven), given(files))).toEqual([]);
    rmSync(folder, { recursive: true });
    return true;
  }
  if (wasDisturbed) {
    const again = await run(job.words(folder));
    expect(again.code, again.stderr).toBe(0);
  }
  expect(differences(filesOf(out), files)).toEqual([]);
  rmSync(folder, { recursive: true });
  return wasDisturbed;
}

/** Files that stand under their final names are those of an undisturbed run: none is half. */
function expectNoHalfFile(out: string, files: Readonly<Record<string, string>>): void {
  if (!existsSync(out)) return;
  const working = /^\.|\/\.|^ledger/;
  for (const [name, content] of Object.entries(filesOf(out, (file) => !working.test(file))))
    expect(content, name).toBe(files[name]);
}

describeWith(["strace"], "calls of the system that are disturbed", {
  tests: 4,
  body: () => {
    beforeAll(async () => {
      for (const job of quickJobs(makeSmallData(place))) {
        const folder = join(place, `whole-${job.name}`);
        mkdirSync(folder);
        const calls = await countCalls(job, folder, join(place, "log"));
        references.set(job.name, { job, files: filesOf(join(folder, "out")), calls });
      }
    }, 600_000);

    describe.each(["run", "extract"])("in the command %s", (name) => {
      it("by a kill: the same command goes on to the same bytes", async () => {
        const reference = references.get(name)!;
        const counts: string[] = [];
        let [points, kills] = [0, 0];
        // Every call of those that do nothing else, and some of the others.
        for (const call of mutatingCalls) {
          const places = placesOf(reference.calls, call, busyCalls.includes(call) ? 20 : Infinity);
          for (const when of places) {
            const wasKilled = await disturb(
              reference,
              (own) => disturbed(call, `signal=KILL:when=${when}`, own),
              (_ended, out) => expectNoHalfFile(out, reference.files),
            );
            kills += Number(wasKilled);
          }
          points += places.length;
          counts.push(`${call} ${places.length} of ${reference.calls.get(call) ?? 0}`);
        }
        report({
          rig: "kill -9 at a call",
          what: `\`${name}\`: ${counts.join(", ")}`,
          points,
          result: `${kills} killed, all went on to the same bytes; no half file under its final name`,
        });
      });

      it("by an error: exit 2 in words, no half file, and the same command goes on to the same bytes", async () => {
        const reference = references.get(name)!;
        const errors = failures.slice(0, pointsOf({ short: 3, long: failures.length }));
        const repeats = ["", "+"].slice(0, pointsOf({ short: 1, long: 2 }));
        let [points, refusals] = [0, 0];
        for (const [call, error] of errors)
          for (const when of placesOf(reference.calls, call, 30))
            // One failure, and failures from there on.
            for (const repeat of repeats) {
              points++;
              const wasRefused = await disturb(
                reference,
                (own) => disturbed(call, `error=${error}:when=${when}${repeat}`, own),
                (ended, out) => {
                  expect([0, 2], `${call} ${when}: ${ended.stderr}`).toContain(ended.code);
                  if (ended.code === 2)
                    expect(ended.stderr).toMatch(
                      /the disk is full|the disk answered with an error|cannot be opened/,
                    );
                  expectNoHalfFile(out, reference.files);
                },
              );
              refusals += Number(wasRefused);
            }
        report({
          rig: "failing call",
          what: `\`${name}\`: ${errors.map((pair) => pair.join(" ")).join(", ")}; ${repeats.length === 1 ? "once" : "once, and from there on"}`,
          points,
          result: `${refusals} refused with exit 2 in words, ${points - refusals} done all the same; no half file; all went on to the same bytes`,
        });
      });
    });
  },
});
