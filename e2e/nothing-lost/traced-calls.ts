import { readFileSync } from "node:fs";
import type { Job } from "./jobs.ts";
import { run } from "./program.ts";

/** Calls of the system that change files. */
export const mutatingCalls = [
  "rename",
  "link",
  "unlink",
  "mkdir",
  "ftruncate",
  "fsync",
  "pwrite64",
  "write",
  "openat",
] as const;

/** One of them. */
export type MutatingCall = (typeof mutatingCalls)[number];

/** Those that mostly read programs and wake threads. */
export const busyCalls: readonly MutatingCall[] = ["write", "openat"];

/** How often each call is made by the thread that makes it most: strace counts thread by thread. */
export async function countCalls(
  job: Job,
  folder: string,
  log: string,
): Promise<ReadonlyMap<MutatingCall, number>> {
  await run([
    "strace",
    "-f",
    "-qq",
    "--seccomp-bpf",
    "-o",
    log,
    "-e",
    `trace=${mutatingCalls.join(",")}`,
    ...job.words(folder),
  ]);
  const byThread = new Map<string, number>();
  for (const line of readFileSync(log, "utf8").split("\n")) {
    const made = /^(\d+) +([a-z0-9]+)\(/.exec(line);
    if (made === null) continue;
    const key = `${made[2]} ${made[1]}`;
    byThread.set(key, (byThread.get(key) ?? 0) + 1);
  }
  const most = (call: string) =>
    Math.max(0, ...[...byThread].flatMap(([key, count]) => (key.startsWith(`${call} `) ? [count] : [])));
  return new Map(mutatingCalls.map((call) => [call, most(call)]));
}

/** Words that run a command and disturb its calls, e.g. `signal=KILL:when=3`; with a filter strace would not disturb them. */
export function disturbed(call: MutatingCall, how: string, words: readonly string[]): string[] {
  return [
    "strace",
    "-f",
    "-qq",
    "-o",
    "/dev/null",
    "-e",
    `trace=${call}`,
    "-e",
    `inject=${call}:${how}`,
    ...words,
  ];
}
