import { basename } from "node:path";
import {
  type Finding,
  greyFromSamples,
  type Image,
  InputError,
  type Mask,
  type RasterSamples,
  thresholdMask,
} from "@sentinode/core/radiomics";
import { readBytes } from "../files/read-bytes.ts";
import { decodeImage } from "./decode-image.ts";
import { volumeOfBytes } from "./read-volume.ts";

/** How a picture of a mask is read. */
export interface MaskOptions {
  /** Level from which a pixel is inside; without it half of the picture's largest level. */
  readonly threshold?: number;
  /** Value of the pixels that are inside, where a mask holds labels. */
  readonly label?: number;
}

/** A mask as it was read. */
export interface ReadMask {
  readonly mask: Mask;
  readonly findings: readonly Finding[];
}

/** Colour differences that a JPEG of a grey picture shows are below this share of the full scale. */
const COLOUR_TOLERANCE = 1 / 16;

/**
 * The region of interest in a picture of a mask.
 *
 * A mask has two levels, background 0 and one other. Soft edges are cut at half of the largest level, with a warning that
 * counts them; several labels and pictures of tissue are refused, since which pixels are meant would be a guess.
 *
 * @param path Where the file is: any format that `readImage` reads.
 * @returns 1 inside, 0 outside, on the grid of the file; empty where no pixel is set, which `checkRegion` refuses.
 * @throws {InputError} No such file, a picture painted in colour, several labels, a picture of many grey levels.
 * @throws {FormatError} Bytes that are no image, or a damaged one.
 */
export async function readMask(path: string, options: MaskOptions = {}): Promise<ReadMask> {
  return maskOfBytes(await readBytes(path), basename(path), options);
}

/**
 * The region of interest in the bytes of a picture of a mask.
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
  if (volume !== null) return { mask: labelledMask(volume, file, options), findings: [] };
  const { raster, findings } = await decodeImage(bytes, file);
  refuseColours(raster, file);
  const levels = greyFromSamples(raster).values;
  if (options.label !== undefined) {
    const image = { dimensions: [raster.width, raster.height, 1] as const, spacingMm: null, values: levels };
    return { mask: labelledMask(image, file, options), findings };
  }
  if (options.threshold === undefined) refuseManyLevels(levels, file);
  const cut = thresholdMask([raster.width, raster.height, 1], levels, options.threshold ?? null);
  const named = cut.findings.map((finding) => ({ ...finding, message: `${file}: ${finding.message}` }));
  return { mask: cut.mask, findings: [...findings, ...named] };
}

/** The voxels of a label; without one, of the only label that there is. */
function labelledMask({ dimensions, values }: Image, file: string, { label, threshold }: MaskOptions): Mask {
  const isInside = (value: number) =>
    label !== undefined ? value === label : threshold !== undefined ? value >= threshold : value > 0;
  if (label === undefined && threshold === undefined) {
    const labels = new Set<number>();
    for (let p = 0; p < values.length && labels.size <= MOST_LABELS; p++)
      if (values[p] !== 0) labels.add(values[p]);
    if (labels.size > 1)
      throw new InputError(
        labels.size > MOST_LABELS
          ? `${file}: a mask needs two levels, background and lesion; got many as in an image of tissue; name the mask's file`
          : `${file}: a mask needs one label; got the labels ${[...labels].sort((a, b) => a - b).join(", ")}; name the one that is meant, e.g. with --label`,
      );
  }
  return { dimensions, values: Uint8Array.from(values, (value) => (isInside(value) ? 1 : 0)) };
}

/** One colour on black is a mask; colours among grey levels are an outline painted over the image. */
function refuseColours(raster: RasterSamples, file: string): void {
  const { samples, channels, bitDepth } = raster;
  if (channels < 3) return;
  const tolerance = COLOUR_TOLERANCE * ((1 << bitDepth) - 1);
  let coloured = 0;
  const colours = new Set<number>();
  for (let at = 0; at < samples.length; at += channels) {
    const r = samples[at];
    const g = samples[at + 1];
    const b = samples[at + 2];
    if ((r !== g || g !== b) && Math.max(r, g, b) - Math.min(r, g, b) > tolerance) coloured++;
    if (colours.size < 3) colours.add((r * 65_536 + g) * 65_536 + b);
  }
  if (coloured === 0 || (colours.size === 2 && colours.has(0))) return;
  throw new InputError(
    `${file}: a mask needs one colour on black; got ${coloured} coloured pixels among others, as in an overlay painted over the image; export the mask alone, white on black`,
  );
}

/** Soft edges leave most of the region at the largest level; labels are few whole numbers; tissue is neither. */
function refuseManyLevels(levels: Uint8Array | Uint16Array, file: string): void {
  const histogram = new Uint32Array(65_536);
  for (let pixel = 0; pixel < levels.length; pixel++) histogram[levels[pixel]]++;
  const counts = new Map<number, number>();
  for (let level = 1; level < histogram.length; level++)
    if (histogram[level] > 0) counts.set(level, histogram[level]);
  if (counts.size < 2) return;
  const largest = Math.max(...counts.keys());
  if (largest <= MOST_LABELS)
    throw new InputError(
      `${file}: a mask needs one label; got the labels ${[...counts.keys()].sort((a, b) => a - b).join(", ")}; write a mask for each lesion`,
    );
  let [between, core] = [0, 0];
  for (const [level, count] of counts) {
    if (level >= 0.9 * largest) core += count;
    else if (level > 0.1 * largest) between += count;
  }
  if (between > 2 * core)
    throw new InputError(
      `${file}: a mask needs two levels, background and lesion; got ${counts.size + 1} grey levels as in an image of tissue; name the mask's file, or give a threshold`,
    );
}

/** Whole numbers up to this are labels of a segmentation program, not grey levels. */
const MOST_LABELS = 32;
