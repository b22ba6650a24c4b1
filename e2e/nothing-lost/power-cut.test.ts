import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { pointsOf, report, seededShares } from "./extent.ts";
import { confirmed, run, sentinode } from "./program.ts";
import { describeWith, withSbin } from "./requirements.ts";
import { differences, entriesOf, filesOf, given, isCompleted, isGiven } from "./run-files.ts";
import { makeSmallData, rigFolder } from "./small-study.ts";

const place = rigFolder("power");
const [image, disk] = [join(place, "disk.img"), join(place, "disk")];

afterAll(() => rmSync(place, { recursive: true }));

const system = (program: string, ...words: readonly string[]) =>
  execFileSync(program, words, { env: withSbin, stdio: ["ignore", "pipe", "ignore"], encoding: "utf8" });

/** EXT4_IOC_SHUTDOWN without a flush of the log: from now on nothing reaches the disk, as when the power goes. */
function cutPower(): void {
  const ioctl =
    'use Fcntl; sysopen(F, $ARGV[0], O_RDONLY) or die; my $f = pack("L", 2); ioctl(F, 0x8004587d, $f) or die';
  system("perl", "-e", ioctl, disk);
}

/** Hashes that the file beside the ledger names: lines that were on the disk before it was written. */
function anchored(out: string): readonly string[] {
  const path = join(out, "ledger.anchor.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { hashes: string[] }).hashes : [];
}

/** Files under their final names that have no byte. */
function emptyFiles(out: string): string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out, { recursive: true, encoding: "utf8" }).filter((name) => {
    const { size, isFile } = statOf(join(out, name));
    return isFile && size === 0 && !/sentinode-tmp$|state\.sqlite/.test(name);
  });
}

function statOf(path: string): { readonly size: number; readonly isFile: boolean } {
  const found = statSync(path);
  return { size: found.size, isFile: found.isFile() };
}

describeWith(["loop-mounted ext4"], "a power cut", {
  tests: 1,
  body: () => {
    it("loses nothing that was confirmed, and the same command goes on to the same bytes", async () => {
      const data = makeSmallData(place);
      mkdirSync(disk);
      const words = (out: string) => [...sentinode, "run", data.study, "--out", out, "--jobs", "2", "--json"];
      const whole = await run(words(join(place, "whole")));
      expect(whole.code, whole.stderr).toBe(0);
      const expected = filesOf(join(place, "whole"));
      system("truncate", "-s", "96M", image);
      const points = pointsOf({ short: 2, long: 50 });
      const share = seededShares(1844);
      const found = { cut: 0, pieces: 0, lines: 0, finished: 0 };
      for (let point = 0; point < points; point++) {
        system("mkfs.ext4", "-q", "-F", image);
        system("mount", "-o", "loop", image, disk);
        const out = join(disk, "run");
        let known: readonly string[] = [];
        try {
          let isCut = false;
          const ended = await run(words(out), (child) => {
            const timer = setTimeout(
              () => {
                known = anchored(out);
                cutPower();
                isCut = true;
                child.kill("SIGKILL");
              },
              share() * whole.seconds * 1000,
            );
            child.once("exit", () => clearTimeout(timer));
          });
          if (!isCut) {
            known = anchored(out);
            cutPower();
          }
          found.cut += Number(isCut);
          system("umount", disk);
          system("mount", "-o", "loop", image, disk);
          // What was printed before the cut is there: finished images, lines of the ledger, a finished run.
          const kept = entriesOf(join(out, ".work", "state.sqlite"), "extract").length;
          const images = confirmed(ended).get("measuring images") ?? 0;
          expect(kept).toBeGreaterThanOrEqual(images);
          const ledger = existsSync(join(out, "ledger.jsonl"))
            ? readFileSync(join(out, "ledger.jsonl"), "utf8")
            : "";
          for (const hash of known) expect(ledger).toContain(hash);
          expect(emptyFiles(out)).toEqual([]);
          const isFinished = ended.code === 0;
          found.pieces += images;
          found.lines += known.length;
          found.finished += Number(isFinished);
          const isOver = isFinished || isCompleted(out);
          if (!isOver) {
            const again = await run(words(out));
            expect(again.code, again.stderr).toBe(0);
          }
          const isCutAtEnd = isOver && !isFinished;
          expect(
            isCutAtEnd
              ? differences(filesOf(out, isGiven), given(expected))
              : differences(filesOf(out), expected),
          ).toEqual([]);
        } finally {
          system("umount", disk);
        }
        system("fsck.ext4", "-f", "-n", image);
      }
      report({
        rig: "power cut",
        what: "a run with images and 2 workers on a loop-mounted ext4 that is shut down at random moments",
        points,
        result: `${found.cut} cut before the end, ${found.finished} finished; all ${found.pieces} confirmed images and ${found.lines} confirmed lines of ledgers were there; no empty file; fsck clean; all went on to the same bytes`,
      });
    });
  },
});
