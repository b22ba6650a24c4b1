import { type LevelGrid } from "../image/discretise.ts";
import { type Region } from "../image/region.ts";

/** The distinct values of a region and how often each occurs: all that its intensity statistics depend on. */
export interface ValueCounts {
  /** Distinct and ascending. */
  readonly values: Float64Array;
  /** Pixels of each value, at least 1; the shape of `values`. */
  readonly counts: Float64Array;
  /** Sum of the counts, at least 1. */
  readonly total: number;
}

/** The levels of a region as a histogram over all bins 1 .. N_g, empty ones included. */
export interface LevelHistogram {
  /** Occupied levels only. */
  readonly occupied: ValueCounts;
  /** Pixels of level k at k - 1; shape [N_g]. */
  readonly counts: Float64Array;
}

/** The distinct intensities of a region, by counting where the image stores whole numbers, else by sorting. */
export function countIntensities(region: Region): ValueCounts {
  return region.wholeNumbers
    ? countWholeNumbers(region)
    : countSorted(region.intensities.slice().sort((a, b) => a - b));
}

function countWholeNumbers({ intensities, minimum, maximum }: Region): ValueCounts {
  const histogram = new Float64Array(maximum - minimum + 1);
  for (const value of intensities) histogram[value - minimum]++;
  return occupiedBins(histogram, minimum);
}

function countSorted(sorted: Float64Array): ValueCounts {
  const [values, counts] = [new Float64Array(sorted.length), new Float64Array(sorted.length)];
  let distinct = 0;
  for (const value of sorted) {
    if (distinct === 0 || values[distinct - 1] !== value) values[distinct++] = value;
    counts[distinct - 1]++;
  }
  return { values: values.slice(0, distinct), counts: counts.slice(0, distinct), total: sorted.length };
}

function occupiedBins(histogram: Float64Array, first: number): ValueCounts {
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
  const counts = new Float64Array(grid.levels);
  for (const position of grid.positions) counts[grid.values[position] - 1]++;
  return { counts, occupied: occupiedBins(counts, 1) };
}

/**
 * The value below which a share of the pixels lies, by linear interpolation between order statistics (type 7).
 *
 * @param share In [0, 1].
 * @example percentile({ values: Float64Array.of(1, 2), counts: Float64Array.of(3, 1), total: 4 }, 0.9) // => 1.7
 */
export function percentile({ values, counts, total }: ValueCounts, share: number): number {
  const rank = share * (total - 1);
  const lower = Math.floor(rank);
  let [bin, seen] = [0, counts[0]];
  while (seen <= lower) seen += counts[++bin];
  const between = rank - lower;
  if (between === 0 || seen > lower + 1) return values[bin];
  const [below, above] = [values[bin], values[bin + 1]];
  return below * (1 - between) + above * between;
}
