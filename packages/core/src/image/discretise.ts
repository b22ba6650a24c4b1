import { InputError } from "../errors.ts";
import type { PaddedSize, Region } from "./region.ts";

/** Most grey levels that a level grid can hold. */
export const maximumLevels = 65_535;

/** A region in whole grey levels 1 .. `levels` on its padded crop; 0 outside the region. */
export interface LevelGrid {
  readonly padded: PaddedSize;
  /** N_g: the number of bins, or the highest level where bins have a fixed width. */
  readonly levels: number;
  /** Level of each pixel of the padded crop; shape [width * height * depth]. */
  readonly values: Uint16Array;
  /** As in the region. */
  readonly positions: Int32Array;
  readonly sliceStarts: Int32Array;
}

/**
 * The grey levels of a region in a fixed number of bins between its minimum and its maximum.
 *
 * @param bins N_g, a whole number from 1 to 65,535.
 * @returns Level floor(N_g (x - min) / (max - min)) + 1, and N_g for the maximum; a region of one intensity has one
 *   level, whatever the number of bins.
 * @throws {InputError} The number of bins is out of range, or the range of intensities is not a finite number.
 * @source IBSI reference manual 2.7, fixed bin number (K15C).
 */
export function fixedBinNumber(region: Region, bins: number): LevelGrid {
  if (!Number.isInteger(bins) || bins < 1 || bins > maximumLevels)
    throw new InputError(`a fixed bin number needs a whole number from 1 to ${maximumLevels}; got ${bins}`);
  const { minimum, maximum } = region;
  const range = maximum - minimum;
  if (range === 0) return binned(region, { lower: minimum, width: 1, levels: 1 });
  if (!Number.isFinite(bins * range))
    throw new InputError("a fixed bin number needs intensities of finite range; rescale the image");
  const grid = emptyGrid(region, bins);
  const { positions, intensities } = region;
  for (let k = 0; k < positions.length; k++)
    grid.values[positions[k]] = Math.min(bins, Math.floor((bins * (intensities[k] - minimum)) / range) + 1);
  return grid;
}

/**
 * The grey levels of a region in bins of a fixed width.
 *
 * @param width w, in grey levels of the image, above 0.
 * @param lowerBound Where level 1 starts, so that levels of different regions mean the same; null: at the region's
 *   minimum; multiple: at the multiple of the width next below it, as in PyRadiomics.
 * @returns Level floor((x - lower) / w) + 1; N_g is the level of the maximum.
 * @throws {InputError} The width is not above 0, an intensity lies below the bound, or there are too many levels.
 * @source IBSI reference manual 2.7, fixed bin size (Q3RU).
 */
export function fixedBinWidth(
  region: Region,
  width: number,
  lowerBound: number | null | "multiple",
): LevelGrid {
  if (!(width > 0 && Number.isFinite(width)))
    throw new InputError(`a fixed bin width needs a number above 0; got ${width}`);
  const lower =
    lowerBound === "multiple" ? Math.floor(region.minimum / width) * width : (lowerBound ?? region.minimum);
  if (!(region.minimum >= lower))
    throw new InputError(
      `bins from a lower bound of ${lower} need intensities from there on; ${below(region, lower)} of ${region.intensities.length} region pixels lie below; lower the bound or set it to null`,
    );
  const levels = Math.floor((region.maximum - lower) / width) + 1;
  if (!(levels <= maximumLevels))
    throw new InputError(
      `bins of width ${width} need at most ${maximumLevels} levels; the region would have more; choose wider bins`,
    );
  return binned(region, { lower, width, levels });
}

/**
 * The intensities of a region as its grey levels.
 *
 * @returns N_g is the maximum.
 * @throws {InputError} An intensity is not a whole number from 1 to 65,535.
 * @source IBSI reference manual 2.7: intensities that are bins already.
 */
export function intensitiesAsLevels(region: Region): LevelGrid {
  const unfit = region.intensities.reduce(
    (count, x) => count + (Number.isInteger(x) && x >= 1 && x <= maximumLevels ? 0 : 1),
    0,
  );
  if (unfit > 0)
    throw new InputError(
      `texture without binning needs whole intensities from 1 to ${maximumLevels}; ${unfit} of ${region.intensities.length} region pixels have others; use a fixed bin width of 1`,
    );
  return binned(region, { lower: 1, width: 1, levels: region.maximum });
}

interface Bins {
  readonly lower: number;
  readonly width: number;
  readonly levels: number;
}

function binned(region: Region, { lower, width, levels }: Bins): LevelGrid {
  const grid = emptyGrid(region, levels);
  const { positions, intensities } = region;
  for (let k = 0; k < positions.length; k++)
    grid.values[positions[k]] = Math.floor((intensities[k] - lower) / width) + 1;
  return grid;
}

function emptyGrid({ padded, positions, sliceStarts }: Region, levels: number): LevelGrid {
  const values = new Uint16Array(padded.width * padded.height * padded.depth);
  return { padded, levels, values, positions, sliceStarts };
}

function below(region: Region, bound: number): number {
  return region.intensities.reduce((count, x) => count + (x < bound ? 1 : 0), 0);
}
