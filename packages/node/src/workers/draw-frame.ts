import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type SimulatedStudy, type SimulationSettings, simulateStudy } from "@sentinode/core";
import { encodePng } from "../codecs/write-png.ts";
import type { DrawingTask } from "./messages.ts";

/** The study that was drawn from last, so that a worker simulates its patients once. */
let last: { readonly key: string; readonly study: SimulatedStudy } | null = null;

/**
 * Draws the frame and the mask of one simulated patient and writes both as PNG.
 *
 * @returns Names of the two files.
 */
export async function drawFrame({ settings, index, folder }: DrawingTask): Promise<readonly string[]> {
  const study = studyOf(settings);
  const { headers, rows } = study.table;
  const [imageName, maskName] = ["image", "mask"].map((header) => rows[index][headers.indexOf(header)]);
  const { image, mask } = study.frame(index);
  const white = { dimensions: mask.dimensions, values: mask.values.map((inside) => 255 * inside) };
  await writeFile(join(folder, imageName), encodePng(image));
  await writeFile(join(folder, maskName), encodePng(white));
  return [imageName, maskName];
}

function studyOf(settings: SimulationSettings): SimulatedStudy {
  const key = JSON.stringify(settings);
  if (last?.key !== key) last = { key, study: simulateStudy(settings) };
  return last.study;
}
