import { statSync } from "node:fs";
import { relative, sep } from "node:path";
import type { FileRecord } from "@sentinode/core";
import { sha256OfFile } from "./sha256-of-file.ts";

/**
 * A file by its bytes.
 *
 * @param path Where it is.
 * @param name What the record calls it: relative, with `/` between folders.
 */
export async function fileRecord(path: string, name: string): Promise<FileRecord> {
  return { path: name, bytes: statSync(path).size, sha256: await sha256OfFile(path) };
}

/** A path relative to a folder, with `/` between folders on every system. */
export function pathInside(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}
