import { InputError } from "../../errors.ts";
import { contentHash } from "../content-hash.ts";
import type { StudyRun } from "../run-study.ts";

/** A file by its bytes. */
export interface FileRecord {
  /** Relative to the folder that the record is of, with `/` between folders. */
  readonly path: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** The files of a program, hashed together. */
export interface CodeRecord {
  /** What was hashed, in words. */
  readonly of: string;
  readonly files: number;
  readonly sha256: string;
}

/** What a run starts from on the machine. */
export interface RunFiles {
  /** `study.yaml` as it was written; relative to the data folder where it lies in it, else its name. */
  readonly protocolFile: FileRecord;
  readonly table: FileRecord;
  readonly images: readonly FileRecord[];
  readonly masks: readonly FileRecord[];
  readonly code: CodeRecord;
  /** Of the packages that the code uses; null where no lock file lies beside it. */
  readonly lock: FileRecord | null;
}

/** Everything that a run is computed from: another byte anywhere is another run. */
export interface RunInputs extends RunFiles {
  readonly software: string;
  /** Hash of the protocol with every default written out, and of the seed in it. */
  readonly protocol: string;
  readonly seed: number;
  /** Of the features' names, settings and units. */
  readonly features: { readonly count: number; readonly hash: string };
}

/** What a run was made of and what it made. Equal runs have equal bytes: it holds no time and no place. */
export interface Provenance {
  readonly schema: "sentinode/provenance@1";
  /** Hash of `inputs`. */
  readonly run: string;
  readonly inputs: RunInputs;
  readonly models: readonly {
    readonly name: string;
    readonly hash: string;
    /** How many patients it learned from, and the hash of their codes. */
    readonly trainedOn: { readonly patients: number; readonly hash: string };
  }[];
  /** Files of the run folder that depend on `inputs` alone. */
  readonly outputs: readonly FileRecord[];
}

/** The provenance of a finished run. */
export function runProvenance(
  run: Pick<StudyRun, "protocol" | "protocolHash" | "software" | "measured" | "models">,
  files: RunFiles,
  outputs: readonly FileRecord[],
): Provenance {
  const features = run.measured?.sources ?? [];
  const inputs: RunInputs = {
    ...files,
    images: byPath(files.images),
    masks: byPath(files.masks),
    software: run.software,
    protocol: run.protocolHash,
    seed: run.protocol.seed,
    features: { count: features.length, hash: contentHash(features) },
  };
  return {
    schema: "sentinode/provenance@1",
    run: runIdentity(inputs),
    inputs,
    models: run.models.map(({ name, hash, trainedOn }) => ({
      name,
      hash,
      trainedOn: { patients: trainedOn.patients.length, hash: contentHash(trainedOn.patients) },
    })),
    outputs: byPath(outputs),
  };
}

/** What names a run: the same for equal inputs, another for any other byte of them. */
export function runIdentity(inputs: RunInputs): string {
  return contentHash(inputs);
}

/**
 * A stored provenance, checked.
 *
 * @param value Parsed JSON.
 * @throws {InputError} Not a provenance of this schema, or its run is not that of its inputs.
 */
export function readProvenance(value: unknown): Provenance {
  const candidate = value as Partial<Provenance> | null;
  if (
    typeof candidate !== "object" ||
    candidate?.schema !== "sentinode/provenance@1" ||
    candidate.inputs === undefined
  )
    throw new InputError(
      "provenance.json: needs schema sentinode/provenance@1; got another file; run the study again",
    );
  if (candidate.run !== runIdentity(candidate.inputs))
    throw new InputError(
      "provenance.json: the run needs to be the hash of its inputs; got another; the file was changed after the run",
    );
  return candidate as Provenance;
}

function byPath(files: readonly FileRecord[]): readonly FileRecord[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
