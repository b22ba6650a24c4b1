import { exp, log } from "../../math/elementary.ts";
import type { Image } from "../image.ts";
import { type Block, readBlock, wholeImage } from "./block.ts";
import type { Wanted } from "./cascade.ts";
import type { PointFilter } from "./image-filter.ts";

/**
 * A transform of each intensity, scaled so that the largest absolute intensity of the whole image stays what it is.
 *
 * @param largest The largest finite magnitude of the image, as {@link largestMagnitude} gives it.
 * @source PyRadiomics 3 (imageoperations), where the transforms are defined.
 */
export function pointResponse(
  image: Image,
  { kind }: PointFilter,
  wanted: Wanted,
  largest = largestMagnitude(image),
): Block {
  const block = readBlock(wholeImage(image), wanted.ranges, wanted);
  const { values } = block;
  // An image of zeros stays one.
  if (largest === 0) return block;
  const transform = transforms[kind](largest);
  if (image.values instanceof Uint8Array) {
    const table = Float64Array.from({ length: 256 }, (_, level) => transform(level));
    for (let k = 0; k < values.length; k++) values[k] = table[values[k]];
  } else for (let k = 0; k < values.length; k++) values[k] = transform(values[k]);
  return block;
}

/**
 * The largest finite magnitude of an image, 0 where there is none.
 *
 * @example largestMagnitude({ dimensions: [3, 1, 1], spacingMm: null, values: Float64Array.of(2, -7, Infinity) }) // => 7
 */
export function largestMagnitude({ values }: Image): number {
  let largest = 0;
  for (let k = 0; k < values.length; k++) {
    const magnitude = Math.abs(values[k]);
    if (magnitude > largest && magnitude < Infinity) largest = magnitude;
  }
  return largest;
}

const transforms: Readonly<Record<PointFilter["kind"], (largest: number) => (x: number) => number>> = {
  square: (largest) => {
    const scale = 1 / Math.sqrt(largest);
    return (x) => scale * x * (scale * x);
  },
  squareRoot: (largest) => (x) => Math.sign(x) * Math.sqrt(Math.abs(x) * largest),
  logarithm: (largest) => {
    const scale = largest / log(largest + 1);
    return (x) => Math.sign(x) * log(Math.abs(x) + 1) * scale;
  },
  exponential: (largest) => {
    const rate = log(largest) / largest;
    return (x) => exp(rate * x);
  },
};
