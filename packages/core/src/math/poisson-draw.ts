import { exp } from "./exponential.ts";
import { log } from "./logarithm.ts";
import { logGamma } from "./log-gamma.ts";

/**
 * One Poisson distributed count.
 *
 * @param uniform Draws on [0, 1).
 * @param mean At least 0.
 * @returns A non-negative integer, exactly distributed up to the rounding of doubles.
 * @source Inversion below a mean of 10; above, Hörmann 1993, Insurance: Mathematics and Economics 12:39-45 (PTRS).
 * @example poissonDraw(() => 0.5, 3) // => 3
 */
export function poissonDraw(uniform: () => number, mean: number): number {
  return mean < 10 ? byInversion(uniform, mean) : byTransformedRejection(uniform, mean);
}

function byInversion(uniform: () => number, mean: number): number {
  let rest = uniform();
  let density = exp(-mean);
  let count = 0;
  // beyond 150 a mean below 10 has no probability that a double between 0 and 1 could hold
  while (rest >= density && count < 150) {
    rest -= density;
    count += 1;
    density *= mean / count;
  }
  return count;
}

function byTransformedRejection(uniform: () => number, mean: number): number {
  const logMean = log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const accept = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = uniform() - 0.5;
    const v = 1 - uniform();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= accept) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const bound = count * logMean - mean - logGamma(count + 1);
    if (log((v * inverseAlpha) / (a / (us * us) + b)) <= bound) return count;
  }
}
