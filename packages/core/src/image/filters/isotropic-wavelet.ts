import { InputError } from "../../errors.ts";
import { cos, log2 } from "../../math/elementary.ts";
import type { Image } from "../image.ts";
import { type Block, readBlock, wholeImage } from "./block.ts";
import type { Wanted } from "./cascade.ts";
import { filterFrequencies, transformedRanges } from "./frequency-grid.ts";
import type { IsotropicWaveletFilter } from "./image-filter.ts";

/**
 * The band of an isotropic wavelet, as a function of the distance from frequency 0 (1 at the end of an axis).
 *
 * @throws {InputError} The level is not a whole number from 1 to 31.
 * @source IBSI reference manual on filters, 3.6 (LODD): Simoncelli's band falls off as a cosine of the octave; Shannon's is 1
 *   over one octave.
 * @example isotropicBand({ kind: "simoncelli", dimensions: 2, level: 2 })(0.25) // => 1
 * @example [0.2, 0.3, 0.5, 0.6].map(isotropicBand({ kind: "shannon", dimensions: 2, level: 2 })) // => [0, 1, 1, 0]
 */
export function isotropicBand({ kind, level }: IsotropicWaveletFilter): (radius: number) => number {
  if (!Number.isInteger(level) || level < 1 || level > 31)
    throw new InputError(`an isotropic wavelet needs a level from 1 to 31; got ${level}`);
  let upper = 1;
  for (let k = 1; k < level; k++) upper /= 2;
  if (kind === "shannon") return (radius) => (radius > upper / 2 && radius <= upper ? 1 : 0);
  return (radius) =>
    radius > upper / 4 && radius <= upper ? cos((Math.PI / 2) * log2((2 * radius) / upper)) : 0;
}

/**
 * The response to an isotropic wavelet of the periodic image, slice by slice or of the volume.
 *
 * @throws {InputError} As {@link isotropicBand}.
 */
export function isotropicWaveletResponse(
  image: Image,
  filter: IsotropicWaveletFilter,
  wanted: Wanted,
): Block {
  const band = isotropicBand(filter);
  const ranges = transformedRanges(image, filter.dimensions, wanted);
  const block = readBlock(wholeImage(image), ranges, wanted);
  return filterFrequencies(block, filter.dimensions, { band, order: [] }, wanted);
}
