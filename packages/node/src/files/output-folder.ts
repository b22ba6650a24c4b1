import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { InputError } from "@sentinode/core/radiomics";
import { makeFolder } from "./durable-files.ts";
import { removeLeftOvers } from "./left-overs.ts";

/**
 * A folder ready to be written to: made where it is missing, cleared of what interrupted writes left.
 *
 * @param path Where the folder is or shall be.
 * @returns Its absolute path.
 * @throws {InputError} A file stands in its place, or it may not be made.
 */
export async function outputFolder(path: string): Promise<string> {
  const folder = resolve(path);
  try {
    makeFolder(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST" || code === "ENOTDIR")
      throw new InputError(
        `${basename(folder)}: the output needs a folder; a file stands in its place; name another`,
      );
    if (code === "EROFS")
      throw new InputError(
        `${basename(folder)}: the output folder may not be made; its disk can only be read; name another`,
      );
    if (code === "EACCES" || code === "EPERM")
      throw new InputError(`${basename(folder)}: the output folder may not be made; check the permissions`);
    throw error;
  }
  if (!(await stat(folder)).isDirectory())
    throw new InputError(
      `${basename(folder)}: the output needs a folder; a file stands in its place; name another`,
    );
  await removeLeftOvers(folder);
  return folder;
}
