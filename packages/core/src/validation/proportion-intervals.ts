import { InputError } from "../errors.ts";
import { betaQuantile } from "../math/distributions.ts";
import { log } from "../math/elementary.ts";
import { twoSidedNormal } from "./estimate.ts";
import { wilsonProportion } from "./proportion.ts";

/** Confidence limits of a proportion. */
export type Limits = readonly [lower: number, upper: number];

/**
 * How the limits of a proportion are made; plain Wilson, which tables use, is in `proportion.ts`. `wilson-modified` has
 * the limits of one patient, and of all but one, from the Poisson distribution, as Hmisc::binconf.
 */
export type ProportionMethod =
  "clopper-pearson" | "jeffreys" | "agresti-coull" | "wald" | "wilson-corrected" | "wilson-modified";

/**
 * Confidence limits of a proportion by a method other than Wilson's.
 *
 * @param numerator Whole number from 0 to `denominator`.
 * @param denominator Whole number of at least 1.
 * @param method Agresti-Coull's and Wald's limits may leave [0, 1] and are not cut off.
 * @param level Confidence level in (0, 1).
 * @throws {InputError} Counts out of order, or a level outside (0, 1).
 * @source Brown, Cai & DasGupta 2001, Stat Sci 16:101-133; corrected Wilson: Newcombe 1998, Stat Med 17:857-872.
 */
export function proportionLimits(
  numerator: number,
  denominator: number,
  method: ProportionMethod,
  level = 0.95,
): Limits {
  if (!(numerator >= 0 && numerator <= denominator && denominator >= 1))
    throw new InputError(
      `a proportion needs a numerator from 0 to its denominator of at least 1; got ${numerator} of ${denominator}; check the counts`,
    );
  const z = twoSidedNormal(level);
  switch (method) {
    case "clopper-pearson":
      return betaLimits([numerator, denominator], [0, 1], level);
    case "jeffreys":
      return betaLimits([numerator, denominator], [0.5, 0.5], level);
    case "agresti-coull":
      return waldLimits(numerator + (z * z) / 2, denominator + z * z, z);
    case "wald":
      return waldLimits(numerator, denominator, z);
    case "wilson-corrected":
      return correctedWilson(numerator, denominator, z);
    case "wilson-modified":
      return modifiedWilson(numerator, denominator, level);
  }
}

/** Equal-tailed beta limits with x + a successes below and x + b above; 0 and 1 at the ends. */
function betaLimits([x, n]: Limits, [a, b]: Limits, level: number): Limits {
  const tail = (1 - level) / 2;
  return [
    x === 0 ? 0 : betaQuantile(tail, x + a, n - x + b),
    x === n ? 1 : betaQuantile(1 - tail, x + b, n - x + a),
  ];
}

function waldLimits(numerator: number, denominator: number, z: number): Limits {
  const value = numerator / denominator;
  const halfWidth = z * Math.sqrt((value * (1 - value)) / denominator);
  return [value - halfWidth, value + halfWidth];
}

function correctedWilson(x: number, n: number, z: number): Limits {
  const p = x / n;
  const limit = (sign: 1 | -1) => {
    const root = Math.sqrt(z * z + sign * 2 - 1 / n + 4 * p * (n * (1 - p) - sign));
    return (2 * n * p + z * z + sign * (1 + z * root)) / (2 * (n + z * z));
  };
  return [x === 0 ? 0 : Math.max(0, limit(-1)), x === n ? 1 : Math.min(1, limit(1))];
}

/** One patient: -log(level) / n is the mean at which a Poisson count of 0 has probability `level`. */
function modifiedWilson(x: number, n: number, level: number): Limits {
  const { lower, upper } = wilsonProportion(x, n, level);
  return [x === 1 ? -log(level) / n : (lower ?? 0), x === n - 1 ? 1 + log(level) / n : (upper ?? 1)];
}
