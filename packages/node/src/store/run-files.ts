import { basename } from "node:path";
import { readFileSync } from "node:fs";
import type { FileRecord, LesionImage, RunFiles } from "@sentinode/core";
import { fileRecord, pathInside } from "../files/file-record.ts";
import type { LoadedStudy } from "../files/load-study.ts";
import { pathProblem, resolveInside } from "../files/paths.ts";
import { sha256 } from "../files/sha256-of-file.ts";
import { softwareCode } from "../software-code.ts";

/**
 * The files that a run starts from, by their bytes.
 *
 * @param images Those that the run measured.
 */
export async function runFiles(
  { protocol, protocolFile, dataFolder }: Pick<LoadedStudy, "protocol" | "protocolFile" | "dataFolder">,
  images: readonly LesionImage[],
): Promise<RunFiles> {
  const { code, lock } = softwareCode();
  const record = (path: string) => fileRecord(resolveInside(dataFolder, path), path);
  const records = async (paths: readonly string[]) => {
    // One after the other: a study may have more files than a process may open.
    const files: FileRecord[] = [];
    for (const path of [...new Set(paths)].sort(byUnits)) files.push(await record(path));
    return files;
  };
  return {
    protocolFile: await fileRecord(protocolFile, protocolPath(dataFolder, protocolFile)),
    table: await record(protocol.cohort.table),
    images: await records(images.map(({ image }) => image)),
    masks: await records(images.map(({ mask }) => mask)),
    code,
    lock,
  };
}

function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Relative to the data folder where the protocol lies in it, else its name. */
function protocolPath(dataFolder: string, protocolFile: string): string {
  const path = pathInside(dataFolder, protocolFile);
  return pathProblem(path) === null ? path : basename(protocolFile);
}

/** A text by its bytes as a file of it has them. */
export function textRecord(path: string, text: string): FileRecord {
  const bytes = Buffer.from(text);
  return { path, bytes: bytes.length, sha256: sha256(bytes) };
}

/** A file in a folder by its bytes, read at once. */
export function recordNow(path: string, name: string): FileRecord {
  const bytes = readFileSync(path);
  return { path: name, bytes: bytes.length, sha256: sha256(bytes) };
}
