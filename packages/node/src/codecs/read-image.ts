import { basename } from "node:path";
import { type Finding, greyFromSamples, type Image } from "@sentinode/core/radiomics";
import { readBytes } from "../files/read-bytes.ts";
import { decodeImage } from "./decode-image.ts";
import { volumeFindings, volumeOfBytes } from "./read-volume.ts";
import type { GridPlacement } from "./volume.ts";

/** An image as it was read. */
export interface ReadImage {
  readonly image: Image;
  /** Bits a sample as the file stores them. */
  readonly bits: number;
  /** Samples a pixel: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: number;
  /** Frames of the file; the first was read. */
  readonly frames: number;
  /** Whether every pixel is grey, whatever the channels. */
  readonly isGrey: boolean;
  /** Where the grid of a volume lies in the patient; null where the file does not say. */
  readonly placement: GridPlacement | null;
  readonly findings: readonly Finding[];
}

/**
 * The grey levels of an image file.
 *
 * @param path Where the file is: PNG, JPEG, TIFF, BMP, PGM, PPM, NIfTI or NRRD.
 * @returns The first frame in stored orientation, depth 1, or a volume. The spacing of a frame is null: the dots per inch
 *   of such files describe paper, not tissue; that of a volume is the file's.
 * @throws {InputError} No such file, or an image above the limits of size.
 * @throws {FormatError} Bytes that are no image, or a damaged one.
 */
export async function readImage(path: string): Promise<ReadImage> {
  return imageOfBytes(await readBytes(path), basename(path));
}

/**
 * The grey levels of the image in the bytes of a file.
 *
 * @param file Name for messages.
 * @throws As {@link readImage}.
 */
export async function imageOfBytes(bytes: Uint8Array, file: string): Promise<ReadImage> {
  const volume = await volumeOfBytes(bytes, file);
  if (volume !== null)
    return {
      image: volume.image,
      bits: volume.bits,
      channels: 1,
      frames: 1,
      isGrey: true,
      placement: volume.placement,
      findings: volumeFindings(volume, file),
    };
  const { raster, bits, frames, findings } = await decodeImage(bytes, file);
  const grey = greyFromSamples(raster);
  return {
    image: { dimensions: [raster.width, raster.height, 1], spacingMm: null, values: grey.values },
    bits,
    channels: raster.channels,
    frames,
    isGrey: grey.findings.every(({ code }) => code !== "grey-from-colour"),
    placement: null,
    findings: [
      ...findings,
      ...grey.findings.map((finding) => ({ ...finding, message: `${file}: ${finding.message}` })),
    ],
  };
}
