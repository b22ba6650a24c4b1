/**
 * Sizes, counts and intensities of the CT phantom and its region before and after interpolation and re-segmentation,
 * against the diagnostic values of a folder.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Image, Mask } from "../../packages/core/src/image/image.ts";
import { boundingBox, pixelCount } from "../../packages/core/src/image/mask.ts";
import { type PreparedRegion, prepareRegion } from "../../packages/core/src/radiomics/prepare-region.ts";
import { readConfigurations, readScan, settingsOf } from "./ibsi1-configurations.ts";
import { readReferenceTable } from "./reference-table.ts";

/** A diagnostic value with ours beside it. */
export interface Diagnostic {
  /** Letter of the configuration. */
  readonly dataset: string;
  readonly tag: string;
  readonly reference: number;
  readonly tolerance: number;
  readonly digits: number;
  /** Null where we do not know what the tag means. */
  readonly ours: number | null;
}

/** A region at one stage: `init`, `interp` or `reseg`. */
type Stages = Readonly<Record<string, PreparedRegion>>;

/** Every diagnostic value of a folder whose configuration is known; empty where it has none. */
export function compareDiagnostics(folder: string): Diagnostic[] {
  const file = join(folder, "ibsi1_diagnostics_AE.csv");
  if (!existsSync(file)) return [];
  const stages = new Map<string, Stages>();
  return readReferenceTable(file).map((row) => {
    const { dataset, tag, value, tolerance } = row as Record<string, string> &
      Record<"dataset" | "tag" | "value" | "tolerance", string>;
    const ofDataset = stages.get(dataset) ?? stagesOf(folder, dataset);
    stages.set(dataset, ofDataset);
    return {
      dataset,
      tag,
      reference: Number(value),
      tolerance: Number(tolerance),
      digits: printedDigits(value),
      ours: measureTag(tag, ofDataset),
    };
  });
}

/** Whole numbers of the file are printed with a decimal 0; three digits are the least. */
function printedDigits(value: string): number {
  return Math.max(3, value.replace(/\.0$/, "").replace(/^[-0.]+|\./g, "").length);
}

function stagesOf(folder: string, dataset: string): Stages {
  const { image, mask } = readScan(folder);
  const { resample, resegment } = settingsOf(readConfigurations(folder)[dataset], image);
  const sampling = resample === undefined ? {} : { resample };
  return {
    init: prepareRegion(image, mask, {}),
    interp: prepareRegion(image, mask, sampling),
    reseg: prepareRegion(image, mask, resegment === undefined ? sampling : { ...sampling, resegment }),
  };
}

/** Tags say what is measured, of the image (`img`) or a mask (`int_mask`, `morph_mask`), along which axis, and when. */
function measureTag(tag: string, stages: Stages): number | null {
  const stage = stages[/_(init|interp|reseg)_/.exec(tag)?.[1] ?? ""];
  if (stage === undefined) return null;
  const axis = "xyz".indexOf(/_([xyz])_/.exec(tag)?.[1] ?? "-");
  return tag.endsWith("_roi") ? measureMask(tag, axis, stage) : measureImage(tag, axis, stage.image);
}

function measureImage(tag: string, axis: number, image: Image): number | null {
  if (tag.startsWith("img_dim")) return image.dimensions[axis];
  if (tag.startsWith("vox_dim")) return image.spacingMm![axis];
  return intensityOf(tag, image, null);
}

function measureMask(
  tag: string,
  axis: number,
  { image, morphology, intensity }: PreparedRegion,
): number | null {
  const mask = tag.startsWith("morph") ? morphology : intensity;
  if (tag.includes("_mask_dim_")) return mask.dimensions[axis];
  if (tag.includes("_bb_dim_")) {
    const box = boundingBox(mask)!;
    return [box.width, box.height, box.depth][axis];
  }
  return tag.includes("_vox_count_") ? pixelCount(mask) : intensityOf(tag, image, mask);
}

/** Mean, least or largest intensity of an image or of its region. */
function intensityOf(tag: string, { values }: Image, mask: Mask | null): number | null {
  let [count, sum, min, max] = [0, 0, Infinity, -Infinity];
  values.forEach((value, p) => {
    if (mask !== null && mask.values[p] === 0) return;
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  });
  const statistic = /(mean|min|max)_int/.exec(tag)?.[1];
  return { mean: sum / count, min, max }[statistic as "mean" | "min" | "max"] ?? null;
}
