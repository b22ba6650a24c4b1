import { cos, log2 } from "../../math/elementary.ts";
import type { Image } from "../image.ts";
import type { Block } from "./block.ts";
import type { Wanted } from "./cascade.ts";
import { filterByFrequency } from "./frequency-grid.ts";
import type { IsotropicWaveletFilter } from "./image-filter.ts";
import { type PaddedGrid, readPadded, writeWanted } from "./padded-grid.ts";

/**
 * The band of an isotropic wavelet, as a function of the distance from frequency 0 (1 at the end of an axis).
 *
 * @source IBSI reference manual on filters, 3.6 (LODD): Simoncelli's band falls off as a cosine of the octave; Shannon's is 1
 *   over one octave.
 */
export function isotropicBand({ kind, level }: IsotropicWaveletFilter): (radius: number) => number {
  const upper = 1 / (1 << (level - 1));
  if (kind === "shannon") return (radius) => (radius > upper / 2 && radius <= upper ? 1 : 0);
  return (radius) =>
    radius > upper / 4 && radius <= upper ? cos((Math.PI / 2) * log2((2 * radius) / upper)) : 0;
}

/** The response to an isotropic wavelet of the periodic image, slice by slice or of the volume. */
export function isotropicWaveletResponse(
  image: Image,
  filter: IsotropicWaveletFilter,
  wanted: Wanted,
): Block {
  const band = isotropicBand(filter);
  const grid = readPadded(image, filter.dimensions, { margin: 0, boundary: "periodic" }, wanted);
  const at = ([x, y, z]: readonly [number, number, number]) => band(Math.sqrt(x * x + y * y + z * z));
  return eachPart(grid, wanted, (part) => filterByFrequency(part, grid.sizes, { at, isImaginary: false }));
}

/** Filters the parts of a grid that are transformed on their own, and reads what is wanted. */
export function eachPart(grid: PaddedGrid, wanted: Wanted, filter: (part: Float64Array) => void): Block {
  grid.parts.forEach(filter);
  return writeWanted(grid, wanted);
}
