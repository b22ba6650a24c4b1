// After fdlibm 5.3 e_pow.c, which is
// Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and distribute
// this software is freely granted, provided that this notice is preserved.
import { highWord, powerOfTwo, scaleByPowerOfTwo } from "./float-bits.ts";

/**
 * x to the power y.
 *
 * @param x Any number.
 * @param y Any number.
 * @returns Within 1 ulp; as `Math.pow` in the special cases: pow(x, 0) = 1, pow(±1, ±Infinity) = NaN, and NaN for a
 * negative x with a y that is not an integer.
 * @source fdlibm e_pow.c: 2^(y·log2 x), with log2 x and the product in two parts.
 * @example pow(2, 0.5) // => 1.4142135623730951
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === 0) return specialPower(x, y);
  if (x > 0) return positivePower(x, y);
  if (Math.trunc(y) !== y) return NaN;
  const magnitude = positivePower(-x, y);
  return isOdd(y) ? -magnitude : magnitude;
}

function isOdd(y: number): boolean {
  return Math.abs(y) < 9007199254740992 && Math.abs(y % 2) === 1;
}

function specialPower(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const a = Math.abs(x);
  if (Math.abs(y) === Infinity) {
    if (a === 1) return NaN;
    return a > 1 === y > 0 ? Infinity : 0;
  }
  // x is ±0 or ±Infinity
  const magnitude = (a === 0) === y > 0 ? 0 : Infinity;
  const negative = (x < 0 || Object.is(x, -0)) && isOdd(y);
  return negative ? -magnitude : magnitude;
}

/** Left by {@link logarithmBase2}: its two parts, without an allocation per call. */
const parts = new Float64Array(2);

function positivePower(a: number, y: number): number {
  if (a === 1) return 1;
  if (y === 1) return a;
  if (y === 2) return a * a;
  if (y === 0.5) return Math.sqrt(a);
  if (y === -1) return 1 / a;
  // Beyond 2^64 every power of a number other than 1 leaves the range of doubles.
  if (Math.abs(y) > 1.8446744073709552e19) return a > 1 === y > 0 ? Infinity : 0;
  logarithmBase2(a);
  const y1 = Math.fround(y);
  return exponentialBase2(y1 * parts[0], (y - y1) * parts[0] + y * parts[1]);
}

/** log2(a) to about 80 bits in `parts`, for a positive finite a other than 1. */
function logarithmBase2(a: number): void {
  const shift = a < 2.2250738585072014e-308 ? 53 : 0;
  let ax = shift === 0 ? a : a * 9007199254740992;
  const high = highWord(ax);
  const fraction = high & 0x000fffff;
  // a / 2^n lies in [0.866, 1.732): the nearer of 1 and 3/2 is taken out
  const exponent = (high >> 20) - (fraction < 0xbb67a ? 0x3ff : 0x3fe);
  const threeHalves = fraction > 0x3988e && fraction < 0xbb67a ? 1 : 0;
  const n = exponent - shift;
  ax *= powerOfTwo(-exponent);
  // s = s_h + s_l = (ax - b) / (ax + b), b = 1 or 1.5
  const b = threeHalves === 1 ? 1.5 : 1;
  const u = ax - b;
  const v = 1 / (ax + b);
  const s = u * v;
  const sHigh = Math.fround(s);
  // t_h + t_l = ax + b
  const tHigh = Math.fround(ax + b);
  const tLow = ax - (tHigh - b);
  const sLow = v * (u - sHigh * tHigh - sHigh * tLow);
  // log(ax) = 2s + (2/3)s³ + ...
  const s2 = s * s;
  const r = s2 * s2 * logarithmSeries(s2) + sLow * (sHigh + s);
  const square = sHigh * sHigh;
  const seriesHigh = Math.fround(3 + square + r);
  const seriesLow = r - (seriesHigh - 3 - square);
  const productHigh = sHigh * seriesHigh;
  const productLow = sLow * seriesHigh + seriesLow * s;
  const pHigh = Math.fround(productHigh + productLow);
  const pLow = productLow - (pHigh - productHigh);
  // times 2 / (3 ln 2)
  const zHigh = 9.61796700954437255859e-1 * pHigh;
  const zLow =
    -7.02846165095275826516e-9 * pHigh +
    pLow * 9.61796693925975554329e-1 +
    threeHalves * 1.35003920212974897128e-8;
  const baseHigh = threeHalves * 5.84962487220764160156e-1;
  const t1 = Math.fround(zHigh + zLow + baseHigh + n);
  parts[0] = t1;
  parts[1] = zLow - (t1 - n - baseHigh - zHigh);
}

function logarithmSeries(s2: number): number {
  return (
    5.99999999999994648725e-1 +
    s2 *
      (4.28571428578550184252e-1 +
        s2 *
          (3.33333329818377432918e-1 +
            s2 *
              (2.72728123808534006489e-1 +
                s2 * (2.30660745775561754067e-1 + s2 * 2.06975017800338417784e-1))))
  );
}

/** 2^(high + low); the limits are those of the largest double and of half the smallest. */
function exponentialBase2(high: number, low: number): number {
  const sum = low + high;
  if (sum >= 1024 && (sum > 1024 || low + 8.008566259537294e-17 > sum - high)) return Infinity;
  if (sum <= -1075 && (sum < -1075 || low <= sum - high)) return 0;
  const n = Math.floor(sum + 0.5);
  const rest = high - n;
  const t = Math.fround(low + rest);
  const u = t * 6.93147182464599609375e-1;
  const v = (low - (t - rest)) * 6.93147180559945286227e-1 + t * -1.90465429995776804525e-9;
  const z = u + v;
  const w = v - (z - u);
  const t2 = z * z;
  const c =
    z -
    t2 *
      (1.66666666666666019037e-1 +
        t2 *
          (-2.77777777770155933842e-3 +
            t2 *
              (6.61375632143793436117e-5 +
                t2 * (-1.6533902205465251539e-6 + t2 * 4.13813679705723846039e-8))));
  const r = (z * c) / (c - 2) - (w + z * w);
  return scaleByPowerOfTwo(1 - (r - z), n);
}
