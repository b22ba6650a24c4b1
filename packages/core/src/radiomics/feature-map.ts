import { InputError } from "../errors.ts";
import type { Discretisation } from "../features/feature-source.ts";
import type { Image, Mask } from "../image/image.ts";
import { gatherRegion } from "../image/region.ts";
import { binRegion } from "./bin-region.ts";
import { catalogue } from "./catalogue.ts";
import { type WindowedFeature, createWindowMeasurement } from "./feature-window.ts";

export { type MappedFamily } from "./feature-window.ts";

/** What is mapped, how levels are binned, and how far around each pixel is looked. */
export interface FeatureMapSettings extends WindowedFeature {
  readonly discretisation: Discretisation;
}

/**
 * A texture feature around each pixel of a region: the region is binned once, and the feature measured in a square window
 * that the region clips, averaged over directions.
 *
 * @param mask On the grid of the image; of one slice.
 * @returns On the grid of the image; NaN outside the region and where the feature does not exist in the window. N_g is
 *   that of the whole region. Time grows with the pixels of all windows together.
 * @throws {InputError} The region is empty, spans several slices or holds intensities that are not finite, the binning
 *   does not fit them, or there is no such feature or radius.
 * @source PyRadiomics' voxel-based extraction, whose kernel is masked by the region and whose bins are the region's.
 */
export function featureMap(image: Image, mask: Mask, settings: FeatureMapSettings): Image {
  const { family, feature, radiusPx, discretisation } = settings;
  if (!Object.hasOwn(catalogue[family].features, feature))
    throw new InputError(
      `a map of ${family} needs a feature of ${Object.keys(catalogue[family].features).join(", ")}; got ${feature}; correct the spelling`,
    );
  if (!Number.isInteger(radiusPx) || radiusPx < 1 || radiusPx > largestRadius)
    throw new InputError(
      `a map needs a radius of 1 to ${largestRadius} whole pixels; got ${radiusPx}; change the radius`,
    );
  const region = gatherRegion(image, mask, false);
  const { box, padded, positions } = region;
  if (box.depth > 1)
    throw new InputError("a map needs a region of one slice; this one spans several; map a slice");
  const measure = createWindowMeasurement(binRegion(region, discretisation), settings);
  const values = new Float64Array(image.values.length).fill(NaN);
  const [width, height] = image.dimensions;
  const first = (box.z * height + box.y - 1) * width + box.x - 1;
  for (let k = 0; k < positions.length; k++) {
    const y = Math.floor(positions[k] / padded.width);
    values[first + y * width + positions[k] - y * padded.width] = measure(positions[k]) ?? NaN;
  }
  return { ...image, values };
}

/** Windows are meant to be small against the region; longer runs would not fit their counters. */
const largestRadius = 100;
