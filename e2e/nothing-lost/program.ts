import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** Words that start the program of this checkout. */
export const sentinode: readonly string[] = [process.execPath, join(root, "packages/node/bin/sentinode.js")];

/** How a program ended, and what it said. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** Seconds until the first line of progress; null: there was none. */
  readonly firstProgress: number | null;
}

/** Nothing but the study is written: no compiled code is kept; asynchronous file work has one thread. */
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_DISABLE_COMPILE_CACHE: "1",
  NODE_OPTIONS: "",
  UV_THREADPOOL_SIZE: "1",
};

/**
 * Runs a program to its end.
 *
 * @param words The program and its arguments.
 * @param onStart Sees the process, which leads a group of its own, to end it.
 */
export async function run(words: readonly string[], onStart?: (child: ChildProcess) => void): Promise<Ended> {
  const started = performance.now();
  const child = spawn(words[0], words.slice(1), { env: environment, detached: true });
  const said = { stdout: "", stderr: "" };
  let firstProgress: number | null = null;
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.stderr += text;
    if (text.includes('"progress"')) firstProgress ??= (performance.now() - started) / 1000;
  });
  onStart?.(child);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((settle, reject) => {
    child.once("error", reject);
    child.once("close", (...end) => settle(end));
  });
  return { code, signal, ...said, seconds: (performance.now() - started) / 1000, firstProgress };
}

/** Kills a process and all that it started after some time, unless it ended before. */
export function killAfter(child: ChildProcess, milliseconds: number): void {
  const timer = setTimeout(() => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, "SIGKILL");
  }, milliseconds);
  child.once("exit", () => clearTimeout(timer));
}

/** What the lines of progress confirmed last: pieces done, by step. */
export function confirmed({ stderr }: Ended): ReadonlyMap<string, number> {
  const done = new Map<string, number>();
  for (const line of stderr.split("\n").slice(0, -1)) {
    if (!line.startsWith('{"progress"')) continue;
    const { progress } = JSON.parse(line) as { progress: { step: string; done: number } };
    done.set(progress.step, progress.done);
  }
  return done;
}

/** What the first line of progress of a step says is done. */
export function begunWith({ stderr }: Ended, step: string): number | null {
  const line = stderr.split("\n").find((text) => text.startsWith(`{"progress":{"step":"${step}"`));
  return line === undefined ? null : (JSON.parse(line) as { progress: { done: number } }).progress.done;
}
