import { mean } from "./statistics.ts";

/**
 * Skewness g1, the third central moment over the second to the power 3/2.
 *
 * @param values Finite values.
 * @returns 0 for symmetric values; NaN where the values do not vary or there is none.
 * @source Joanes & Gill 1998, The Statistician 47:183-189, g1.
 * @example skewness([1, 2, 3]) // => 0
 */
export function skewness(values: ArrayLike<number>): number {
  const centre = mean(values);
  let [second, third] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i] - centre;
    second += deviation * deviation;
    third += deviation * deviation * deviation;
  }
  const [m2, m3] = [second / values.length, third / values.length];
  return m3 / (m2 * Math.sqrt(m2));
}
