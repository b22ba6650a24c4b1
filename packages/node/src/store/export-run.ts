import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import {
  type CrateMetadata,
  InputError,
  type Provenance,
  readProtocol,
  researchObject,
} from "@sentinode/core";
import { makeFolder } from "../files/durable-files.ts";
import { readText } from "../files/load-study.ts";
import { outputFolder } from "../files/output-folder.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { type ZippedFile, zipPieces } from "../files/write-zip.ts";
import { crateFiles, type RunPlaces, type SourcedFile } from "./crate-files.ts";
import { CRATE_METADATA } from "./verify-crate.ts";
import { readRunProvenance, verifyRun } from "./verify-run.ts";
import { json } from "./write-run.ts";

/** What is exported, and how. */
export interface ExportSettings {
  readonly run: string;
  /** A folder, or a file that ends in `.zip`. */
  readonly out: string;
  readonly withData: boolean;
  /** Folder of the inputs; that of the run without it. */
  readonly data: string | undefined;
  readonly licence: string | undefined;
  readonly agent: string | undefined;
}

/** What was written. */
export interface ExportedCrate {
  readonly crate: string;
  readonly run: string;
  /** Files in the crate, its metadata among them, and files that it knows by their hashes alone. */
  readonly files: number;
  readonly byHash: number;
}

/**
 * Writes a run as a research object.
 *
 * @throws {InputError} The run is not whole, its data are to be in the crate and cannot be reached, or the place of the
 *   crate is taken.
 */
export async function exportRun(settings: ExportSettings): Promise<ExportedCrate> {
  const { run, withData } = settings;
  const provenance = readRunProvenance(run);
  const places = placesOf(run, provenance, settings.data);
  refuseChangedRun(run, withData, settings.data);
  const files = crateFiles(provenance, places, withData);
  const metadata = await metadataOf(provenance, files, settings);
  const included = files.filter(({ isIncluded }) => isIncluded);
  const crate = resolve(settings.out);
  const written = [
    { name: CRATE_METADATA, source: { text: json(metadata) } },
    ...included.map(({ path, source }) => ({ name: path, source })),
  ];
  if (crate.toLowerCase().endsWith(".zip")) await writeZip(crate, written);
  else await writeFolder(crate, written);
  return {
    crate,
    run: provenance.run,
    files: written.length,
    byHash: files.length - included.length,
  };
}

function placesOf(run: string, { inputs }: Provenance, data: string | undefined): RunPlaces {
  const { data: recorded } = runRecord(run);
  const dataFolder = data ?? recorded?.folder ?? "";
  const beside = join(dataFolder, inputs.protocolFile.path);
  const protocolFile =
    data === undefined || !existsSync(beside) ? (recorded?.protocolFile ?? beside) : beside;
  if (!existsSync(protocolFile))
    throw new InputError(
      `${inputs.protocolFile.path}: an export needs the protocol as it was written; it is no longer where the run read it; name its folder with --data`,
    );
  return { run, dataFolder, protocolFile };
}

interface RunRecordFile {
  readonly finished: string;
  readonly seconds: number;
  readonly data?: { readonly folder: string; readonly protocolFile: string };
}

function runRecord(run: string): RunRecordFile {
  return JSON.parse(readFileSync(join(run, "run.json"), "utf8")) as RunRecordFile;
}

/** A crate vouches for its files, so that a run which is not whole gives none. */
function refuseChangedRun(run: string, withData: boolean, data: string | undefined): void {
  const { problems, inputs, notes } = verifyRun(run, data);
  if (problems.length > 0)
    throw new InputError(["an export needs a run that is what it was; got changes since:", ...problems]);
  if (withData && inputs === null) throw new InputError(`an export with data needs the data; ${notes[0]}`);
}

async function metadataOf(
  provenance: Provenance,
  files: readonly SourcedFile[],
  { run, licence, agent }: ExportSettings,
): Promise<CrateMetadata> {
  const protocol = readProtocol(await readText(join(run, "study.lock.yaml")), "study.lock.yaml");
  const { finished, seconds } = runRecord(run);
  const simulated = protocol.simulated ? "SIMULATED DATA. " : "";
  return researchObject(provenance, {
    name: protocol.name,
    description: `${simulated}${protocol.description === "" ? `A run of Sentinode: ${protocol.name}` : protocol.description}`,
    started: new Date(Date.parse(finished) - Math.round(1000 * seconds)).toISOString(),
    finished,
    licence: licence ?? null,
    agent: agent ?? null,
    files,
  });
}

type Written = { readonly name: string; readonly source: SourcedFile["source"] };

async function writeFolder(crate: string, files: readonly Written[]): Promise<void> {
  if (existsSync(crate) && (!statSync(crate).isDirectory() || readdirSync(crate).length > 0))
    throw new InputError(
      `${basename(crate)}: an export needs an empty folder; this one is not; name another`,
    );
  await outputFolder(crate);
  for (const { name, source } of files) {
    makeFolder(dirname(join(crate, name)));
    await writeFileAtomically(join(crate, name), bytesOf(source));
  }
}

async function writeZip(crate: string, files: readonly Written[]): Promise<void> {
  if (existsSync(crate))
    throw new InputError(`${basename(crate)}: an export needs a new file; this one is there; name another`);
  await outputFolder(dirname(crate));
  const zipped = files.map(({ name, source }): ZippedFile => ({ name, bytes: () => bytesOf(source) }));
  await writeFileAtomically(crate, zipPieces(zipped));
}

function bytesOf(source: SourcedFile["source"]): Uint8Array {
  return "text" in source ? Buffer.from(source.text) : readFileSync(source.from);
}
