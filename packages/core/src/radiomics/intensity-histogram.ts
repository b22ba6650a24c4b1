import type { FeatureDefinition } from "../features/feature-definition.ts";
import { type Distribution, describeDistribution } from "./distribution.ts";
import { entropyOfCounts } from "./entropy.ts";
import type { LevelHistogram } from "./value-counts.ts";

/** The slope of the histogram at its steepest level. */
interface Steepest {
  readonly slope: number;
  readonly level: number;
}

/** What intensity-histogram features are computed from. */
export interface HistogramStatistics {
  readonly distribution: Distribution;
  readonly mode: number;
  /** In bits. */
  readonly entropy: number;
  readonly uniformity: number;
  /** Null where there is one bin. */
  readonly rise: Steepest | null;
  readonly fall: Steepest | null;
}

/**
 * The statistics of a histogram of grey levels.
 *
 * @source IBSI reference manual 3.4. Of equally frequent levels the mode is the one nearest the mean; of equally steep
 *   ones the lowest counts.
 */
export function describeHistogram({ occupied, counts }: LevelHistogram): HistogramStatistics {
  const distribution = describeDistribution(occupied);
  const gradient = histogramGradient(counts);
  return {
    distribution,
    mode: modeOf(counts, distribution.mean),
    entropy: entropyOfCounts(occupied.counts, occupied.total),
    uniformity:
      occupied.counts.reduce((sum, count) => sum + count * count, 0) / (occupied.total * occupied.total),
    rise: steepest(gradient, 1),
    fall: steepest(gradient, -1),
  };
}

function modeOf(counts: Float64Array, mean: number): number {
  let mode = 1;
  for (let level = 2; level <= counts.length; level++) {
    const difference = counts[level - 1] - counts[mode - 1];
    if (difference > 0 || (difference === 0 && Math.abs(level - mean) < Math.abs(mode - mean))) mode = level;
  }
  return mode;
}

/** Central differences, one-sided at both ends; empty for one bin. */
function histogramGradient(counts: Float64Array): Float64Array {
  const last = counts.length - 1;
  if (last === 0) return new Float64Array(0);
  return counts.map((_, k) => {
    const [before, after] = [Math.max(0, k - 1), Math.min(last, k + 1)];
    return (counts[after] - counts[before]) / (after - before);
  });
}

function steepest(gradient: Float64Array, sign: 1 | -1): Steepest | null {
  if (gradient.length === 0) return null;
  let best = 0;
  for (let k = 1; k < gradient.length; k++) if (sign * gradient[k] > sign * gradient[best]) best = k;
  return { slope: gradient[best], level: best + 1 };
}

const one = { unit: "1" };
const oneLevel = { unit: "1", undefinedWhen: "the region has one grey level" };

/** Statistics of the region's histogram after binning (IBSI 3.4, ZVCW). */
export const intensityHistogramFeatures = {
  mean: { name: "mean", ibsi: "X6K6", ...one, compute: (s) => s.distribution.mean },
  variance: { name: "variance", ibsi: "CH89", ...one, compute: (s) => s.distribution.variance },
  skewness: { name: "skewness", ibsi: "88K1", ...oneLevel, compute: (s) => s.distribution.skewness },
  excessKurtosis: {
    name: "excess kurtosis",
    ibsi: "C3I7",
    ...oneLevel,
    compute: (s) => s.distribution.excessKurtosis,
  },
  median: { name: "median", ibsi: "WIFQ", ...one, compute: (s) => s.distribution.median },
  minimum: { name: "minimum grey level", ibsi: "1PR8", ...one, compute: (s) => s.distribution.minimum },
  percentile10: {
    name: "10th percentile",
    ibsi: "GPMT",
    ...one,
    compute: (s) => s.distribution.percentile10,
  },
  percentile90: {
    name: "90th percentile",
    ibsi: "OZ0C",
    ...one,
    compute: (s) => s.distribution.percentile90,
  },
  maximum: { name: "maximum grey level", ibsi: "3NCY", ...one, compute: (s) => s.distribution.maximum },
  mode: { name: "mode", ibsi: "AMMC", ...one, compute: (s) => s.mode },
  interquartileRange: {
    name: "interquartile range",
    ibsi: "WR0O",
    ...one,
    compute: (s) => s.distribution.interquartileRange,
  },
  range: { name: "range", ibsi: "5Z3W", ...one, compute: (s) => s.distribution.range },
  meanAbsoluteDeviation: {
    name: "mean absolute deviation",
    ibsi: "D2ZX",
    ...one,
    compute: (s) => s.distribution.meanAbsoluteDeviation,
  },
  robustMeanAbsoluteDeviation: {
    name: "robust mean absolute deviation",
    ibsi: "WRZB",
    ...one,
    undefinedWhen: "no level lies between the 10th and the 90th percentile",
    compute: (s) => s.distribution.robustMeanAbsoluteDeviation,
  },
  medianAbsoluteDeviation: {
    name: "median absolute deviation",
    ibsi: "4RNL",
    ...one,
    compute: (s) => s.distribution.medianAbsoluteDeviation,
  },
  coefficientOfVariation: {
    name: "coefficient of variation",
    ibsi: "CWYJ",
    ...one,
    compute: (s) => s.distribution.coefficientOfVariation,
  },
  quartileCoefficientOfDispersion: {
    name: "quartile coefficient of dispersion",
    ibsi: "SLWD",
    ...one,
    compute: (s) => s.distribution.quartileCoefficientOfDispersion,
  },
  entropy: { name: "entropy", ibsi: "TLU2", unit: "bit", compute: (s) => s.entropy },
  uniformity: { name: "uniformity", ibsi: "BJ5W", ...one, compute: (s) => s.uniformity },
  maximumGradient: {
    name: "maximum histogram gradient",
    ibsi: "12CE",
    ...oneLevel,
    compute: (s) => s.rise?.slope ?? null,
  },
  maximumGradientLevel: {
    name: "maximum histogram gradient grey level",
    ibsi: "8E6O",
    ...oneLevel,
    compute: (s) => s.rise?.level ?? null,
  },
  minimumGradient: {
    name: "minimum histogram gradient",
    ibsi: "VQB3",
    ...oneLevel,
    compute: (s) => s.fall?.slope ?? null,
  },
  minimumGradientLevel: {
    name: "minimum histogram gradient grey level",
    ibsi: "RHQZ",
    ...oneLevel,
    compute: (s) => s.fall?.level ?? null,
  },
} satisfies Record<string, FeatureDefinition<HistogramStatistics>>;
