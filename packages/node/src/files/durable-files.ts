import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { temporaryName } from "./left-overs.ts";
import { withPlace } from "./machine-refusal.ts";

/** Systems and file systems that cannot synchronise a folder answer with one of these. */
const NOT_FOR_FOLDERS = ["EACCES", "EINVAL", "EISDIR", "ENOTSUP"];

/** Makes new and removed names of a folder survive a power loss, where the system can do that. */
export function synchroniseFolder(folder: string): void {
  if (process.platform === "win32") return;
  let handle: number | undefined;
  try {
    handle = openSync(folder, "r");
    fsyncSync(handle);
  } catch (error) {
    if (!NOT_FOR_FOLDERS.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/**
 * Makes a folder, and those above it that are missing, so that it survives a power loss.
 *
 * @param mode Of the folders that are made.
 * @returns The folders that were made, outermost first.
 */
export function makeFolder(path: string, mode = 0o777): readonly string[] {
  const missing: string[] = [];
  for (let folder = path; !existsSync(folder) && folder !== dirname(folder); folder = dirname(folder))
    missing.unshift(folder);
  // One by one: made together, a folder that cannot be made is reported as one that is missing.
  for (const folder of missing) {
    try {
      mkdirSync(folder, { mode });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    synchroniseFolder(dirname(folder));
  }
  return missing;
}

/** Removes a file, or a folder with all that it holds, so that it stays removed after a power loss. */
export function removeDurably(path: string): void {
  if (!existsSync(path)) return;
  rmSync(path, { recursive: true, force: true });
  synchroniseFolder(dirname(path));
}

/**
 * Appends text to a file and returns when it is on the disk; a new file's name too.
 *
 * @throws {Error} An error of the file system.
 */
export function appendDurably(path: string, text: string, mode = 0o600): void {
  const isNew = !existsSync(path);
  const bytes = Buffer.from(text);
  const file = openSync(path, "a", mode);
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    fsyncSync(file);
  } catch (error) {
    throw withPlace(error, path, bytes.length);
  } finally {
    closeSync(file);
  }
  if (isNew) synchroniseFolder(dirname(path));
}

/**
 * Replaces a small file in one step, as `writeFileAtomically` does, where waiting is not possible.
 *
 * @throws {Error} An error of the file system; the old file is then untouched.
 */
export function replaceDurably(path: string, text: string, mode = 0o600): void {
  const temporary = join(dirname(path), temporaryName(basename(path)));
  try {
    const file = openSync(temporary, "wx", mode);
    try {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw withPlace(error, path, Buffer.byteLength(text));
  }
  synchroniseFolder(dirname(path));
}
