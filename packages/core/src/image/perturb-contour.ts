import { cbrt } from "../math/elementary.ts";
import { type Random } from "../math/random.ts";
import { signedDistance } from "./distance-transform.ts";
import { lengthInPixels } from "./filters/length.ts";
import { type Image, type Length, type Mask, type Spacing } from "./image.ts";
import { type BoundingBox, boundingBox, pixelCount } from "./mask.ts";
import { cropImage } from "./region.ts";
import { smoothNoise } from "./smooth-noise.ts";

/** A number of pixels, or a share of the region's size. */
export type RelativeLength = Length | { readonly share: number };

/** An outline is displaced by so many standard deviations at most, to speak of. */
const furthestDeviations = 4.5;

/** The random displacement of neighbouring parts of an outline is one up to about this share of its radius. */
const coherence = 0.5;

/** Unit of distances: millimetres where the image states a spacing, or pixels. */
const squarePixels: Spacing = [1, 1, 1];

/** A region with its surroundings, cut out of its mask. */
interface Surroundings {
  readonly box: BoundingBox;
  readonly mask: Mask;
  /** From the outline, below 0 inside; in mm, or in pixels where the image states no spacing. */
  readonly distance: Float64Array;
}

/**
 * A region whose outline moved outwards everywhere alike, or inwards.
 *
 * @param by Distance of the outlines, or share by which the area (in volumes: the volume) changes, met as nearly as whole
 *   pixels allow; below 0 the region shrinks, to nothing where nothing is left.
 * @param image States the size of a pixel.
 * @throws {InputError} The distance is in mm and the image states no spacing.
 */
export function growRegion(mask: Mask, by: RelativeLength, image: Image): Mask {
  const size = pixelCount(mask);
  if (size === 0) return mask;
  const spacing = unitOf(by, image, "growing by mm");
  const amount = "share" in by ? by.share : "mm" in by ? by.mm : by.px;
  // Of all regions of a size a disc needs to grow furthest for a share.
  const furthest =
    "share" in by ? equivalentRadius(mask, size, spacing) * (Math.sqrt(1 + Math.max(0, amount)) - 1) : amount;
  const { box, mask: cut, distance } = surroundings(mask, Math.max(0, furthest), spacing);
  const limit = "share" in by ? shareLimit(cut, distance, Math.round(size * amount)) : amount;
  const order = "share" in by ? smoothed(distance, cut) : distance;
  return pasted(mask, box, (p) => {
    const wasInside = cut.values[p] !== 0;
    return limit > 0 ? wasInside || order[p] <= limit : wasInside && order[p] <= limit;
  });
}
