import { InputError } from "../errors.ts";
import { twoSidedNormal } from "./estimate.ts";

/** A share of patients with the counts behind it; null where the denominator holds no whole patient, and `reason` says so. */
export interface Proportion {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly method: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly reason: string | null;
}

/**
 * A share of patients with Wilson's score interval.
 *
 * @param numerator Patients who count, from 0 to `denominator`; a mean of counts over repeats may be a fraction.
 * @param denominator Patients asked, at least 0.
 * @param level Confidence level in (0, 1).
 * @returns Null value and limits where the denominator is below 1: a share of nobody, or, in a mean over repeats, of fewer
 *   than one patient a repeat.
 * @throws {InputError} The numerator lies outside 0 to `denominator`, or the level outside (0, 1).
 * @source Wilson 1927, JASA 22:209-212, without continuity correction.
 * @example wilsonProportion(0, 0).value // => null
 */
export function wilsonProportion(numerator: number, denominator: number, level = 0.95): Proportion {
  if (!(numerator >= 0 && numerator <= denominator))
    throw new InputError(
      `a proportion needs a numerator from 0 to its denominator; got ${numerator} of ${denominator}; check the counts`,
    );
  const z = twoSidedNormal(level);
  const counts = { method: "Wilson", numerator, denominator };
  if (denominator < 1) {
    const got = denominator === 0 ? "none" : "fewer than one in a repeat";
    const reason = `a proportion needs patients in its denominator; got ${got}; read the counts`;
    return { ...counts, value: null, lower: null, upper: null, reason };
  }
  const value = numerator / denominator;
  const shrink = 1 + (z * z) / denominator;
  const centre = value + (z * z) / (2 * denominator);
  const spread =
    z * Math.sqrt((value * (1 - value)) / denominator + (z * z) / (4 * denominator * denominator));
  return {
    ...counts,
    value,
    // At the ends the formula gives 0 and 1 but for rounding.
    lower: numerator === 0 ? 0 : Math.max(0, (centre - spread) / shrink),
    upper: numerator === denominator ? 1 : Math.min(1, (centre + spread) / shrink),
    reason: null,
  };
}
