import { open, readdir, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Left-overs of interrupted writes carry this ending. */
const TEMPORARY = /^\..+\.[0-9]+-[0-9]+\.sentinode-tmp$/;

let written = 0;

/**
 * Writes a file so that after a crash or power loss it is either the old one or the new one, never half of it.
 *
 * @param path Final place; its folder exists.
 * @param content Text is written as UTF-8; pieces are written as they come.
 * @throws {Error} An error of the file system; the temporary file is then removed and the old file untouched.
 * @source Pillai et al. 2014 (OSDI), ALICE: a rename is durable only once the folder is synchronised too.
 */
export async function writeFileAtomically(
  path: string,
  content: Uint8Array | string | Iterable<string> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const temporary = join(dirname(path), temporaryName(basename(path)));
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await synchroniseFolder(dirname(path));
}

/** A name beside a file that no other write uses, and that tells whose left-over it would be. */
export function temporaryName(name: string): string {
  return `.${name}.${process.pid}-${++written}.sentinode-tmp`;
}

/**
 * Removes what interrupted writes of dead processes left in a folder.
 *
 * @returns The number of files removed.
 */
export async function removeLeftOvers(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => TEMPORARY.test(name) && !belongsToLiving(name));
  await Promise.all(names.map((name) => unlink(join(folder, name)).catch(() => undefined)));
  return names.length;
}

/** Makes new names in a folder survive a power loss; systems that cannot open folders need no such step. */
async function synchroniseFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function belongsToLiving(name: string): boolean {
  const id = Number(/\.([0-9]+)-[0-9]+\.sentinode-tmp$/.exec(name)![1]);
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
