import type { Image, Mask } from "./image.ts";
import { boundingBox } from "./mask.ts";
import { cropImage } from "./region.ts";

/**
 * The part of an image and its mask around a region.
 *
 * @param mask On the grid of the image, with at least one pixel.
 * @param marginPx Whole pixels that are kept on every side of the region's box, as far as the image has them.
 * @returns The image and the mask themselves where there is nothing to cut off, or no region.
 */
export function cropAround(image: Image, mask: Mask, marginPx: number): { image: Image; mask: Mask } {
  const box = boundingBox(mask);
  if (box === null) return { image, mask };
  const [x, y, z] = [box.x, box.y, box.z].map((first) => Math.max(0, first - marginPx));
  const [right, lower, last] = [box.x + box.width, box.y + box.height, box.z + box.depth].map((end, axis) =>
    Math.min(image.dimensions[axis], end + marginPx),
  );
  const wider = { x, y, z, width: right - x, height: lower - y, depth: last - z };
  if ([wider.width, wider.height, wider.depth].every((size, axis) => size === image.dimensions[axis]))
    return { image, mask };
  const { dimensions, values } = cropImage({ ...mask, spacingMm: null }, wider);
  // A crop has values of the type of its image's.
  return { image: cropImage(image, wider), mask: { dimensions, values: values as Mask["values"] } };
}
