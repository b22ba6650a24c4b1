import { basename } from "node:path";
import {
  type Finding,
  greyFromSamples,
  type Image,
  InputError,
  type Mask,
  thresholdMask,
} from "@sentinode/core/radiomics";
import { readBytes } from "../files/read-bytes.ts";
import { decodeImage } from "./decode-image.ts";
import { labelledMask, labelsOf, type MaskLabel, mostLabels, severalLabels } from "./mask-labels.ts";
import { refuseColours, refuseManyLevels } from "./mask-picture.ts";
import { volumeOfBytes } from "./read-volume.ts";
import type { Volume } from "./volume.ts";

/** How a mask is read. */
export interface MaskOptions {
  /** Level from which a pixel is inside; without it half of the picture's largest level. */
  readonly threshold?: number;
  /** Value of the pixels that are inside, where a mask holds labels. */
  readonly label?: MaskLabel;
}

/** A mask as it was read. */
export interface ReadMask {
  readonly mask: Mask;
  /** Grid of a volume; null for pictures. */
  readonly volume: Volume | null;
  readonly findings: readonly Finding[];
}

/**
 * The region of interest in a picture of a mask, or a volume.
 *
 * A mask has two levels, background 0 and one other. Soft edges are cut at half of the largest level, with a warning that
 * counts them; several labels and pictures of tissue are refused, since which pixels are meant would be a guess.
 *
 * @param path Where the file is: any format that `readImage` reads.
 * @returns 1 inside, 0 outside, on the grid of the file; empty where no pixel is set, which `checkRegion` refuses.
 * @throws {InputError} No such file, a picture painted in colour, several labels, a picture of many grey levels, no pixel
 *   of the label.
 * @throws {FormatError} Bytes that are no image, or a damaged one.
 */
export async function readMask(path: string, options: MaskOptions = {}): Promise<ReadMask> {
  return maskOfBytes(await readBytes(path), basename(path), options);
}

/**
 * The region of interest in the bytes of a picture of a mask, or a volume.
 *
 * @param file Name for messages.
 * @throws As {@link readMask}.
 */
export async function maskOfBytes(
  bytes: Uint8Array,
  file: string,
  options: MaskOptions = {},
): Promise<ReadMask> {
  const volume = await volumeOfBytes(bytes, file);
  if (volume !== null) return { mask: maskOfVolume(volume.image, file, options), volume, findings: [] };
  const { raster, findings } = await decodeImage(bytes, file);
  refuseColours(raster, file);
  const levels = greyFromSamples(raster).values;
  const dimensions = [raster.width, raster.height, 1] as const;
  const picture = { dimensions, spacingMm: null, values: levels };
  const { label } = options;
  if (label !== undefined && (label.isRequired || labelsOf(picture).length > 1))
    return { mask: labelledMask(picture, file, label.value), volume, findings };
  if (options.threshold === undefined) refuseManyLevels(levels, file);
  const cut = thresholdMask(dimensions, levels, options.threshold ?? null);
  const named = cut.findings.map((finding) => ({ ...finding, message: `${file}: ${finding.message}` }));
  return { mask: cut.mask, volume, findings: [...findings, ...named] };
}

/** The voxels of a label; without one, of the only label that there is. */
function maskOfVolume(image: Image, file: string, { label, threshold }: MaskOptions): Mask {
  if (label?.isRequired === true) return labelledMask(image, file, label.value);
  if (threshold !== undefined)
    return {
      dimensions: image.dimensions,
      values: Uint8Array.from(image.values, (value) => +(value >= threshold)),
    };
  const labels = labelsOf(image);
  if (labels.length > 1 && label !== undefined) return labelledMask(image, file, label.value);
  if (labels.length > mostLabels)
    throw new InputError(
      `${file}: a mask needs two levels, background and lesion; got many as in an image of tissue; name the mask's file`,
    );
  if (labels.length > 1) throw severalLabels(labels, file);
  return { dimensions: image.dimensions, values: Uint8Array.from(image.values, (value) => +(value !== 0)) };
}
