import { InputError } from "../errors.ts";
import { exp, pow } from "./elementary.ts";
import { quantile } from "./quantiles.ts";
import { sampleStandardDeviation } from "./statistics.ts";

/**
 * Silverman's bandwidth of a Gaussian kernel, as R's `bw.nrd0`.
 *
 * @param values Shape [n], at least two, not all equal.
 * @throws {InputError} Fewer than two values, or all equal.
 * @source Silverman 1986, Density Estimation for Statistics and Data Analysis, equation 3.31.
 * @example silvermanBandwidth([1, 2, 3, 4]) // => 0.763513942085462
 */
export function silvermanBandwidth(values: ArrayLike<number>): number {
  if (values.length < 2) throw new InputError(`a bandwidth needs at least 2 values; got ${values.length}`);
  const spread = sampleStandardDeviation(values);
  if (spread === 0) throw new InputError("a bandwidth needs values that differ; got equal ones");
  const quartiles = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.34;
  return 0.9 * (quartiles > 0 ? Math.min(spread, quartiles) : spread) * pow(values.length, -0.2);
}

/**
 * The Gaussian kernel density of values at some points.
 *
 * @param values Shape [n].
 * @param points Where the density is wanted.
 * @param bandwidth Standard deviation of the kernel, above 0.
 * @returns One density a point.
 * @source Silverman 1986, equation 2.2a.
 * @example kernelDensity([0], [0], 1) // => [0.3989422804014327]
 */
export function kernelDensity(
  values: ArrayLike<number>,
  points: ArrayLike<number>,
  bandwidth: number,
): Float64Array {
  const density = new Float64Array(points.length);
  // 1 / sqrt(2 pi)
  const height = 0.3989422804014327 / (bandwidth * values.length);
  for (let k = 0; k < points.length; k++) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      const distance = (points[k] - values[i]) / bandwidth;
      sum += exp(-0.5 * distance * distance);
    }
    density[k] = height * sum;
  }
  return density;
}
