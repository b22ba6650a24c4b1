import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { InputError } from "@sentinode/core/radiomics";
import { limits } from "./limits.ts";

/**
 * The bytes of a file.
 *
 * @param path Where the file is.
 * @param most Size that is still read, in bytes.
 * @throws {InputError} There is no such file, it is a folder, it may not be read, it is empty or too large.
 */
export async function readBytes(path: string, most: number = limits.fileBytes): Promise<Buffer> {
  const name = basename(path);
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    const { size, ...entry } = await file
      .stat()
      .then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!entry.isFile) throw new InputError(`${name}: needs a file; got a folder or a device; name a file`);
    if (size === 0) throw new InputError(`${name}: the file is empty (0 bytes); export it again`);
    if (size > most)
      throw new InputError(
        `${name}: the file is too large; got ${size} bytes, the limit is ${most}; split it`,
      );
    return await file.readFile();
  } catch (error) {
    throw readingError(error, name);
  } finally {
    await file?.close();
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file; check the path",
  ENOTDIR: "there is no such file; check the path",
  EACCES: "the file may not be read; check its permissions",
  EPERM: "the file may not be read; check its permissions",
  EISDIR: "needs a file; got a folder; name a file",
  ELOOP: "the symbolic link leads in a circle; name the file itself",
  ENAMETOOLONG: "the name is too long for the file system; shorten it",
  ERR_INVALID_ARG_VALUE: "the path holds a character that no file name may hold; correct it",
};

/** An error of the file system in words; any other error unchanged. */
function readingError(error: unknown, name: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const cause = Object.hasOwn(CAUSES, code) ? CAUSES[code] : undefined;
  return cause === undefined ? error : new InputError(`${name}: ${cause}`);
}
