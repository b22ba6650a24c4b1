import { existsSync } from "node:fs";
import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";

/** Left-overs of interrupted writes carry this ending. */
const TEMPORARY = /^\..+\.[0-9]+-[0-9]+\.sentinode-tmp$/;

let written = 0;

/** A name beside a file that no other write uses, and that tells whose left-over it would be. */
export function temporaryName(name: string): string {
  return `.${name}.${process.pid}-${++written}.sentinode-tmp`;
}

/**
 * Removes what interrupted writes of dead processes left in a folder.
 *
 * @returns The number of files removed; 0 where there is no folder.
 */
export async function removeLeftOvers(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const names = (await readdir(folder)).filter((name) => TEMPORARY.test(name) && !belongsToLiving(name));
  await Promise.all(names.map((name) => unlink(join(folder, name)).catch(() => undefined)));
  return names.length;
}

function belongsToLiving(name: string): boolean {
  const id = Number(/\.([0-9]+)-[0-9]+\.sentinode-tmp$/.exec(name)![1]);
  // A name of this process that it did not give was left by a dead one with the same id, as containers have them.
  if (id === process.pid) return Number(/-([0-9]+)\.sentinode-tmp$/.exec(name)![1]) <= written;
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
