import { realpathSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { InputError } from "@sentinode/core";

/**
 * The absolute path of a file that a table or protocol names, guaranteed to lie inside a folder.
 *
 * @param folder Folder that the path is relative to.
 * @param path Relative path as the data write it; `/` separates folders, `\` does so as well.
 * @returns An absolute path; the file need not exist.
 * @throws {InputError} The path is empty, absolute, holds a NUL, climbs out with `..`, or leaves the folder by a
 *   symbolic link.
 */
export function resolveInside(folder: string, path: string): string {
  const problem = pathProblem(path);
  if (problem !== null)
    throw new InputError(`${printed(path)}: the path ${problem}; write it relative to the data folder`);
  const root = resolve(folder);
  const inside = resolve(root, path.replaceAll("\\", "/"));
  if (!contains(realPath(root), realPath(inside)))
    throw new InputError(
      `${printed(path)}: the path leaves the data folder by a symbolic link; copy the file into it`,
    );
  return inside;
}

/**
 * What is wrong with a relative path, or null.
 *
 * @param path Path as data write it, on any system.
 * @example pathProblem("images/case001.png") // => null
 * @example pathProblem("../secret") // => "leaves the folder by .."
 */
export function pathProblem(path: string): string | null {
  if (path.trim() === "") return "is empty";
  if (path.includes("\0")) return "holds a NUL character";
  if (/^[A-Za-z]:/.test(path) || /^[/\\]/.test(path)) return "is absolute, so it leaves the folder";
  if (path.split(/[/\\]/).some((part) => /^\.\.[. ]*$/.test(part))) return "leaves the folder by ..";
  return null;
}

/** Links followed as far as the path exists; the rest is taken as written. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = resolve(path, "..");
    return parent === path ? path : resolve(realPath(parent), relative(parent, path));
  }
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** A path as a message may show it: control characters as escapes, long ones cut. */
function printed(path: string): string {
  return JSON.stringify(path.length > 120 ? `${path.slice(0, 120)}…` : path).slice(1, -1);
}
