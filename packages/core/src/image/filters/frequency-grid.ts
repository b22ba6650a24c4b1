import { fourierTransform } from "../../math/fft.ts";
import type { Image } from "../image.ts";
import { type Block, type Ranges, blockSize, rangesOf, readBlock } from "./block.ts";
import type { Wanted } from "./cascade.ts";
import type { FilterDimensions } from "./image-filter.ts";

/**
 * A filter of frequencies w, -1 to 1 along each axis: a band of their length |w| times a component of the Riesz transform,
 * (-i)^L sqrt(L! / (l1! l2! l3!)) w1^l1 w2^l2 w3^l3 / |w|^L with L = l1 + l2 + l3; 0 at frequency 0.
 */
export interface FrequencyFilter {
  /** The factor at a length of w. */
  readonly band: (radius: number) => number;
  /** Orders along the axes of the grid; zeros for no Riesz transform. */
  readonly order: readonly number[];
}

/**
 * Frequencies of the IBSI's isotropic filters, -1 to 1 in equal steps, in the order of a transform.
 *
 * @example [...frequencyAxis(5)] // => [0, 0.5, 1, -1, -0.5]
 * @example [...frequencyAxis(2)] // => [1, -1]
 */
export function frequencyAxis(size: number): Float64Array {
  const half = Math.floor(size / 2);
  // linspace(-1, 1, size) with its middle moved to the front.
  return Float64Array.from({ length: size }, (_, k) =>
    size === 1 ? 0 : -1 + (2 * ((k + half) % size)) / (size - 1),
  );
}

/** All of the image that a transform needs: whole slices where responses are wanted, or the whole volume. */
export function transformedRanges({ dimensions }: Image, axes: FilterDimensions, { ranges }: Wanted): Ranges {
  const [width, height, depth] = dimensions;
  const [x, y, z] = rangesOf({ x: 0, y: 0, z: 0, width, height, depth });
  return [x, y, axes === 3 ? z : ranges[2]];
}

/** The wanted part of a block that is filtered in place, as a periodic volume or periodic slices. */
export function filterFrequencies(
  block: Block,
  axes: FilterDimensions,
  filter: FrequencyFilter,
  wanted: Wanted,
): Block {
  const sizes = blockSize(block.ranges);
  const slice = sizes[0] * sizes[1];
  const part = axes === 3 ? block.values.length : slice;
  const imaginary = new Float64Array(part);
  for (let start = 0; start < block.values.length; start += part)
    filterGrid(block.values.subarray(start, start + part), imaginary, sizes.slice(0, axes), filter);
  return readBlock(block, wanted.ranges, wanted);
}

/** Filters a periodic grid in place; content of the imaginary part does not matter. */
function filterGrid(
  re: Float64Array,
  im: Float64Array,
  sizes: readonly number[],
  filter: FrequencyFilter,
): void {
  im.fill(0);
  fourierTransform(re, im, sizes, "forward");
  multiplyByFilter(re, im, sizes, filter);
  fourierTransform(re, im, sizes, "inverse");
}

function multiplyByFilter(
  re: Float64Array,
  im: Float64Array,
  sizes: readonly number[],
  { band, order }: FrequencyFilter,
): void {
  const [xs, ys, zs] = [0, 1, 2].map((axis) => frequencyAxis(sizes[axis] ?? 1));
  const [xFactors, yFactors, zFactors] = [xs, ys, zs].map((axis, k) => wholePower(axis, order[k] ?? 0));
  const total = order.reduce((sum, one) => sum + one, 0);
  const norm = rieszNorm(order, total);
  const isImaginary = total % 2 === 1;
  let at = 0;
  for (let z = 0; z < zs.length; z++)
    for (let y = 0; y < ys.length; y++) {
      const square = ys[y] * ys[y] + zs[z] * zs[z];
      const rest = norm * yFactors[y] * zFactors[z];
      for (let x = 0; x < xs.length; x++, at++) {
        const radius = Math.sqrt(xs[x] * xs[x] + square);
        let factor = radius === 0 ? 0 : rest * xFactors[x] * band(radius);
        for (let k = 0; k < total && factor !== 0; k++) factor /= radius;
        const r = re[at];
        re[at] = isImaginary ? -factor * im[at] : factor * r;
        im[at] = isImaginary ? factor * r : factor * im[at];
      }
    }
}

function wholePower(values: Float64Array, power: number): Float64Array {
  return values.map((value) => {
    let product = 1;
    for (let k = 0; k < power; k++) product *= value;
    return product;
  });
}

/** The square root of L! / (l1! l2! l3!), with the sign of (-i)^L: -i, -1, i, 1 by turns. */
function rieszNorm(order: readonly number[], total: number): number {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const sign = total % 4 === 1 || total % 4 === 2 ? -1 : 1;
  return sign * Math.sqrt(order.reduce((quotient, one) => quotient / factorial(one), factorial(total)));
}
