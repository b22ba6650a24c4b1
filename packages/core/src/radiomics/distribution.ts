import { type ValueCounts, percentile } from "./value-counts.ts";

/** Statistics that the intensities and the levels of a region share; null where one does not exist. */
export interface Distribution {
  readonly mean: number;
  readonly variance: number;
  readonly skewness: number | null;
  readonly excessKurtosis: number | null;
  readonly median: number;
  readonly minimum: number;
  readonly percentile10: number;
  readonly percentile90: number;
  readonly maximum: number;
  readonly interquartileRange: number;
  readonly range: number;
  readonly meanAbsoluteDeviation: number;
  readonly robustMeanAbsoluteDeviation: number | null;
  readonly medianAbsoluteDeviation: number;
  readonly coefficientOfVariation: number | null;
  readonly quartileCoefficientOfDispersion: number | null;
  readonly energy: number;
}

/**
 * The intensity statistics of a region.
 *
 * @returns Skewness and kurtosis are null where all values are equal, the coefficients where their denominator is 0, the
 *   robust deviation where no value lies between the percentiles (two different pixels). Variances are those of the population; the median absolute deviation is the mean distance from the median.
 * @source IBSI reference manual 3.3 and 3.4.
 * @example describeDistribution({ values: Float64Array.of(1, 4), counts: Float64Array.of(2, 2), total: 4 }).variance // => 2.25
 */
export function describeDistribution(region: ValueCounts): Distribution {
  const { values } = region;
  const at = (share: number) => percentile(region, share);
  const [percentile10, quartile1, median, quartile3, percentile90] = [
    at(0.1),
    at(0.25),
    at(0.5),
    at(0.75),
    at(0.9),
  ];
  const moments = centralMoments(region);
  const { mean, variance } = moments;
  const [minimum, maximum] = [values[0], values[values.length - 1]];
  return {
    ...moments,
    median,
    minimum,
    percentile10,
    percentile90,
    maximum,
    interquartileRange: quartile3 - quartile1,
    range: maximum - minimum,
    meanAbsoluteDeviation: meanDistance(region, mean),
    robustMeanAbsoluteDeviation: robustDeviation(region, percentile10, percentile90),
    medianAbsoluteDeviation: meanDistance(region, median),
    coefficientOfVariation: mean === 0 ? null : Math.sqrt(variance) / mean,
    quartileCoefficientOfDispersion:
      quartile1 + quartile3 === 0 ? null : (quartile3 - quartile1) / (quartile3 + quartile1),
    energy: weightedSum(region, (x) => x * x),
  };
}

function centralMoments(
  region: ValueCounts,
): Pick<Distribution, "mean" | "variance" | "skewness" | "excessKurtosis"> {
  const { values, counts, total } = region;
  if (values.length === 1) return { mean: values[0], variance: 0, skewness: null, excessKurtosis: null };
  const mean = weightedSum(region, (x) => x) / total;
  let [second, third, fourth] = [0, 0, 0];
  for (let k = 0; k < values.length; k++) {
    const d = values[k] - mean;
    second += counts[k] * d * d;
    third += counts[k] * d * d * d;
    fourth += counts[k] * d * d * d * d;
  }
  const variance = second / total;
  const exists = variance > 0;
  return {
    mean,
    variance,
    skewness: exists ? third / total / (variance * Math.sqrt(variance)) : null,
    excessKurtosis: exists ? fourth / total / (variance * variance) - 3 : null,
  };
}

function weightedSum({ values, counts }: ValueCounts, g: (x: number) => number): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += counts[k] * g(values[k]);
  return sum;
}

function meanDistance(region: ValueCounts, centre: number): number {
  return weightedSum(region, (x) => Math.abs(x - centre)) / region.total;
}

/** Mean absolute deviation of the values from `lower` to `upper`, from their own mean; null where there are none. */
function robustDeviation({ values, counts }: ValueCounts, lower: number, upper: number): number | null {
  const inside = { values: values.slice(), counts: counts.slice(), total: 0 };
  for (let k = 0; k < values.length; k++) {
    if (values[k] < lower || values[k] > upper) inside.counts[k] = 0;
    inside.total += inside.counts[k];
  }
  if (inside.total === 0) return null;
  return meanDistance(inside, weightedSum(inside, (x) => x) / inside.total);
}
