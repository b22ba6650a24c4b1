import type { FeatureDefinition } from "../features/feature-definition.ts";
import type { Distribution } from "./distribution.ts";
import type { HistogramStatistics } from "./intensity-histogram.ts";

/** What first-order features are computed from. */
export interface IntensityStatistics {
  readonly distribution: Distribution;
  readonly pixels: number;
  /** Null where the image states no spacing. */
  readonly pixelVolumeMm3: number | null;
  /** Added to intensities where PyRadiomics' energy is computed; else 0. */
  readonly shift: number;
  /** Of the binned levels; for profiles in which the family is binned. */
  histogram(): HistogramStatistics;
}

const level = { unit: "grey level" };
const oneIntensity = "all pixels of the region have one intensity";

/** Intensity-based statistics of the region, before binning (IBSI 3.3, UHIW). */
export const firstOrderFeatures = {
  mean: { name: "mean", ibsi: "Q4LE", ...level, compute: (s) => s.distribution.mean },
  variance: { name: "variance", ibsi: "ECT3", unit: "grey level²", compute: (s) => s.distribution.variance },
  skewness: {
    name: "skewness",
    ibsi: "KE2A",
    unit: "1",
    undefinedWhen: oneIntensity,
    compute: (s) => s.distribution.skewness,
  },
  excessKurtosis: {
    name: "excess kurtosis",
    ibsi: "IPH6",
    unit: "1",
    undefinedWhen: oneIntensity,
    compute: (s) => s.distribution.excessKurtosis,
  },
  median: { name: "median", ibsi: "Y12H", ...level, compute: (s) => s.distribution.median },
  minimum: { name: "minimum grey level", ibsi: "1GSF", ...level, compute: (s) => s.distribution.minimum },
  percentile10: {
    name: "10th percentile",
    ibsi: "QG58",
    ...level,
    compute: (s) => s.distribution.percentile10,
  },
  percentile90: {
    name: "90th percentile",
    ibsi: "8DWT",
    ...level,
    compute: (s) => s.distribution.percentile90,
  },
  maximum: { name: "maximum grey level", ibsi: "84IY", ...level, compute: (s) => s.distribution.maximum },
  interquartileRange: {
    name: "interquartile range",
    ibsi: "SALO",
    ...level,
    compute: (s) => s.distribution.interquartileRange,
  },
  range: { name: "range", ibsi: "2OJQ", ...level, compute: (s) => s.distribution.range },
  meanAbsoluteDeviation: {
    name: "mean absolute deviation",
    ibsi: "4FUA",
    ...level,
    compute: (s) => s.distribution.meanAbsoluteDeviation,
  },
  robustMeanAbsoluteDeviation: {
    name: "robust mean absolute deviation",
    ibsi: "1128",
    ...level,
    undefinedWhen: "no pixel lies between the 10th and the 90th percentile",
    compute: (s) => s.distribution.robustMeanAbsoluteDeviation,
  },
  medianAbsoluteDeviation: {
    name: "median absolute deviation",
    ibsi: "N72L",
    ...level,
    compute: (s) => s.distribution.medianAbsoluteDeviation,
  },
  coefficientOfVariation: {
    name: "coefficient of variation",
    ibsi: "7TET",
    unit: "1",
    undefinedWhen: "the mean is 0",
    compute: (s) => s.distribution.coefficientOfVariation,
  },
  quartileCoefficientOfDispersion: {
    name: "quartile coefficient of dispersion",
    ibsi: "9S40",
    unit: "1",
    undefinedWhen: "the quartiles sum to 0",
    compute: (s) => s.distribution.quartileCoefficientOfDispersion,
  },
  energy: { name: "energy", ibsi: "N8CA", unit: "grey level²", compute: (s) => s.distribution.energy },
  rootMeanSquare: {
    name: "root mean square",
    ibsi: "5ZWQ",
    ...level,
    compute: (s) => Math.sqrt(s.distribution.energy / s.pixels),
  },
} satisfies Record<string, FeatureDefinition<IntensityStatistics>>;
