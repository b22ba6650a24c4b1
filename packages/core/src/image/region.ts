import { InputError } from "../errors.ts";
import { checkSize } from "./check-region.ts";
import { type Image, type Mask, type Spacing } from "./image.ts";
import { type BoundingBox, boundingBox } from "./mask.ts";

/** Size of the crop with one pixel of padding on every side (across slices where asked); pixel (x, y, z) is at (z * height + y) * width + x. */
export interface PaddedSize {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
}

/** A region of interest gathered once: later passes need neither mask nor bounds tests. */
export interface Region {
  readonly box: BoundingBox;
  readonly spacingMm: Spacing | null;
  readonly padded: PaddedSize;
  /** Index of each region pixel in the padded crop, ascending; shape [n]. */
  readonly positions: Int32Array;
  /** Pixels before each slice of the box: slice z holds positions sliceStarts[z] .. sliceStarts[z + 1] - 1. */
  readonly sliceStarts: Int32Array;
  /** Intensity of each region pixel, finite; shape [n]. */
  readonly intensities: Float64Array;
  readonly minimum: number;
  readonly maximum: number;
  /** Whether the image stores whole numbers, so that intensities can be counted instead of sorted. */
  readonly wholeNumbers: boolean;
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
  const box = boundingBox(mask);
  if (box === null)
    throw new InputError("a region needs at least one pixel; the mask is empty; outline the lesion");
  const padded = { width: box.width + 2, height: box.height + 2, depth: box.depth + (padSlices ? 2 : 0) };
  const gathered = gather(image, mask, box);
  if (padSlices)
    for (let k = 0; k < gathered.positions.length; k++) gathered.positions[k] += padded.width * padded.height;
  let [minimum, maximum] = [Infinity, -Infinity];
  for (const value of gathered.intensities) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  const wholeNumbers = image.values instanceof Uint8Array || image.values instanceof Uint16Array;
  return { box, spacingMm: image.spacingMm, padded, ...gathered, minimum, maximum, wholeNumbers };
}

type Gathered = Pick<Region, "positions" | "sliceStarts" | "intensities">;

function gather({ dimensions, values }: Image, mask: Mask, box: BoundingBox): Gathered {
  const [width, height] = dimensions;
  const capacity = box.width * box.height * box.depth;
  const [positions, intensities] = [new Int32Array(capacity), new Float64Array(capacity)];
  const sliceStarts = new Int32Array(box.depth + 1);
  let [count, notFinite] = [0, 0];
  for (let z = 0; z < box.depth; z++) {
    for (let y = 0; y < box.height; y++) {
      const source = ((box.z + z) * height + box.y + y) * width + box.x;
      const target = (z * (box.height + 2) + y + 1) * (box.width + 2) + 1;
      for (let x = 0; x < box.width; x++) {
        if (mask.values[source + x] === 0) continue;
        const value = values[source + x];
        if (!Number.isFinite(value)) notFinite++;
        positions[count] = target + x;
        intensities[count] = value;
        count++;
      }
    }
    sliceStarts[z + 1] = count;
  }
  if (notFinite > 0)
    throw new InputError(
      `a region needs finite intensities; ${notFinite} of its ${count} pixels have none; outline valid pixels only or mend the image`,
    );
  return { positions: positions.slice(0, count), intensities: intensities.slice(0, count), sliceStarts };
}
