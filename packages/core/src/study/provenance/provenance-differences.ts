import type { FileRecord, Provenance, RunInputs } from "./provenance.ts";

/** One thing in which two runs, or a run and what is found now, differ. */
export interface ProvenanceDifference {
  /** What it is of, e.g. `images`, `seed`, `code`. */
  readonly of: string;
  /** Path of a file; null for what is none. */
  readonly path: string | null;
  readonly change: "changed" | "missing" | "added";
}

/**
 * In which inputs two runs differ: which of them explains other results.
 *
 * @returns Empty where both are the same run.
 */
export function inputDifferences(before: RunInputs, after: RunInputs): readonly ProvenanceDifference[] {
  const value = (of: string, same: boolean): readonly ProvenanceDifference[] =>
    same ? [] : [{ of, path: null, change: "changed" }];
  return [
    ...fileDifferences("protocol file", [before.protocolFile], [after.protocolFile]),
    ...value("settings", before.protocol === after.protocol),
    ...value("seed", before.seed === after.seed),
    ...fileDifferences("table", [before.table], [after.table]),
    ...fileDifferences("images", before.images, after.images),
    ...fileDifferences("masks", before.masks, after.masks),
    ...value("features", before.features.hash === after.features.hash),
    ...value("software", before.software === after.software),
    ...value("code", before.code.sha256 === after.code.sha256),
    ...value("lock file", before.lock?.sha256 === after.lock?.sha256),
  ];
}

/** In which models and files of the run folder two runs differ. */
export function outputDifferences(before: Provenance, after: Provenance): readonly ProvenanceDifference[] {
  return fileDifferences("outputs", before.outputs, after.outputs);
}

/** Files that one list has and the other has not, or with other bytes. */
export function fileDifferences(
  of: string,
  before: readonly FileRecord[],
  after: readonly FileRecord[],
): readonly ProvenanceDifference[] {
  const [first, second] = [before, after].map((files) => new Map(files.map((file) => [file.path, file])));
  return [
    ...before.flatMap(({ path, sha256 }): ProvenanceDifference[] => {
      const other = second.get(path);
      if (other === undefined) return [{ of, path, change: "missing" }];
      return other.sha256 === sha256 ? [] : [{ of, path, change: "changed" }];
    }),
    ...after.flatMap(({ path }): ProvenanceDifference[] =>
      first.has(path) ? [] : [{ of, path, change: "added" }],
    ),
  ];
}

/** A difference as a person reads it. */
export function differenceWords({ of, path, change }: ProvenanceDifference): string {
  return path === null ? `${of}: ${change}` : `${of}: ${path} ${change}`;
}
