import { open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { synchroniseFolder } from "./durable-files.ts";
import { temporaryName } from "./left-overs.ts";
import { withPlace } from "./machine-refusal.ts";

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
      // A failed fsync may have dropped what it could not write: it is never tried again on the same file.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    synchroniseFolder(dirname(path));
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    const isWhole = typeof content === "string" || content instanceof Uint8Array;
    throw withPlace(error, path, isWhole ? Buffer.byteLength(content) : undefined);
  }
}
