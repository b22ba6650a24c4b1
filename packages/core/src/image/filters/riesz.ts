import { InputError } from "../../errors.ts";
import { smoothSize } from "../../math/fft.ts";
import type { Image } from "../image.ts";
import { type Block, type Ranges, blockImage, rangesOf, readBlock, wholeImage } from "./block.ts";
import type { Range } from "./boundary.ts";
import type { Wanted } from "./cascade.ts";
import { filterFrequencies, transformedRanges } from "./frequency-grid.ts";
import type { FilterDimensions, RieszFilter } from "./image-filter.ts";
import { isotropicBand } from "./isotropic-wavelet.ts";
import { laplacianResponse } from "./laplacian-of-gaussian.ts";

/**
 * A component of the Riesz transform of an image, or of its response to a Laplacian of Gaussian or an isotropic wavelet.
 * The image is continued by half its size on every side, then filtered by both.
 *
 * @throws {InputError} The order is not two or three whole numbers, is 0 in all, or does not fit the other filter.
 * @source IBSI reference manual on filters, 3.7 (AYRS).
 */
export function rieszResponse(image: Image, filter: RieszFilter, wanted: Wanted): Block {
  const { after, order } = filter;
  const dimensions = checkedDimensions(filter);
  const whole = transformedRanges(image, dimensions, wanted);
  const ranges = continued(whole, dimensions, after === null);
  const continuedImage = readBlock(wholeImage(image), ranges, wanted);
  const isLaplacian = after?.kind === "laplacianOfGaussian";
  const band = after === null || isLaplacian ? () => 1 : isotropicBand(after);
  const source = isLaplacian ? laplacianOf(continuedImage, image, { ...filter, after }) : continuedImage;
  return filterFrequencies(source, dimensions, { band, order }, wanted);
}

function checkedDimensions({ order, after }: RieszFilter): FilterDimensions {
  const areWhole = order.every((one) => Number.isInteger(one) && one >= 0);
  if ((order.length !== 2 && order.length !== 3) || !areWhole || order.every((one) => one === 0))
    throw new InputError(
      `a Riesz transform needs two or three whole numbers as its order, one above 0; got ${order.join(", ")}`,
    );
  if (after !== null && after.dimensions !== order.length)
    throw new InputError(
      `a Riesz transform needs an order along each axis of the filter before it; got ${order.length} for ${after.dimensions}; give as many`,
    );
  return order.length;
}

/**
 * Ranges that reach half a size further on both sides along the filtered axes, up to sizes that transform fast; or to odd
 * sizes, on whose grid frequencies are 0 where the mean of the image is, which no filter took away.
 */
function continued(ranges: Ranges, dimensions: FilterDimensions, isOdd: boolean): Ranges {
  const [x, y, z] = ranges.map(([first, last], axis): Range => {
    if (axis >= dimensions) return [first, last];
    const margin = Math.ceil((last - first) / 2);
    const size = last - first + 2 * margin;
    return [first - margin, first - margin + (isOdd ? size | 1 : smoothSize(size))];
  });
  return [x, y, z];
}

/** The response of a block to a Laplacian of Gaussian, at all of its pixels. */
function laplacianOf(
  block: Block,
  { spacingMm }: Image,
  { after, boundary }: RieszFilter & { readonly after: Parameters<typeof laplacianResponse>[1] },
): Block {
  const image = blockImage(block, spacingMm);
  const [width, height, depth] = image.dimensions;
  const ranges = rangesOf({ x: 0, y: 0, z: 0, width, height, depth });
  const { values } = laplacianResponse(image, after, { ranges, dimensions: image.dimensions, boundary });
  return { ranges: block.ranges, values };
}
