import type { Random } from "../math/random.ts";
import { checkSize } from "./check-region.ts";
import type { Image, Mask } from "./image.ts";
import { moveImage, moveMask, type PlaneMap, rotation, translation } from "./move-slices.ts";
import { growRegion, randomiseContour } from "./perturb-contour.ts";
import { addNoise, addSpeckle } from "./perturb-noise.ts";
import type { Perturbation } from "./perturbation.ts";

/** An image with the outline of a region on its grid. */
export interface OutlinedImage {
  readonly image: Image;
  readonly mask: Mask;
}

/**
 * An image and the outline of its region as another examination or another reader might have made them.
 *
 * @param outlined Image and mask of one size; neither is changed.
 * @param steps Done in this order.
 * @param random The result depends on the stream's name alone, not on what was drawn from it.
 * @returns On the same grid. Levels of an image of whole numbers are rounded, those of 8 and 16 bits clipped to their
 *   range. The mask is empty where nothing of the region is left.
 * @throws {InputError} Sizes differ, or a step is in mm and the image states no spacing.
 * @source Zwanenburg et al. 2019, Scientific Reports 9:614: rotation, translation, noise, growth and contour randomisation
 *   as stand-ins for repeated imaging. Here the contour is displaced smoothly instead of by supervoxels.
 */
export function perturb(
  { image, mask }: OutlinedImage,
  steps: readonly Perturbation[],
  random: Random,
): OutlinedImage {
  checkSize(image, mask, "the mask");
  return steps.reduce<OutlinedImage>(
    (changed, step, index) => perturbOnce(changed, step, random.fork(`step/${index}`)),
    { image, mask },
  );
}

function perturbOnce({ image, mask }: OutlinedImage, step: Perturbation, random: Random): OutlinedImage {
  switch (step.kind) {
    case "rotate":
      return moved({ image, mask }, rotation(step.degrees, middleOf(mask), image.spacingMm));
    case "translate":
      return moved({ image, mask }, translation(step.px));
    case "grow":
      return { image, mask: growRegion(mask, step.by, image) };
    case "contour":
      return { image, mask: randomiseContour(mask, step.deviation, image, random) };
    case "noise":
      return { image: asStored(image, addNoise(image, mask, step.levels, random)), mask };
    case "speckle":
      return { image: asStored(image, addSpeckle(image, step.share, random)), mask };
  }
}

function moved({ image, mask }: OutlinedImage, map: PlaneMap): OutlinedImage {
  return { image: asStored(image, moveImage(image, map)), mask: moveMask(mask, map) };
}

/** Mean position of the region's pixels along x and y. */
function middleOf({ dimensions: [width, height], values }: Mask): [number, number] {
  let [count, sumX, sumY] = [0, 0, 0];
  for (let p = 0; p < values.length; p++) {
    if (values[p] === 0) continue;
    const row = Math.floor(p / width);
    count++;
    sumX += p - row * width;
    sumY += row % height;
  }
  return count === 0 ? [(width - 1) / 2, (height - 1) / 2] : [sumX / count, sumY / count];
}

/** New levels in the old form: whole where all were whole, and within the range of 8 and 16 bits. */
function asStored(image: Image, levels: Float64Array): Image {
  const stored = image.values;
  if (stored instanceof Uint8Array || stored instanceof Uint16Array) {
    const highest = stored instanceof Uint8Array ? 255 : 65535;
    const values =
      stored instanceof Uint8Array ? new Uint8Array(levels.length) : new Uint16Array(levels.length);
    for (let p = 0; p < levels.length; p++) values[p] = Math.min(highest, Math.max(0, Math.round(levels[p])));
    return { ...image, values };
  }
  if (stored.every((level) => level === Math.trunc(level)))
    for (let p = 0; p < levels.length; p++) levels[p] = Math.round(levels[p]);
  return { ...image, values: stored instanceof Float32Array ? Float32Array.from(levels) : levels };
}
