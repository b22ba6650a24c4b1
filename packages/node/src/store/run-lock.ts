import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { InputError } from "@sentinode/core";

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
      const file = openSync(path, "wx", 0o600);
      writeSync(file, owner);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 0) throw error;
      const [host = "", pid = ""] = readFileSync(path, "utf8").split(" ");
      if (host !== hostname() || isAlive(Number(pid)))
        throw new InputError(
          `the run folder is in use by process ${pid} on ${host}; wait for it, or name another folder with --out`,
        );
      rmSync(path, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
