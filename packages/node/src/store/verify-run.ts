import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import {
  differenceWords,
  fileDifferences,
  type FileRecord,
  InputError,
  type Provenance,
  type ProvenanceDifference,
  readProvenance,
} from "@sentinode/core";
import { softwareName } from "../software.ts";
import { softwareCode } from "../software-code.ts";
import { type LedgerEntry, readLedger } from "./ledger.ts";
import { recordNow } from "./run-files.ts";

/** What became of a run folder and of its inputs since the run. */
export interface RunVerification {
  /** Hash of the run's inputs. */
  readonly run: string;
  readonly ledgerLines: number;
  readonly outputs: number;
  /** Input files that were found and compared; null where their folder is not to be reached. */
  readonly inputs: number | null;
  /** What is not as it was; the run is whole where nothing is. */
  readonly problems: readonly string[];
  /** What a reader may want to know besides. */
  readonly notes: readonly string[];
}

/**
 * Compares a run folder with its own record: every file, the ledger's chain, and the inputs where they can be reached.
 *
 * @param folder Of the run.
 * @param data Folder of the inputs; that of the run without it.
 * @throws {InputError} The folder holds no finished run, or its provenance was changed.
 */
export function verifyRun(folder: string, data: string | undefined): RunVerification {
  const provenance = readRunProvenance(folder);
  const entries = readLedger(join(folder, "ledger.jsonl"));
  const inputs = inputChanges(folder, provenance, data);
  return {
    run: provenance.run,
    ledgerLines: entries.length,
    outputs: provenance.outputs.length,
    inputs: inputs.compared,
    problems: [
      ...outputChanges(folder, provenance).map(differenceWords),
      ...documentProblems(folder, provenance, entries),
      ...inputs.changes.map(differenceWords),
    ],
    notes: [...inputs.notes, ...softwareNotes(provenance)],
  };
}

/**
 * The provenance of a finished run.
 *
 * @throws {InputError} There is none, or it was changed.
 */
export function readRunProvenance(folder: string): Provenance {
  const path = join(folder, "provenance.json");
  if (!existsSync(join(folder, "results.json")) || !existsSync(path))
    throw new InputError(
      `${basename(folder)}: needs a finished run with results.json and provenance.json; got a folder without; finish the run, or run it again with this version`,
    );
  try {
    return readProvenance(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError(
      "provenance.json: needs JSON; got something else; the file was changed after the run",
    );
  }
}

function outputChanges(folder: string, { outputs }: Provenance): readonly ProvenanceDifference[] {
  const now = outputs.flatMap(({ path }): FileRecord[] =>
    existsSync(join(folder, path)) ? [recordNow(join(folder, path), path)] : [],
  );
  const models = existsSync(join(folder, "models")) ? readdirSync(join(folder, "models")) : [];
  const known = new Set(outputs.map(({ path }) => path));
  const strangers = models.flatMap((name) =>
    known.has(`models/${name}`) ? [] : [recordNow(join(folder, "models", name), `models/${name}`)],
  );
  return fileDifferences("output", outputs, [...now, ...strangers]);
}

/** Files with times in them stand in the ledger, the newest line last. */
function documentProblems(
  folder: string,
  provenance: Provenance,
  entries: readonly LedgerEntry[],
): readonly string[] {
  const completed = entries.findLast(({ event }) => event === "run completed");
  if (completed === undefined) return ["ledger.jsonl: no line says that the run was completed"];
  if (completed.details["run"] !== provenance.run)
    return [`ledger.jsonl, line ${String(completed.index + 1)}: tells of another run than provenance.json`];
  const hashes = new Map<string, string>();
  for (const { details } of entries.slice(completed.index))
    for (const [name, hash] of Object.entries((details["documents"] ?? {}) as Record<string, string>))
      hashes.set(name, hash);
  return [...hashes].flatMap(([name, hash]) => {
    const path = join(folder, name);
    if (!existsSync(path)) return [`document: ${name} missing`];
    return recordNow(path, name).sha256 === hash ? [] : [`document: ${name} changed`];
  });
}

interface InputChanges {
  readonly compared: number | null;
  readonly changes: readonly ProvenanceDifference[];
  readonly notes: readonly string[];
}

function inputChanges(folder: string, { inputs }: Provenance, data: string | undefined): InputChanges {
  const place = placeOfInputs(folder, data);
  if (place === null || !existsSync(place.folder)) {
    const where = place === null ? "the run says nowhere" : "the folder is not there";
    return {
      compared: null,
      changes: [],
      notes: [`inputs not compared: ${where}; name the folder of the data with --data`],
    };
  }
  const { protocolFile } = inputs;
  const named = place.protocolFile ?? join(place.folder, protocolFile.path);
  const found = [
    ...(existsSync(named) ? [recordNow(named, protocolFile.path)] : []),
    ...[inputs.table, ...inputs.images, ...inputs.masks].flatMap(({ path }) =>
      existsSync(join(place.folder, path)) ? [recordNow(join(place.folder, path), path)] : [],
    ),
  ];
  const recorded = [protocolFile, inputs.table, ...inputs.images, ...inputs.masks];
  return { compared: recorded.length, changes: fileDifferences("input", recorded, found), notes: [] };
}

/** Where the inputs lie: as named, or as the run's record says. */
function placeOfInputs(
  folder: string,
  data: string | undefined,
): { readonly folder: string; readonly protocolFile: string | null } | null {
  if (data !== undefined) return { folder: data, protocolFile: null };
  try {
    const record = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as {
      readonly data?: { readonly folder: string; readonly protocolFile: string };
    };
    return record.data ?? null;
  } catch {
    return null;
  }
}

function softwareNotes({ inputs }: Provenance): readonly string[] {
  const { code, lock } = softwareCode();
  return [
    ...(inputs.software === softwareName
      ? []
      : [`the run was made by ${inputs.software}; this is ${softwareName}`]),
    ...(inputs.code.sha256 === code.sha256 ? [] : ["the run was made by other code than this program's"]),
    ...(inputs.lock?.sha256 === lock?.sha256 ? [] : ["the run was made with another lock file of packages"]),
  ];
}
