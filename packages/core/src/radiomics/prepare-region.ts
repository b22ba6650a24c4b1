import { cropAround } from "../image/crop-around.ts";
import type { Image, Mask } from "../image/image.ts";
import { normaliseIntensities } from "../image/normalise.ts";
import { resampleImage, resampleMask } from "../image/resample.ts";
import { resamplingGrid } from "../image/resampling-grid.ts";
import type { Resampling } from "../image/resampling.ts";
import { resegmentMask } from "../image/resegment.ts";
import type { RadiomicsSettings } from "./settings.ts";

/** An image and its region as they are measured. */
export interface PreparedRegion {
  readonly image: Image;
  /** Whose shape is measured. */
  readonly morphology: Mask;
  /** Whose intensities are measured: the same without what re-segmentation leaves out. */
  readonly intensity: Mask;
}

/**
 * An image and a region after normalisation, resampling and re-segmentation, as far as the settings ask for them.
 *
 * @param mask On the grid of the image.
 * @returns The image and the mask themselves where no step is asked for.
 * @throws {InputError} A step's parameters do not fit the image, or nothing of the region is left.
 * @source IBSI reference manual 2, image processing: the order of the steps, and the two masks.
 */
export function prepareRegion(
  image: Image,
  mask: Mask,
  settings: Pick<RadiomicsSettings, "normalise" | "resample" | "cropMarginPx" | "resegment">,
): PreparedRegion {
  const { normalise, resample, cropMarginPx, resegment } = settings;
  const normalised = normalise === undefined ? image : normaliseIntensities(image, normalise);
  const resampled =
    resample === undefined ? { image: normalised, mask } : resampleRegion(normalised, mask, resample);
  const sampled =
    cropMarginPx === undefined ? resampled : cropAround(resampled.image, resampled.mask, cropMarginPx);
  const intensity =
    resegment === undefined ? sampled.mask : resegmentMask(sampled.image, sampled.mask, resegment);
  return { image: sampled.image, morphology: sampled.mask, intensity };
}

function resampleRegion(image: Image, mask: Mask, resampling: Resampling): { image: Image; mask: Mask } {
  const grid = resamplingGrid(image, mask, resampling);
  if (grid === null)
    return resampling.marginPx === undefined ? { image, mask } : cropAround(image, mask, resampling.marginPx);
  return { image: resampleImage(image, grid, resampling), mask: resampleMask(mask, grid, resampling) };
}
