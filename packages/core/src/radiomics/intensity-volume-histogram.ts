import type { FeatureDefinition } from "../features/feature-definition.ts";
import type { Discretisation } from "../features/feature-source.ts";
import { fixedBinNumber, fixedBinWidth, maximumLevels } from "../image/discretise.ts";
import type { Region } from "../image/region.ts";
import { countLevels } from "./value-counts.ts";

/** The share of a region at or above each of its levels. */
export interface VolumeHistogram {
  /** Intensity of each level; shape [levels]. */
  readonly intensity: Float64Array;
  /** Share of the range of intensities below each level, in [0, 1]. */
  readonly fraction: Float64Array;
  /** Share of the region's voxels at or above each level; 1 for the first, not increasing. */
  readonly share: Float64Array;
}

/**
 * The intensity-volume histogram of a region.
 *
 * @param discretisation `none`: whole grey levels, as of Hounsfield units; a fixed bin width: the centres of the bins stand
 *   for their intensities, from the lower bound on; a fixed bin number: for intensities of arbitrary unit, the levels
 *   themselves.
 * @returns Null where whole grey levels are asked for and there are more than a grid can hold.
 * @throws {InputError} The binning does not fit the intensities.
 * @source IBSI reference manual 3.5 (P88C), with its definitions for definite, calibrated and arbitrary units.
 */
export function describeVolumeHistogram(
  region: Region,
  discretisation: Discretisation,
): VolumeHistogram | null {
  const { minimum, maximum } = region;
  switch (discretisation.method) {
    case "none":
      if (maximum - minimum >= maximumLevels) return null;
      return histogramOf(fixedBinWidth(region, 1, minimum), (level) => minimum + level - 1);
    case "fixed-bin-width": {
      const { width, lowerBound } = discretisation;
      const lower = lowerBound === "multiple" ? Math.floor(minimum / width) * width : (lowerBound ?? minimum);
      return histogramOf(fixedBinWidth(region, width, lower), (level) => lower + (level - 0.5) * width);
    }
    case "fixed-bin-number":
      return histogramOf(fixedBinNumber(region, discretisation.bins), (level) => level);
  }
}

function histogramOf(
  grid: Parameters<typeof countLevels>[0],
  intensityOf: (level: number) => number,
): VolumeHistogram {
  const { counts } = countLevels(grid);
  const levels = counts.length;
  const [intensity, fraction, share] = [
    new Float64Array(levels),
    new Float64Array(levels),
    new Float64Array(levels),
  ];
  let left = grid.positions.length;
  for (let k = 0; k < levels; k++) {
    intensity[k] = intensityOf(k + 1);
    fraction[k] = levels === 1 ? 0 : k / (levels - 1);
    share[k] = left / grid.positions.length;
    left -= counts[k];
  }
  return { intensity, fraction, share };
}

/** Share of the voxels from an intensity fraction on. */
function volumeAt({ fraction, share }: VolumeHistogram, wanted: number): number {
  const at = fraction.findIndex((value) => value >= wanted);
  return at < 0 ? 0 : share[at];
}

/** The least intensity that no more than a share of the voxels reaches; beyond the last level one step further. */
function intensityAt({ intensity, share }: VolumeHistogram, wanted: number): number {
  const at = share.findIndex((value) => value <= wanted);
  if (at >= 0) return intensity[at];
  const last = intensity.length - 1;
  return last === 0 ? intensity[0] : 2 * intensity[last] - intensity[last - 1];
}

/** The area under the curve of shares over fractions. */
function areaUnderCurve({ fraction, share }: VolumeHistogram): number | null {
  if (fraction.length === 1) return null;
  let area = 0;
  for (let k = 1; k < fraction.length; k++)
    area += ((share[k] + share[k - 1]) / 2) * (fraction[k] - fraction[k - 1]);
  return area;
}

const level = { unit: "grey level" };

/** Intensity-volume histogram features (IBSI 3.5, P88C). */
export const intensityVolumeHistogramFeatures = {
  volumeAt10: {
    name: "volume at intensity fraction 10 %",
    ibsi: "BC2M",
    unit: "1",
    compute: (h) => volumeAt(h, 0.1),
  },
  volumeAt90: {
    name: "volume at intensity fraction 90 %",
    ibsi: "BC2M",
    unit: "1",
    compute: (h) => volumeAt(h, 0.9),
  },
  intensityAt10: {
    name: "intensity at volume fraction 10 %",
    ibsi: "GBPN",
    ...level,
    compute: (h) => intensityAt(h, 0.1),
  },
  intensityAt90: {
    name: "intensity at volume fraction 90 %",
    ibsi: "GBPN",
    ...level,
    compute: (h) => intensityAt(h, 0.9),
  },
  volumeDifference: {
    name: "volume fraction difference between intensity fractions",
    ibsi: "DDTU",
    unit: "1",
    compute: (h) => volumeAt(h, 0.1) - volumeAt(h, 0.9),
  },
  intensityDifference: {
    name: "intensity fraction difference between volume fractions",
    ibsi: "CNV2",
    ...level,
    compute: (h) => intensityAt(h, 0.1) - intensityAt(h, 0.9),
  },
  areaUnderCurve: {
    name: "area under the intensity-volume histogram",
    ibsi: "9CMM",
    unit: "1",
    undefinedWhen: "the histogram has one level",
    compute: areaUnderCurve,
  },
} satisfies Record<string, FeatureDefinition<VolumeHistogram>>;
