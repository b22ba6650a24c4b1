import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { differenceWords, fileDifferences, type FileRecord, InputError } from "@sentinode/core";
import { recordNow } from "./run-files.ts";
import type { RunVerification } from "./verify-run.ts";

/** The metadata file of every crate. */
export const CRATE_METADATA = "ro-crate-metadata.json";

/** An entity of a crate, of which a file has its size and its hash. */
interface Entity {
  readonly "@id": string;
  readonly "@type": unknown;
  readonly identifier?: unknown;
  readonly contentSize?: unknown;
  readonly sha256?: unknown;
}

/** Whether a folder is an exported run. */
export function isCrate(folder: string): boolean {
  return existsSync(join(folder, CRATE_METADATA));
}

/**
 * Compares the files of an exported run with what its metadata say of them.
 *
 * @throws {InputError} The metadata are no JSON of a crate.
 */
export function verifyCrate(folder: string): Pick<RunVerification, "run" | "outputs" | "problems" | "notes"> {
  const graph = graphOf(folder);
  const files = graph.filter((entity) => entity["@type"] === "File");
  const included = files.filter((file) => !file["@id"].startsWith("#"));
  const recorded = included.map((file): FileRecord => ({
    path: decodeURIComponent(file["@id"]),
    bytes: Number(file.contentSize),
    sha256: String(file.sha256),
  }));
  const found = recorded.flatMap(({ path }) =>
    existsSync(join(folder, path)) ? [recordNow(join(folder, path), path)] : [],
  );
  const absent = files.length - included.length;
  return {
    run: String(graph.find((entity) => entity["@id"] === "./")?.identifier),
    outputs: included.length,
    problems: fileDifferences("file", recorded, found).map(differenceWords),
    notes: absent === 0 ? [] : [`${String(absent)} files are not in the crate, which knows their hashes`],
  };
}

function graphOf(folder: string): readonly Entity[] {
  const refusal = new InputError(
    `${CRATE_METADATA}: needs the metadata of an exported run; got something else; the file was changed after the export`,
  );
  try {
    const metadata = JSON.parse(readFileSync(join(folder, CRATE_METADATA), "utf8")) as { "@graph"?: unknown };
    if (Array.isArray(metadata["@graph"])) return metadata["@graph"] as Entity[];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refusal;
}
