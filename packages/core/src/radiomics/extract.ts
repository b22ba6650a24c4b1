import type { FeatureValue } from "../features/feature-definition.ts";
import { checkSize } from "../image/check-region.ts";
import { filterBox } from "../image/filters/filter-box.ts";
import type { Image, Mask } from "../image/image.ts";
import { ringAround } from "../image/peritumoral.ts";
import { locateRegion, readRegion } from "../image/region.ts";
import { type AreaPlan, type FeatureColumn, planExtraction } from "./feature-columns.ts";
import { measureFamily } from "./measure-family.ts";
import { createMeasuredArea } from "./measured-area.ts";
import { type PreparedRegion, prepareRegion } from "./prepare-region.ts";
import type { RadiomicsSettings } from "./settings.ts";

/** A measured feature. */
export interface RadiomicFeature extends FeatureColumn {
  readonly value: FeatureValue;
}

/**
 * The radiomic features of a region of an image.
 *
 * @param mask On the grid of the image; see `checkRegion` for what a person should know about it first.
 * @returns One feature a column of `featureColumns(settings)`, in that order; each is finite, or null with the reason.
 *   Of averaged matrices, those for which a feature does not exist are left out of its mean.
 * @throws {InputError} The settings are not valid, image and mask differ in size, the mask is empty or becomes so, a
 *   step, filter or ring needs millimetres and the image states no spacing, or the binning does not fit the intensities.
 */
export function extractRadiomics(image: Image, mask: Mask, settings: RadiomicsSettings): RadiomicFeature[] {
  const areas = planExtraction(settings);
  checkSize(image, mask, "the mask");
  const prepared = prepareRegion(image, mask, settings);
  return areas.flatMap((area) => measureArea(prepared, area, settings));
}

function measureArea(
  prepared: PreparedRegion,
  { ring, images }: AreaPlan,
  settings: RadiomicsSettings,
): RadiomicFeature[] {
  const area = ring === null ? prepared.intensity : ringAround(prepared.morphology, ring, prepared.image);
  const pixels = locateRegion(area, settings.neighbourhood === "3d");
  const outline = ring === null ? prepared.morphology : area;
  const measured = createMeasuredArea(prepared, { pixels, outline }, settings);
  const filtered = filterBox(
    prepared.image,
    pixels.box,
    images.map(({ filter }) => filter),
  );
  const features: RadiomicFeature[] = [];
  let plan = 0;
  for (const boxed of filtered) {
    const onImage = measured(readRegion(pixels, boxed));
    for (const request of images[plan].requests) {
      const values = measureFamily(request, onImage, settings.profile);
      request.columns.forEach((column, k) => features.push({ ...column, value: values[k] }));
    }
    plan++;
  }
  return features;
}
