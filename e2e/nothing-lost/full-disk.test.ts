import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { pointsOf, report, spread } from "./extent.ts";
import { quickJobs } from "./jobs.ts";
import { run } from "./program.ts";
import { describeWith, withSbin } from "./requirements.ts";
import { differences, filesOf } from "./run-files.ts";
import { makeSmallData, rigFolder } from "./small-study.ts";

const place = rigFolder("full");
const disk = join(place, "disk");

afterAll(() => rmSync(place, { recursive: true }));

function mount(...words: readonly string[]): void {
  execFileSync("mount", [...words, disk], { env: withSbin });
}

/** Kilobytes of the disk that are in use. */
function usedKb(): number {
  const { blocks, bfree, bsize } = statfsSync(disk);
  return ((blocks - bfree) * bsize) / 1024;
}

describeWith(["tmpfs mounts"], "a disk that is full", {
  tests: 1,
  body: () => {
    it("ends a run with exit 2 in words; with more space it goes on to the same bytes", async () => {
      const [job] = quickJobs(makeSmallData(place));
      mkdirSync(disk);
      mount("-t", "tmpfs", "-o", "size=512m", "none");
      let mostKb = 0;
      const watch = setInterval(() => (mostKb = Math.max(mostKb, usedKb())), 5);
      const whole = await run(job.words(disk));
      clearInterval(watch);
      expect(whole.code, whole.stderr).toBe(0);
      const expected = filesOf(join(disk, "out"));
      execFileSync("umount", [disk], { env: withSbin });
      const sizes = spread(40, pointsOf({ short: 2, long: 40 })).map(
        (k) => (0.01 + (1.09 * (k - 1)) / 39) * mostKb,
      );
      let refused = 0;
      for (const size of sizes) {
        mount("-t", "tmpfs", "-o", `size=${Math.max(8, Math.ceil(size / 4) * 4)}k`, "none");
        try {
          const ended = await run(job.words(disk));
          expect([0, 2], ended.stderr).toContain(ended.code);
          if (ended.stderr.includes("progress")) expect(ended.stderr).toContain("little-space");
          if (ended.code === 2) {
            refused++;
            expect(ended.stderr).toMatch(/the disk is full|cannot be opened/);
            expect(ended.stderr).toMatch(/free some space|free space/);
            mount("-o", "remount,size=512m");
            const again = await run(job.words(disk));
            expect(again.code, again.stderr).toBe(0);
          }
          expect(differences(filesOf(join(disk, "out")), expected)).toEqual([]);
        } finally {
          execFileSync("umount", ["-l", disk], { env: withSbin });
        }
      }
      report({
        rig: "full disk",
        what: `a run on disks of 1 % to 110 % of the ${(mostKb / 1000).toFixed(1)} MB that it needs`,
        points: sizes.length,
        result: `${refused} ended with exit 2 in words, ${sizes.length - refused} done; all that read their data had warned of little space; all went on to the same bytes with more space`,
      });
    });
  },
});
