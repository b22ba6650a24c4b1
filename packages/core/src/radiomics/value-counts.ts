import type { LevelGrid } from "../image/discretise.ts";
import type { Region } from "../image/region.ts";

/** The values of a region: all that its intensity statistics depend on. */
export interface ValueCounts {
  /** Distinct and ascending where they are counted, else one a pixel in any order. */
  readonly values: Float64Array;
  /** Pixels of each value, at least 1, in the shape of `values`; null: one each. */
  readonly counts: Float64Array | null;
  /** Number of pixels, at least 1. */
  readonly total: number;
}

/** Values that are counted: distinct and ascending. */
export type CountedValues = ValueCounts & { readonly counts: Float64Array };

/** The levels of a region as a histogram over all bins 1 .. N_g, empty ones included. */
export interface LevelHistogram {
  /** Occupied levels only. */
  readonly occupied: CountedValues;
  /** Pixels of level k at k - 1; shape [N_g]. */
  readonly counts: Float64Array;
}

/** The intensities of a region, counted where the image stores whole numbers. */
export function countIntensities(region: Region): ValueCounts {
  const { intensities, wholeNumbers } = region;
  return wholeNumbers
    ? countWholeNumbers(region)
    : { values: intensities, counts: null, total: intensities.length };
}

function countWholeNumbers({ intensities, minimum, maximum }: Region): CountedValues {
  const histogram = new Uint32Array(maximum - minimum + 1);
  for (let k = 0; k < intensities.length; k++) histogram[intensities[k] - minimum]++;
  return occupiedBins(histogram, minimum);
}

function occupiedBins(histogram: Float64Array | Uint32Array, first: number): CountedValues {
  const [values, counts] = [new Float64Array(histogram.length), new Float64Array(histogram.length)];
  let [distinct, total] = [0, 0];
  for (let bin = 0; bin < histogram.length; bin++) {
    if (histogram[bin] === 0) continue;
    values[distinct] = first + bin;
    counts[distinct++] = histogram[bin];
    total += histogram[bin];
  }
  return { values: values.slice(0, distinct), counts: counts.slice(0, distinct), total };
}

/** The histogram of a region's grey levels. */
export function countLevels(grid: LevelGrid): LevelHistogram {
  const { positions, values } = grid;
  const counts = new Float64Array(grid.levels);
  for (let k = 0; k < positions.length; k++) counts[values[positions[k]] - 1]++;
  return { counts, occupied: occupiedBins(counts, 1) };
}
