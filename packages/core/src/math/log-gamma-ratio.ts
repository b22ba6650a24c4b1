import { logGamma } from "./log-gamma.ts";
import { log, log1p } from "./logarithm.ts";
import { deviance } from "./saddle-point.ts";

/** Coefficients of 1/z, 1/z³, 1/z⁵, ... in the error of Stirling's formula. */
const STIRLING = Float64Array.of(
  0.08333333333333333,
  -0.002777777777777778,
  0.0007936507936507937,
  -0.0005952380952380953,
  0.0008417508417508417,
  -0.0019175269175269176,
  0.00641025641025641,
  -0.029550653594771242,
);

/**
 * log Γ(b + a) - log Γ(b), which keeps its digits for small a, where the two are nearly equal.
 *
 * @param b Greater than 0.
 * @param a At least 0, and of use below 1.
 * @returns About a·digamma(b); its error is a few ulp of a·log(b + a).
 * @source Abramowitz & Stegun 6.1.15 (recurrence up to 10), 6.1.40 (Stirling, differences taken term by term).
 * @example logGammaRatio(1, 1e-20) // => -5.772156649015329e-21
 */
export function logGammaRatio(b: number, a: number): number {
  if (a >= 1) return logGamma(a + b) - logGamma(b);
  let lifted = 0;
  let low = b;
  while (low < 10) {
    lifted += log1p(a / low);
    low += 1;
  }
  const high = low + a;
  return a * log(high) - deviance(low, high, -a) - 0.5 * log1p(a / low) + stirlingDifference(low, a) - lifted;
}

/** Stirling's error at b + a less that at b: p^m - q^m for p = 1/(b + a), q = 1/b and m = 1, 3, 5, ... */
function stirlingDifference(b: number, a: number): number {
  const p = 1 / (b + a);
  const q = 1 / b;
  const first = -a * p * q;
  let difference = first;
  let power = q;
  let total = 0;
  for (const coefficient of STIRLING) {
    total += coefficient * difference;
    difference = p * p * difference + first * (p + q) * power;
    power *= q * q;
  }
  return total;
}
