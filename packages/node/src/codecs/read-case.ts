import { basename } from "node:path";
import { type Finding, type Image, InputError, type Mask } from "@sentinode/core/radiomics";
import { imageOfBytes, type ReadImage } from "./read-image.ts";
import { maskOfBytes, type MaskOptions, type ReadMask } from "./read-mask.ts";
import { cornerDistance } from "./volume.ts";

/** The bytes of an image, and what is known of it besides. */
export interface ImageFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Size of a pixel; null: what the file states, if it does. */
  readonly spacingMm: number | null;
}

/** The bytes of a mask, and how it is read. */
export interface MaskFile extends MaskOptions {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** An image and the mask of its lesion on one grid. */
export interface ReadCase {
  readonly image: Image;
  readonly mask: Mask;
  readonly bits: number;
  readonly findings: readonly Finding[];
}

/** Grids whose corners are closer than this share of a voxel are one. */
const nearlyAVoxel = 0.1;

/**
 * An image and its mask from the bytes of their files.
 *
 * @throws {InputError} A file states another spacing than the one given, or image and mask lie in different places.
 * @throws As `readImage` and `readMask`.
 */
export async function readCase(imageFile: ImageFile, maskFile: MaskFile): Promise<ReadCase> {
  const { name, bytes, ...options } = maskFile;
  const [read, outline] = await Promise.all([
    imageOfBytes(imageFile.bytes, basename(imageFile.name)),
    maskOfBytes(bytes, basename(name), options),
  ]);
  refuseOtherPlace(read, outline, name);
  return {
    image: spacedImage(read.image, imageFile),
    mask: outline.mask,
    bits: read.bits,
    findings: [...read.findings, ...outline.findings],
  };
}

function spacedImage(image: Image, { name, spacingMm }: ImageFile): Image {
  if (spacingMm === null) return image;
  const own = image.spacingMm;
  if (own !== null && own.slice(0, 2).some((size) => Math.abs(size / spacingMm - 1) > 1e-3))
    throw new InputError(
      `${name}: the file states a spacing of ${own.join(" × ")} mm; got ${spacingMm} mm besides; leave the spacing out`,
    );
  return own === null ? { ...image, spacingMm: [spacingMm, spacingMm, 1] } : image;
}

/** Sizes may agree where places do not: a mask of another series, or one that was turned when it was saved. */
function refuseOtherPlace(read: ReadImage, { volume }: ReadMask, name: string): void {
  const { dimensions } = read.image;
  if (volume === null || dimensions.some((size, axis) => size !== volume.image.dimensions[axis])) return;
  if (read.placement !== null && volume.placement !== null) {
    const voxels = cornerDistance(read.placement, volume.placement, dimensions);
    if (!(voxels <= nearlyAVoxel))
      throw new InputError(
        `${name}: the mask needs to lie where its image lies; the corners of their grids are ${voxels.toPrecision(3)} voxels apart; resample the mask onto the image's grid`,
      );
  }
  const [own, other] = [read.image.spacingMm, volume.image.spacingMm];
  if (own?.some((size, axis) => other !== null && Math.abs(other[axis] / size - 1) > 1e-3))
    throw new InputError(
      `${name}: the mask needs the spacing of its image, ${own.join(" × ")} mm; got ${other!.join(" × ")} mm; resample the mask onto the image's grid`,
    );
}
