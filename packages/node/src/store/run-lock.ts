import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { InputError } from "@sentinode/core";
import { removeDurably, replaceDurably } from "../files/durable-files.ts";
import { temporaryName } from "../files/left-overs.ts";

/** Locks of this process; a lock with its id that is not among them was left by a dead one with the same id. */
const held = new Set<string>();

/**
 * Claims a run folder for this process; a lock that a dead process left is taken over.
 *
 * @param path Of the lock file; its folder exists.
 * @returns Gives the folder free.
 * @throws {InputError} Another living process works in the folder.
 */
export function claimRunFolder(path: string): () => void {
  const owner = `${hostname()} ${String(process.pid)}`;
  for (let attempt = 0; ; attempt++) {
    try {
      createWhole(path, owner);
      held.add(path);
      return () => {
        if (held.delete(path)) giveFree(path);
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 0) throw error;
      const [, host, pid] = /^(\S+) (\d+)$/.exec(readFileSync(path, "utf8")) ?? [];
      if (host === undefined || pid === undefined)
        throw new InputError(
          `the run folder's lock names no process; if none works in the folder, remove ${path}; otherwise wait for it`,
        );
      if (host !== hostname() || isAtWork(path, Number(pid)))
        throw new InputError(
          `the run folder is in use by process ${pid} on ${host}; wait for it, or name another folder with --out`,
        );
      rmSync(path, { force: true });
    }
  }
}

/** A lock that stays after all is that of a dead process, and taken over: no error of the disk matters here. */
function giveFree(path: string): void {
  try {
    removeDurably(path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

/** Makes a file that has its content from the first moment on, also after a power loss. */
function createWhole(path: string, text: string): void {
  const temporary = join(dirname(path), temporaryName(basename(path)));
  replaceDurably(temporary, text);
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "ENOSYS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    // A file system without hard links.
    writeFileSync(path, text, { flag: "wx", mode: 0o600, flush: true });
  } finally {
    rmSync(temporary, { force: true });
  }
}

function isAtWork(path: string, pid: number): boolean {
  // In a container that is started again, the dead process and this one often have the same id.
  if (pid === process.pid) return held.has(path);
  try {
    return process.kill(pid, 0) && !isDefunct(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether a process is dead and only waits for its parent to take note; where the system does not tell, it is not. */
function isDefunct(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${String(pid)}/stat`, "utf8"));
  } catch {
    return false;
  }
}
