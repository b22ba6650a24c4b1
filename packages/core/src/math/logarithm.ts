// Coefficients of log, log2 and cbrt after fdlibm 5.3 and its FreeBSD successors, which are
// Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
// business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
// notice is preserved.
import { LN2_HIGH, LN2_LOW } from "./exponential.ts";
import { highWord, powerOfTwo, withHighWord, withoutLowWord } from "./float-bits.ts";

const TWO54 = 18014398509481984;

/** s²-series of log((1 + f) / (1 - f))-like kernels: log(1 + f) = f - f²/2 + s·(f²/2 + R), s = f / (2 + f). */
function logRemainder(f: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.53138376992093733e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  return s * (0.5 * f * f + even + odd);
}

/** The k for which x / 2^k lies in [sqrt(2) / 2, sqrt(2)); x positive, normal and finite. */
function exponentAtRoot(x: number): number {
  return ((highWord(x) + (0x3ff00000 - 0x3fe6a09e)) >> 20) - 0x3ff;
}

/**
 * Natural logarithm.
 *
 * @param x Any number.
 * @returns Within 1 ulp; log(0) = -Infinity, NaN below 0.
 * @source fdlibm e_log.c: x = 2^k (1 + f) with sqrt(2)/2 < 1 + f < sqrt(2).
 * @example log(10) // => 2.302585092994046
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let k = 0;
  let y = x;
  if (x < 2.2250738585072014e-308) {
    y = x * TWO54;
    k = -54;
  }
  const exponent = exponentAtRoot(y);
  k += exponent;
  const f = y * powerOfTwo(-exponent) - 1;
  return logRemainder(f) + k * LN2_LOW - 0.5 * f * f + f + k * LN2_HIGH;
}

/**
 * log(1 + x) without the rounding of 1 + x.
 *
 * @param x Any number.
 * @returns Within 1 ulp; log1p(-1) = -Infinity, NaN below -1, log1p(-0) = -0.
 * @source FreeBSD s_log1p.c: log(1 + x) = log(u) + c / u, with u = fl(1 + x) and c its rounding error.
 * @example log1p(1e-10) // => 9.9999999995e-11
 */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  if (x > -1.1102230246251565e-16 && x < 1.1102230246251565e-16) return x;
  if (x > -0.2928932 && x < 0.4142136) return logRemainder(x) - 0.5 * x * x + x;
  const u = 1 + x;
  const k = exponentAtRoot(u);
  const c = k < 54 ? (k >= 2 ? 1 - (u - x) : x - (u - 1)) / u : 0;
  const f = u * powerOfTwo(-k) - 1;
  return logRemainder(f) + (k * LN2_LOW + c) - 0.5 * f * f + f + k * LN2_HIGH;
}

/**
 * Logarithm to base 2.
 *
 * @param x Any number.
 * @returns Within 1 ulp, and exact for powers of two; log2(0) = -Infinity, NaN below 0.
 * @source FreeBSD e_log2.c: log(1 + f) in two parts times 1 / ln 2 in two parts.
 * @example log2(8) // => 3
 */
export function log2(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  if (x < 2.2250738585072014e-308) return log2(x * TWO54) - 54;
  const k = exponentAtRoot(x);
  const f = x * powerOfTwo(-k) - 1;
  const hfsq = 0.5 * f * f;
  const high = withoutLowWord(f - hfsq);
  const low = f - high - hfsq + logRemainder(f);
  const valueHigh = high * 1.44269504072144627571;
  const valueLow = (low + high) * 1.67517131648865118353e-10 + low * 1.44269504072144627571;
  const w = k + valueHigh;
  return valueLow + (k - w + valueHigh) + w;
}

/**
 * Logarithm to base 10.
 *
 * @param x Any number.
 * @returns Within 1 ulp; log10(0) = -Infinity, NaN below 0.
 * @source FreeBSD e_log10.c: log(1 + f) in two parts times 1 / ln 10 in two parts, plus k·log10(2) in two parts.
 * @example log10(1000) // => 3
 */
export function log10(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  if (x === 1) return 0;
  let k = 0;
  let y = x;
  if (x < 2.2250738585072014e-308) {
    y = x * TWO54;
    k = -54;
  }
  const exponent = exponentAtRoot(y);
  k += exponent;
  const f = y * powerOfTwo(-exponent) - 1;
  const hfsq = 0.5 * f * f;
  const high = withoutLowWord(f - hfsq);
  const low = f - high - hfsq + logRemainder(f);
  const valueHigh = high * 4.34294481878168880939e-1;
  const exponentHigh = k * 3.01029995663611771306e-1;
  const valueLow =
    k * 3.69423907715893078616e-13 +
    (low + high) * 2.50829467116452752298e-11 +
    low * 4.34294481878168880939e-1;
  const w = exponentHigh + valueHigh;
  return valueLow + (exponentHigh - w + valueHigh) + w;
}

/**
 * The log-odds of a probability: log(p / (1 - p)), the inverse of the logistic function.
 *
 * @param p Probability in [0, 1].
 * @returns In [-Infinity, Infinity], within 3 ulp, exactly 0 at 0.5; NaN outside [0, 1].
 * @example logit(0.75) // => 1.0986122886681098
 */
export function logit(p: number): number {
  // Near 1/2 the quotient is close to 1 and log would cancel: log((p)/(1-p)) = log1p((2p - 1)/(1 - p)).
  if (p > 0.25 && p < 0.75) return log1p((2 * p - 1) / (1 - p));
  return log(p / (1 - p));
}

/**
 * Cube root.
 *
 * @param x Any number.
 * @returns Of the sign of x, within 1 ulp; cbrt(-0) = -0.
 * @source FreeBSD s_cbrt.c: a guess from the exponent, a polynomial to 23 bits, one Newton step.
 * @example cbrt(27) // => 3
 */
export function cbrt(x: number): number {
  const a = Math.abs(x);
  if (!(a > 0 && a < Infinity)) return x + x;
  if (a < 2.2250738585072014e-308) return cbrt(x * TWO54) / 262144;
  let t = withHighWord(0, Math.floor(highWord(a) / 3) + 715094163);
  let r = t * t * (t / a);
  t =
    t *
    (1.87595182427177009643 +
      r * (-1.88497979543377169875 + r * 1.62142972010535446614) +
      r * r * r * (-0.758397934778766047437 + r * 0.145996192886612446982));
  // Veltkamp's splitting rounds t to 23 bits, so that t·t is exact.
  const split = t * 1073741825;
  t = split - (split - t);
  r = a / (t * t);
  t += t * ((r - t) / (t + t + r));
  return x < 0 ? -t : t;
}
