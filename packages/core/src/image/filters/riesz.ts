import { InputError } from "../../errors.ts";
import type { Image } from "../image.ts";
import type { Block } from "./block.ts";
import type { Wanted } from "./cascade.ts";
import { type FrequencyResponse, filterByFrequency } from "./frequency-grid.ts";
import type { FilterDimensions, RieszFilter } from "./image-filter.ts";
import { eachPart, isotropicBand } from "./isotropic-wavelet.ts";
import { laplacianResponse } from "./laplacian-of-gaussian.ts";
import { readPadded } from "./padded-grid.ts";

/**
 * A component of the Riesz transform of an image, or of its response to a Laplacian of Gaussian or an isotropic wavelet.
 *
 * @throws {InputError} The order has no number for a dimension, is 0 in all, or does not fit the other filter.
 * @source IBSI reference manual on filters, 3.7 (AYRS): (-i)^L sqrt(L! / (l1! l2! l3!)) w1^l1 w2^l2 w3^l3 / |w|^L.
 */
export function rieszResponse(image: Image, filter: RieszFilter, wanted: Wanted): Block {
  const { order, after, boundary } = filter;
  const total = order.reduce((sum, one) => sum + one, 0);
  const dimensions = order.length as FilterDimensions;
  if (total === 0 || (after !== null && after.dimensions !== dimensions))
    throw new InputError(
      `a Riesz transform needs an order above 0 with one number a dimension of its filter; got ${order.join(", ")}`,
    );
  const isLaplacian = after?.kind === "laplacianOfGaussian";
  const source = isLaplacian ? laplacianOf(image, { ...after, boundary }) : image;
  const grid = readPadded(source, dimensions, { margin: 0.5, boundary }, wanted);
  const band = after === null || isLaplacian ? () => 1 : isotropicBand(after);
  const response = rieszTransform(order, total, band);
  return eachPart(grid, wanted, (part) => {
    filterByFrequency(part, grid.sizes, response);
  });
}

function laplacianOf(image: Image, filter: Parameters<typeof laplacianResponse>[1]): Image {
  const { dimensions, spacingMm } = image;
  const ranges = [
    [0, dimensions[0]] as const,
    [0, dimensions[1]] as const,
    [0, dimensions[2]] as const,
  ] as const;
  const { values } = laplacianResponse(image, filter, { ranges, dimensions, boundary: filter.boundary });
  return { dimensions, spacingMm, values };
}

function rieszTransform(
  order: readonly number[],
  total: number,
  band: (radius: number) => number,
): FrequencyResponse {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const norm = Math.sqrt(order.reduce((quotient, one) => quotient / factorial(one), factorial(total)));
  // (-i)^L is -i, -1, i, 1 by turns.
  const sign = total % 4 === 1 || total % 4 === 2 ? -1 : 1;
  const at = (frequencies: readonly [number, number, number]) => {
    const radius = Math.sqrt(frequencies.reduce((sum, w) => sum + w * w, 0));
    if (radius === 0) return 0;
    let product = sign * norm * band(radius);
    order.forEach((power, axis) => {
      for (let k = 0; k < power; k++) product *= frequencies[axis] / radius;
    });
    return product;
  };
  return { at, isImaginary: total % 2 === 1 };
}
