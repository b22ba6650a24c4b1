import { type Image, type Mask } from "../image/image.ts";
import { normaliseIntensities } from "../image/normalise.ts";
import { resampleImage, resampleMask } from "../image/resample.ts";
import { resegmentMask } from "../image/resegment.ts";
import { type RadiomicsSettings } from "./settings.ts";

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
 * @throws {InputError} A step's parameters do not fit the image, or nothing of the region is left.
 */
export function prepareRegion(
  image: Image,
  mask: Mask,
  { normalise, resample, resegment }: Pick<RadiomicsSettings, "normalise" | "resample" | "resegment">,
): PreparedRegion {
  const normalised = normalise === undefined ? image : normaliseIntensities(image, normalise);
  const [sampled, morphology] =
    resample === undefined
      ? [normalised, mask]
      : [resampleImage(normalised, resample), resampleMask(mask, normalised.spacingMm, resample)];
  const intensity = resegment === undefined ? morphology : resegmentMask(sampled, morphology, resegment);
  return { image: sampled, morphology, intensity };
}
