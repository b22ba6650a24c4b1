import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { InputError, type RawTable, type SimulationSettings, simulateStudy } from "@sentinode/core";
import { encodePng } from "../codecs/write-png.ts";
import { outputFolder } from "../files/output-folder.ts";
import { writeFileAtomically } from "../files/write-file-atomically.ts";
import { csvText } from "../tables/csv-text.ts";
import type { Terminal } from "./terminal.ts";

/** What to simulate and where to put it. */
export interface SimulatedFolder extends SimulationSettings {
  /** Folder to write; made where it is missing. */
  readonly out: string;
}

/** How a README of a simulated folder begins; only such a folder is written over. */
const mark = "SIMULATED DATA";

/**
 * Writes a simulated study as a folder: `cohort.csv`, `images/`, `study.yaml`, `truth.csv`, `README.txt`.
 *
 * The protocol is written last, so that a folder with a `study.yaml` is complete. Equal settings give equal bytes.
 *
 * @param terminal Hears how many images are drawn.
 * @param interrupted Stops between two images; the folder then has no `study.yaml`.
 * @returns Path of the protocol.
 * @throws {InputError} The settings are not valid, or the folder holds something that was not simulated.
 */
export async function simulateFolder(
  { out, ...settings }: SimulatedFolder,
  terminal?: Pick<Terminal, "progress">,
  interrupted?: AbortSignal,
): Promise<string> {
  const study = simulateStudy(settings);
  const folder = await outputFolder(out);
  await refuseOtherFiles(folder);
  const images = join(folder, "images");
  for (const name of ["study.yaml", "cohort.csv", "truth.csv", "images"])
    await rm(join(folder, name), { recursive: true, force: true });
  await writeFileAtomically(join(folder, "README.txt"), study.readme);
  await mkdir(images);
  const { headers, rows } = study.table;
  const [imageAt, maskAt] = [headers.indexOf("image"), headers.indexOf("mask")];
  for (const [index, row] of rows.entries()) {
    interrupted?.throwIfAborted();
    const { image, mask } = study.frame(index);
    const white = { dimensions: mask.dimensions, values: mask.values.map((inside) => 255 * inside) };
    await writeFile(join(images, row[imageAt]), encodePng(image));
    await writeFile(join(images, row[maskAt]), encodePng(white));
    terminal?.progress("drawing simulated images", index + 1, rows.length);
  }
  await writeFileAtomically(join(folder, "cohort.csv"), csv(study.table));
  await writeFileAtomically(join(folder, "truth.csv"), csv(study.truth));
  const protocol = join(folder, "study.yaml");
  await writeFileAtomically(protocol, study.protocol);
  return protocol;
}

async function refuseOtherFiles(folder: string): Promise<void> {
  const names = await readdir(folder);
  const readme = names.includes("README.txt") ? await readFile(join(folder, "README.txt"), "utf8") : "";
  if (names.length > 0 && !readme.startsWith(mark))
    throw new InputError(
      `${basename(folder)}: a simulated study needs an empty folder or one that was simulated before; got other files; name another folder`,
    );
}

function csv({ headers, rows }: RawTable): string {
  return csvText(headers, rows);
}
