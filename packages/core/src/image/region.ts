import { InputError } from "../errors.ts";
import { checkSize } from "./check-region.ts";
import type { Image, Mask, Spacing } from "./image.ts";
import { type BoundingBox, boundingBox } from "./mask.ts";

/** Size of the crop with one pixel of padding on every side (across slices where asked); pixel (x, y, z) is at (z * height + y) * width + x. */
export interface PaddedSize {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
}

/** Where the pixels of a region of interest are: found once, and read from every image of its box. */
export interface RegionPixels {
  readonly box: BoundingBox;
  readonly padded: PaddedSize;
  /** Index of each region pixel in the padded crop, ascending; shape [n]. */
  readonly positions: Int32Array;
  /** Index of each region pixel in an image of the box; shape [n]. */
  readonly inBox: Int32Array;
  /** Pixels before each slice of the box: slice z holds positions sliceStarts[z] .. sliceStarts[z + 1] - 1. */
  readonly sliceStarts: Int32Array;
}

/** A region of interest gathered once: later passes need neither mask nor bounds tests. */
export interface Region extends RegionPixels {
  readonly spacingMm: Spacing | null;
  /** Intensity of each region pixel; shape [n]. */
  readonly intensities: Float64Array;
  /** Pixels whose intensity is not a finite number. */
  readonly notFinite: number;
  /** Least and largest finite intensity. */
  readonly minimum: number;
  readonly maximum: number;
  /** Whether the image stores whole numbers, so that intensities can be counted instead of sorted. */
  readonly wholeNumbers: boolean;
}

/**
 * The pixels inside a mask, cropped to their bounding box and padded by one.
 *
 * @param padSlices Whether to pad before the first and after the last slice too, as neighbours in a volume need.
 * @throws {InputError} The mask is empty.
 * @example [...locateRegion({ dimensions: [3, 1, 1], values: Uint8Array.of(0, 1, 1) }, false).positions] // => [5, 6]
 */
export function locateRegion(mask: Mask, padSlices: boolean): RegionPixels {
  const box = boundingBox(mask);
  if (box === null)
    throw new InputError("a region needs at least one pixel; the mask is empty; outline the lesion");
  const padded = { width: box.width + 2, height: box.height + 2, depth: box.depth + (padSlices ? 2 : 0) };
  const first = padSlices ? padded.width * padded.height : 0;
  const [width, height] = mask.dimensions;
  const capacity = box.width * box.height * box.depth;
  const [positions, inBox] = [new Int32Array(capacity), new Int32Array(capacity)];
  const sliceStarts = new Int32Array(box.depth + 1);
  let count = 0;
  for (let z = 0; z < box.depth; z++) {
    for (let y = 0; y < box.height; y++) {
      const row = z * box.height + y;
      const source = ((box.z + z) * height + box.y + y) * width + box.x;
      const target = first + (z * padded.height + y + 1) * padded.width + 1;
      for (let x = 0; x < box.width; x++) {
        if (mask.values[source + x] === 0) continue;
        positions[count] = target + x;
        inBox[count] = row * box.width + x;
        count++;
      }
    }
    sliceStarts[z + 1] = count;
  }
  return { box, padded, positions: positions.slice(0, count), inBox: inBox.slice(0, count), sliceStarts };
}

/**
 * The part of an image inside a box.
 *
 * @param box Inside the image.
 */
export function cropImage({ dimensions, spacingMm, values }: Image, box: BoundingBox): Image {
  const [width, height] = dimensions;
  const cropped = values.slice(0, box.width * box.height * box.depth);
  for (let z = 0, target = 0; z < box.depth; z++)
    for (let y = 0; y < box.height; y++, target += box.width) {
      const source = ((box.z + z) * height + box.y + y) * width + box.x;
      cropped.set(values.subarray(source, source + box.width), target);
    }
  return { dimensions: [box.width, box.height, box.depth], spacingMm, values: cropped };
}

/**
 * The intensities of a region in an image of its box.
 *
 * @param image As large as the region's box, e.g. from {@link cropImage} or a filter.
 */
export function readRegion(pixels: RegionPixels, { values, spacingMm }: Image): Region {
  const { inBox } = pixels;
  const intensities = new Float64Array(inBox.length);
  let [minimum, maximum, notFinite] = [Infinity, -Infinity, 0];
  for (let k = 0; k < inBox.length; k++) {
    const value = values[inBox[k]];
    intensities[k] = value;
    // x - x is 0 for finite numbers only.
    if (value - value !== 0) notFinite++;
    else {
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
  }
  const wholeNumbers = values instanceof Uint8Array || values instanceof Uint16Array;
  return { ...pixels, spacingMm, intensities, notFinite, minimum, maximum, wholeNumbers };
}

/**
 * The pixels of an image inside a mask, cropped to their bounding box and padded by one.
 *
 * @param padSlices Whether to pad before the first and after the last slice too, as neighbours in a volume need.
 * @throws {InputError} The sizes differ, the mask is empty, or an intensity inside it is not a finite number.
 * @example gatherRegion({ dimensions: [3, 1, 1], spacingMm: null, values: Uint8Array.of(7, 8, 9) }, { dimensions: [3, 1, 1], values: Uint8Array.of(0, 1, 1) }, false).intensities // => [8, 9]
 */
export function gatherRegion(image: Image, mask: Mask, padSlices: boolean): Region {
  checkSize(image, mask, "the mask");
  const pixels = locateRegion(mask, padSlices);
  const region = readRegion(pixels, cropImage(image, pixels.box));
  if (region.notFinite > 0)
    throw new InputError(
      `a region needs finite intensities; ${region.notFinite} of its ${region.intensities.length} pixels have none; outline valid pixels only or mend the image`,
    );
  return region;
}
