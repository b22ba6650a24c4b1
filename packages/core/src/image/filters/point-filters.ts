import { exp, log } from "../../math/elementary.ts";
import { type Image } from "../image.ts";
import { type Block, readBlock } from "./block.ts";
import { type PointFilter } from "./image-filter.ts";
import { type Wanted } from "./cascade.ts";

/**
 * A transform of each intensity, scaled so that the largest absolute intensity of the whole image stays what it is.
 *
 * @source PyRadiomics 3 (imageoperations), where the transforms are defined.
 */
export function pointResponse(image: Image, { kind }: PointFilter, wanted: Wanted): Block {
  const block = readBlock(image, wanted.ranges);
  const { values } = block;
  const largest = largestMagnitude(image);
  // An image of zeros stays one.
  if (largest === 0) return block;
  const transform = transforms[kind](largest);
  for (let k = 0; k < values.length; k++) values[k] = transform(values[k]);
  return block;
}

/** The largest finite magnitude. */
function largestMagnitude({ values }: Image): number {
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
