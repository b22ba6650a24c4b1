import { percentiles } from "./percentiles.ts";
import type { ValueCounts } from "./value-counts.ts";

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
  const [percentile10, quartile1, median, quartile3, percentile90] = percentiles(
    region,
    [0.1, 0.25, 0.5, 0.75, 0.9],
  );
  const { minimum, maximum, sum, energy } = plainSums(region);
  const mean = minimum === maximum ? minimum : sum / region.total;
  const { total } = region;
  const deviations = deviationsOf(region, { mean, median, percentile10, percentile90 });
  const variance = deviations.second / total;
  const exists = variance > 0;
  return {
    mean,
    variance,
    skewness: exists ? deviations.third / total / (variance * Math.sqrt(variance)) : null,
    excessKurtosis: exists ? deviations.fourth / total / (variance * variance) - 3 : null,
    median,
    minimum,
    percentile10,
    percentile90,
    maximum,
    interquartileRange: quartile3 - quartile1,
    range: maximum - minimum,
    meanAbsoluteDeviation: deviations.fromMean / total,
    robustMeanAbsoluteDeviation: robustDeviation(region, { percentile10, percentile90, ...deviations }),
    medianAbsoluteDeviation: deviations.fromMedian / total,
    coefficientOfVariation: mean === 0 ? null : Math.sqrt(variance) / mean,
    quartileCoefficientOfDispersion:
      quartile1 + quartile3 === 0 ? null : (quartile3 - quartile1) / (quartile3 + quartile1),
    energy,
  };
}

type Centres = Pick<Distribution, "mean" | "median" | "percentile10" | "percentile90">;

function plainSums({ values, counts }: ValueCounts): {
  readonly minimum: number;
  readonly maximum: number;
  readonly sum: number;
  readonly energy: number;
} {
  let [minimum, maximum, sum, energy] = [values[0], values[0], 0, 0];
  for (let k = 0; k < values.length; k++) {
    const x = values[k];
    const n = counts === null ? 1 : counts[k];
    if (x < minimum) minimum = x;
    if (x > maximum) maximum = x;
    sum += n * x;
    energy += n * x * x;
  }
  return { minimum, maximum, sum, energy };
}

interface Deviations {
  /** Sums of the second to fourth powers of x - mean. */
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
  readonly fromMean: number;
  readonly fromMedian: number;
  /** Number and sum of the values from the 10th to the 90th percentile. */
  readonly inside: number;
  readonly insideSum: number;
}

function deviationsOf({ values, counts }: ValueCounts, centres: Centres): Deviations {
  const { mean, median, percentile10, percentile90 } = centres;
  let [second, third, fourth, fromMean, fromMedian, inside, insideSum] = [0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < values.length; k++) {
    const x = values[k];
    const n = counts === null ? 1 : counts[k];
    const d = x - mean;
    const square = n * d * d;
    second += square;
    third += square * d;
    fourth += square * d * d;
    fromMean += n * Math.abs(d);
    fromMedian += n * Math.abs(x - median);
    if (x >= percentile10 && x <= percentile90) {
      inside += n;
      insideSum += n * x;
    }
  }
  return { second, third, fourth, fromMean, fromMedian, inside, insideSum };
}

type Inner = Pick<Distribution, "percentile10" | "percentile90"> & Pick<Deviations, "inside" | "insideSum">;

/** Mean absolute deviation of the values between the percentiles from their own mean; null where there are none. */
function robustDeviation({ values, counts }: ValueCounts, inner: Inner): number | null {
  const { percentile10, percentile90, inside, insideSum } = inner;
  if (inside === 0) return null;
  const centre = insideSum / inside;
  let distance = 0;
  for (let k = 0; k < values.length; k++) {
    const x = values[k];
    if (x >= percentile10 && x <= percentile90)
      distance += (counts === null ? 1 : counts[k]) * Math.abs(x - centre);
  }
  return distance / inside;
}
