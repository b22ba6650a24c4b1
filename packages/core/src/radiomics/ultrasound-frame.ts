import { checkSize } from "../image/check-region.ts";
import { signedDistance } from "../image/distance-transform.ts";
import { fieldOfView } from "../image/field-of-view.ts";
import type { Image, Mask } from "../image/image.ts";
import { gatherRegion } from "../image/region.ts";

/** The part of a frame that ultrasound features look at: the lesion, what lies around it, and all above it. */
export interface LesionFrame {
  /** Size in pixels; pixel (x, y) is at y * width + x. */
  readonly width: number;
  readonly height: number;
  /** Where pixel (0, 0) lies in the slice of the image. */
  readonly offset: readonly [x: number, y: number];
  readonly grey: Float64Array;
  /** 1 for pixels of the lesion. */
  readonly inside: Uint8Array;
  /** 1 for pixels of tissue outside the lesion: within the field of view, of finite level. */
  readonly tissue: Uint8Array;
  /** Size of a pixel along x and y: in mm, or square where the image states no spacing. */
  readonly pixel: readonly [x: number, y: number];
  /** First and last column and row of the lesion. */
  readonly box: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  /** Of the lesion. */
  readonly pixels: number;
  /** Radius of the circle of the lesion's area, R, in the unit of `pixel`. */
  readonly radius: number;
  /** Distance from the lesion's edge in that unit: below 0 inside, above 0 outside, Infinity far above. */
  readonly distance: Float64Array;
  /**
   * Standard deviation of the tissue within one R of the lesion, the unit of all differences of echogenicity; null where
   * that is fewer than {@link fewestPixels} pixels or of one level.
   */
  readonly spread: number | null;
}

/** Means of fewer pixels are not taken: speckle alone would decide them. */
export const fewestPixels = 50;

/** How far around the lesion tissue is kept, in R. */
const reach = 1.3;

/**
 * The frame of a lesion of one slice.
 *
 * @returns Null where the region spans several slices.
 * @throws {InputError} The sizes differ, the mask is empty, or a level inside it is not finite.
 */
export function frameLesion(image: Image, mask: Mask): LesionFrame | null {
  checkSize(image, mask, "the mask");
  const { box: found, positions } = gatherRegion(image, mask, false);
  if (found.depth > 1) return null;
  const pixel =
    image.spacingMm === null ? ([1, 1] as const) : ([image.spacingMm[0], image.spacingMm[1]] as const);
  const radius = Math.sqrt((positions.length * pixel[0] * pixel[1]) / Math.PI);
  const [columns, rows] = image.dimensions;
  const [besides, below] = pixel.map((size) => Math.ceil((reach * radius) / size) + 2);
  const x = Math.max(0, found.x - besides);
  const width = Math.min(columns, found.x + found.width + besides) - x;
  const height = Math.min(rows, found.y + found.height + below);
  const cut = { columns, width, height, start: found.z * columns * rows + x };
  const grey = cropRows(image.values, new Float64Array(width * height), cut);
  const inside = cropRows(mask.values, new Uint8Array(width * height), cut);
  const tissue = cropRows(fieldOfView(image, mask), new Uint8Array(width * height), cut);
  for (let p = 0; p < tissue.length; p++) if (inside[p] !== 0 || !Number.isFinite(grey[p])) tissue[p] = 0;
  const distance = new Float64Array(width * height).fill(Infinity);
  const first = Math.max(0, found.y - below) * width;
  const near = { dimensions: [width, height - first / width, 1] as const, values: inside.subarray(first) };
  distance.set(signedDistance(near, [...pixel, 1]), first);
  return {
    width,
    height,
    offset: [x, 0],
    grey,
    inside,
    tissue,
    pixel,
    box: {
      left: found.x - x,
      right: found.x - x + found.width - 1,
      top: found.y,
      bottom: found.y + found.height - 1,
    },
    pixels: positions.length,
    radius,
    distance,
    spread: spreadWithin({ grey, tissue, distance }, radius),
  };
}

interface Cut {
  /** Of the slice. */
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  /** Index of the first pixel. */
  readonly start: number;
}

function cropRows<Target extends Float64Array | Uint8Array>(
  values: Image["values"],
  into: Target,
  { columns, width, height, start }: Cut,
): Target {
  for (let y = 0; y < height; y++)
    into.set(values.subarray(start + y * columns, start + y * columns + width), y * width);
  return into;
}

function spreadWithin(
  { grey, tissue, distance }: Pick<LesionFrame, "grey" | "tissue" | "distance">,
  radius: number,
): number | null {
  let [pixels, sum, squares] = [0, 0, 0];
  for (let p = 0; p < grey.length; p++) {
    if (tissue[p] === 0 || distance[p] > radius) continue;
    pixels++;
    sum += grey[p];
  }
  const mean = sum / pixels;
  for (let p = 0; p < grey.length; p++)
    if (tissue[p] !== 0 && distance[p] <= radius) squares += (grey[p] - mean) * (grey[p] - mean);
  return pixels < fewestPixels || squares === 0 ? null : Math.sqrt(squares / pixels);
}
