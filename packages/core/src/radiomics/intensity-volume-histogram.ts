import type { FeatureDefinition } from "../features/feature-definition.ts";
import type { Discretisation } from "../features/feature-source.ts";
import { type LevelGrid, fixedBinNumber, fixedBinWidth, maximumLevels } from "../image/discretise.ts";
import type { Region } from "../image/region.ts";
import { countLevels } from "./value-counts.ts";

/** The share of a region at or above each of its levels. */
export interface VolumeHistogram {
  /** Intensity of each level, ascending in equal steps; shape [levels]. */
  readonly intensity: Float64Array;
  /** Place of each level in the total range: 0 for the first, 1 for the last. */
  readonly fraction: Float64Array;
  /** Share of the region's voxels at or above each level; 1 for the first, not increasing. */
  readonly share: Float64Array;
}

/** Lowest and highest intensity that a region can have; null: those that it has. */
export type IntensityRange = readonly [lower: number | null, upper: number | null];

/**
 * The intensity-volume histogram of a region.
 *
 * @param discretisation `none`: whole grey levels, as of Hounsfield units; a fixed bin width: the centres of the bins stand
 *   for their intensities; a fixed bin number: for intensities of arbitrary unit, the levels themselves.
 * @param range The range of re-segmentation, which is the total range of a histogram of fixed bin width. Bins
 *   without a lower bound of their own begin at its lower end.
 * @returns Null where whole grey levels are asked for and there are more than a grid can hold.
 * @throws {InputError} The binning does not fit the intensities.
 * @source IBSI reference manual 3.5 (P88C), with its definitions for definite, calibrated and arbitrary units.
 */
export function describeVolumeHistogram(
  region: Region,
  discretisation: Discretisation,
  range: IntensityRange = [null, null],
): VolumeHistogram | null {
  const lowest = range[0] ?? region.minimum;
  const highest = range[1] ?? region.maximum;
  switch (discretisation.method) {
    case "none": {
      // Of whole grey levels the consensus takes those that the region has.
      const { minimum, maximum } = region;
      if (maximum - minimum >= maximumLevels) return null;
      return histogramOf(fixedBinWidth(region, 1, minimum), 0, (level) => minimum + level - 1);
    }
    case "fixed-bin-width": {
      const { width, lowerBound } = discretisation;
      const lower =
        lowerBound === "multiple" ? Math.floor(region.minimum / width) * width : (lowerBound ?? lowest);
      const levels = Math.ceil((highest - lower) / width);
      return histogramOf(
        fixedBinWidth(region, width, lower),
        levels,
        (level) => lower + (level - 0.5) * width,
      );
    }
    case "fixed-bin-number":
      return histogramOf(fixedBinNumber(region, discretisation.bins), 0, (level) => level);
  }
}

/** @param least Levels of the total range, which may reach beyond the highest level of the region. */
function histogramOf(
  grid: LevelGrid,
  least: number,
  intensityOf: (level: number) => number,
): VolumeHistogram {
  const { counts } = countLevels(grid);
  const levels = Math.max(least, counts.length);
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
    if (k < counts.length) left -= counts[k];
  }
  return { intensity, fraction, share };
}

/** Share of the voxels from an intensity fraction on. */
function volumeAt({ fraction, share }: VolumeHistogram, wanted: number): number {
  return share[fraction.findIndex((value) => value >= wanted)];
}

/** The least intensity that no more than a share of the voxels reaches; beyond the last level one step further. */
function intensityAt({ intensity, share }: VolumeHistogram, wanted: number): number {
  const at = share.findIndex((value) => value <= wanted);
  if (at >= 0) return intensity[at];
  const last = intensity.length - 1;
  return 2 * intensity[last] - intensity[last - 1];
}

/** The area under the curve of shares over fractions, by the trapezoidal rule. */
function areaUnderCurve({ fraction, share }: VolumeHistogram): number {
  let area = 0;
  for (let k = 1; k < fraction.length; k++)
    area += ((share[k] + share[k - 1]) / 2) * (fraction[k] - fraction[k - 1]);
  return area;
}

function ofSeveralLevels(unit: string, compute: (histogram: VolumeHistogram) => number) {
  return {
    unit,
    undefinedWhen: "the intensity-volume histogram has one level",
    compute: (histogram: VolumeHistogram) => (histogram.share.length === 1 ? null : compute(histogram)),
  };
}

/** Intensity-volume histogram features (IBSI 3.5, P88C). */
export const intensityVolumeHistogramFeatures = {
  volumeAt10: {
    name: "volume at intensity fraction 10 %",
    ibsi: "BC2M",
    ...ofSeveralLevels("1", (h) => volumeAt(h, 0.1)),
  },
  volumeAt90: {
    name: "volume at intensity fraction 90 %",
    ibsi: "BC2M",
    ...ofSeveralLevels("1", (h) => volumeAt(h, 0.9)),
  },
  intensityAt10: {
    name: "intensity at volume fraction 10 %",
    ibsi: "GBPN",
    ...ofSeveralLevels("grey level", (h) => intensityAt(h, 0.1)),
  },
  intensityAt90: {
    name: "intensity at volume fraction 90 %",
    ibsi: "GBPN",
    ...ofSeveralLevels("grey level", (h) => intensityAt(h, 0.9)),
  },
  volumeDifference: {
    name: "volume fraction difference between intensity fractions",
    ibsi: "DDTU",
    ...ofSeveralLevels("1", (h) => volumeAt(h, 0.1) - volumeAt(h, 0.9)),
  },
  intensityDifference: {
    name: "intensity fraction difference between volume fractions",
    ibsi: "CNV2",
    ...ofSeveralLevels("grey level", (h) => intensityAt(h, 0.1) - intensityAt(h, 0.9)),
  },
  areaUnderCurve: {
    name: "area under the intensity-volume histogram",
    ibsi: "9CMM",
    ...ofSeveralLevels("1", areaUnderCurve),
  },
} satisfies Record<string, FeatureDefinition<VolumeHistogram>>;
