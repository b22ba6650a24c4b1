import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";

/** What a rig needs of the machine, each with its probe. */
const probes = {
  strace: () => execFileSync("strace", ["-qq", "-o", "/dev/null", "true"]),
  "tmpfs mounts": () => inFolder((place) => mounted(place, ["-t", "tmpfs", "-o", "size=64k", "none"])),
  "loop-mounted ext4": () =>
    inFolder((place) => {
      const image = join(place, "probe.img");
      for (const words of [
        ["truncate", "-s", "8M", image],
        ["mkfs.ext4", "-q", "-F", image],
        ["perl", "-e", "use Fcntl"],
      ])
        execFileSync(words[0], words.slice(1), { stdio: "ignore", env: withSbin });
      mounted(join(place, "disk"), ["-o", "loop", image]);
    }),
} as const;

/** System programs such as mkfs.ext4 are not on everybody's path. */
export const withSbin: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`,
};

function inFolder(probe: (place: string) => void): void {
  const place = mkdtempSync(join(tmpdir(), "probe-"));
  try {
    probe(place);
  } finally {
    rmSync(place, { recursive: true });
  }
}

function mounted(on: string, words: readonly string[]): void {
  mkdirSync(on, { recursive: true });
  execFileSync("mount", [...words, on], { stdio: "ignore", env: withSbin });
  execFileSync("umount", [on], { env: withSbin });
}

/**
 * A suite that is skipped, loudly, where the machine lacks what it needs.
 *
 * @param tests Number of tests in it, for the message.
 */
export function describeWith(
  needs: readonly (keyof typeof probes)[],
  name: string,
  { tests, body }: { readonly tests: number; readonly body: () => void },
): void {
  const missing = needs.filter((need) => !isThere(need));
  if (missing.length > 0)
    console.warn(`${name}: ${String(tests)} skipped: this machine has no ${missing.join(", no ")}`);
  describe.skipIf(missing.length > 0)(name, body);
}

/** Whether the machine has what a rig needs. */
export function isThere(need: keyof typeof probes): boolean {
  try {
    probes[need]();
    return true;
  } catch {
    return false;
  }
}
