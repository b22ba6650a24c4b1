import { mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import {
  contentHash,
  type ImageFeatures,
  InputError,
  type LesionImage,
  patientId,
  type RawTable,
} from "@sentinode/core";
import { isVolumeName } from "../codecs/read-volume.ts";
import { outputFolder } from "../files/output-folder.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { softwareName } from "../software.ts";
import { openJournal } from "../store/journal.ts";
import { claimRunFolder } from "../store/run-lock.ts";
import { csvText } from "../tables/csv-text.ts";
import { readTable } from "../tables/read-table.ts";
import { createNodeMachine } from "../workers/node-machine.ts";
import { createWorkerPool } from "../workers/pool.ts";
import { type CommandCall, integerOption, textOption } from "./command.ts";
import { nameKind } from "./extract.ts";
import {
  type ChosenSettings,
  chooseSettings,
  columnNames,
  reportParameters,
  spacingOf,
} from "./extraction-settings.ts";

/** A part of a table of cases. */
interface Shard {
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

/** The columns of a table of cases that the output repeats, in its order. */
const keptColumns = ["patient_id", "image", "mask", "spacing_mm"];

/**
 * The features of all cases of a table, or of a shard of them.
 *
 * @returns What was written; the table and, beside it, a JSON file on columns, settings and undefined features.
 * @throws {InputError} Every problem of the table at once, or every case that cannot be used; what was measured is kept for
 *   the next call.
 */
export async function extractManifest(call: CommandCall): Promise<unknown> {
  const [manifest, out] = [textOption(call, "manifest")!, textOption(call, "out")];
  if (out === undefined)
    throw new InputError("sentinode extract --manifest needs --out; see sentinode extract --help");
  const shard = shardOption(textOption(call, "shard"));
  const table = await readTable(manifest);
  const images = imagesOf(table);
  const chosen = await chooseSettings(call, {
    areVolumes: images.some(({ image }) => isVolumeName(image)),
    haveSpacing: images.every(({ spacingMm }) => spacingMm !== null),
  });
  reportParameters(call, chosen);
  const target = shard === null ? resolve(out) : join(resolve(out), partName(shard));
  await outputFolder(dirname(target));
  const [first, last] = shard === null ? [0, images.length] : boundsOf(shard, images.length);
  const wanted = images.slice(first, last);
  const features = await measure(call, { images: wanted, chosen, folder: dirname(manifest), target });
  const kept = keptColumns.filter((name) => table.headers.includes(name));
  const columns = columnNames(chosen.settings, nameKind(call));
  const text = csvText(
    [...kept, ...columns],
    features.map(({ values }, k) => [
      ...kept.map((name) => table.rows[first + k][table.headers.indexOf(name)]),
      ...values,
    ]),
  );
  await writeFileAtomically(target, text);
  await writeFileAtomically(`${target}.json`, describe(chosen, columns, { features, images: wanted }));
  rmSync(workFolder(target), { recursive: true, force: true });
  call.terminal.say(`${basename(target)}: ${wanted.length} cases, ${columns.length} features`);
  return { out: target, cases: wanted.length, features: columns.length };
}

interface Work {
  readonly images: readonly LesionImage[];
  readonly chosen: ChosenSettings;
  readonly folder: string;
  readonly target: string;
}

async function measure(
  call: CommandCall,
  { images, chosen, folder, target }: Work,
): Promise<readonly ImageFeatures[]> {
  mkdirSync(workFolder(target), { recursive: true });
  const release = claimRunFolder(join(workFolder(target), "lock"));
  const journal = openJournal(join(workFolder(target), "journal"));
  const pool = createWorkerPool(integerOption(call, "jobs", 1) ?? availableParallelism(), call.interrupted);
  const machine = createNodeMachine({
    dataFolder: resolve(folder),
    pool,
    journal,
    software: softwareName,
    progress: (step, done, total) => call.terminal.progress(step, done, total),
  });
  try {
    return await machine.extract(images, {
      settings: chosen.settings,
      maskThreshold: null,
      ...(chosen.maskLabel === undefined ? {} : { maskLabel: chosen.maskLabel }),
    });
  } finally {
    await pool.close();
    journal.close();
    release();
  }
}

/** Where an extraction keeps what it has measured until it is done. */
function workFolder(target: string): string {
  return join(dirname(target), `.${basename(target)}.work`);
}

function imagesOf(table: RawTable): LesionImage[] {
  const column = (name: string) => table.headers.indexOf(name);
  const missing = ["image", "mask"].filter((name) => column(name) < 0);
  if (missing.length > 0)
    throw new InputError(
      `${table.file}: a table of cases needs the columns image and mask; ${missing.join(" and ")} is missing; name them so`,
    );
  const problems: string[] = [];
  const images = table.rows.map((row, k): LesionImage => {
    const rowNumber = table.rowNumbers[k];
    const cell = (name: string) => (column(name) < 0 ? undefined : row[column(name)]);
    for (const name of ["image", "mask"])
      if (cell(name)!.trim() === "")
        problems.push(`${table.file}, row ${rowNumber}: ${name} needs a path; got none`);
    let spacingMm: number | null = null;
    try {
      const text = cell("spacing_mm");
      spacingMm = spacingOf(
        table.decimal === "," ? text?.replace(",", ".") : text,
        `${table.file}, row ${rowNumber}: spacing_mm`,
      );
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(error.message);
    }
    const patient = cell("patient_id")?.trim() ?? "";
    return {
      patient: patientId(patient === "" ? `case ${rowNumber}` : patient),
      image: cell("image")!,
      mask: cell("mask")!,
      spacingMm,
      rowNumber,
    };
  });
  if (problems.length > 0) throw new InputError(problems);
  return images;
}

function shardOption(text: string | undefined): Shard | null {
  if (text === undefined) return null;
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const [part, parts] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || part < 1 || part > parts)
    throw new InputError("--shard needs I/N with I from 1 to N, e.g. 2/8; got something else");
  return { part, parts };
}

/** Rows of a part: the parts are as long as each other, give or take one, and follow each other. */
function boundsOf({ part, parts }: Shard, rows: number): [first: number, last: number] {
  return [Math.floor(((part - 1) * rows) / parts), Math.floor((part * rows) / parts)];
}

function partName({ part, parts }: Shard): string {
  return `part-${part}-of-${parts}.csv`;
}

interface Measured {
  readonly features: readonly ImageFeatures[];
  readonly images: readonly LesionImage[];
}

/** What a reader of the table needs to know; it holds no time, so that equal extractions are equal bytes. */
function describe(
  chosen: ChosenSettings,
  columns: readonly string[],
  { features, images }: Measured,
): string {
  const document = {
    schema: "sentinode/extraction@1",
    software: softwareName,
    settingsHash: contentHash(chosen.settings),
    settings: chosen.settings,
    ...(chosen.maskLabel === undefined ? {} : { maskLabel: chosen.maskLabel }),
    columns,
    undefined: features.flatMap(({ undefinedBecause }, k) =>
      undefinedBecause.map(([position, reason]) => ({
        row: images[k].rowNumber,
        column: columns[position],
        reason,
      })),
    ),
    findings: features.flatMap(({ findings }, k) =>
      findings.map((finding) => ({ row: images[k].rowNumber, ...finding })),
    ),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
