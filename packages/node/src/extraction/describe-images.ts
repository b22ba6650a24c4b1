import { FormatError, InputError } from "@sentinode/core/radiomics";
import { isVolumeName, volumeShape } from "../codecs/read-volume.ts";
import { readBytes } from "../files/read-bytes.ts";
import type { ImagesToCome } from "./choose-settings.ts";

/** An image as far as its settings depend on it. */
export interface NamedImage {
  readonly image: string;
  readonly spacingMm: number | null;
}

/**
 * What settings depend on, by the first image of several that can be read: whether they are volumes and state a spacing.
 *
 * @param pathOf Where an image is; may throw an InputError.
 */
export async function describeImages(
  images: readonly NamedImage[],
  pathOf: (image: string) => string,
): Promise<ImagesToCome> {
  const haveSpacing = images.some(({ spacingMm }) => spacingMm !== null);
  for (const { image } of images) {
    if (!isVolumeName(image)) return { areVolumes: false, haveSpacing };
    try {
      const shape = await volumeShape(await readBytes(pathOf(image)), image);
      return { areVolumes: shape.depth > 1, haveSpacing: haveSpacing || shape.hasSpacing };
    } catch (error) {
      // A broken file is reported with its row when it is measured.
      if (!(error instanceof FormatError || error instanceof InputError)) throw error;
    }
  }
  return { areVolumes: true, haveSpacing };
}
