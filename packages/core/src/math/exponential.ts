// Argument reduction and coefficients of exp and expm1 after fdlibm 5.3, which is
// Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
// business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
// notice is preserved.
import { powerOfTwo, scaleByPowerOfTwo } from "./float-bits.ts";

/** ln 2 as a sum whose first part has 32 trailing zero bits: k·LN2_HIGH is exact for every exponent k. */
export const LN2_HIGH = 6.9314718036912381649e-1;
/** The rest of ln 2. */
export const LN2_LOW = 1.90821492927058770002e-10;
/** 1 / ln 2. */
export const INVERSE_LN2 = 1.4426950408889634;
const OVERFLOW = 7.09782712893383973096e2;
const UNDERFLOW = -7.4513321910194110842e2;

/**
 * e^x.
 *
 * @param x Any number.
 * @returns In [0, Infinity], within 1 ulp; exp(-Infinity) = 0, exp(NaN) = NaN.
 * @source fdlibm e_exp.c: exp(r) = 1 + 2r / (R(r²) - r) with |r| <= ln(2) / 2.
 * @example exp(1) // => 2.718281828459045
 */
export function exp(x: number): number {
  if (!(x <= OVERFLOW)) return x > OVERFLOW ? Infinity : NaN;
  if (x < UNDERFLOW) return 0;
  let k = 0;
  let high = x;
  let low = 0;
  if (x > 0.34657359027997264 || x < -0.34657359027997264) {
    k = Math.trunc(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5));
    high = x - k * LN2_HIGH;
    low = k * LN2_LOW;
  }
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  return k === 0 ? y : scaleByPowerOfTwo(y, k);
}

/**
 * e^x - 1 without the cancellation near 0.
 *
 * @param x Any number.
 * @returns In [-1, Infinity], within 1 ulp; expm1(-0) = -0.
 * @source fdlibm s_expm1.c.
 * @example expm1(1e-10) // => 1.00000000005e-10
 */
export function expm1(x: number): number {
  if (!(x <= OVERFLOW)) return x > OVERFLOW ? Infinity : NaN;
  if (x < -38.816242111356935) return -1;
  if (x > -5.551115123125783e-17 && x < 5.551115123125783e-17) return x;
  let k = 0;
  let r = x;
  let c = 0;
  if (x > 0.34657359027997264 || x < -0.34657359027997264) {
    k = Math.trunc(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5));
    const high = x - k * LN2_HIGH;
    const low = k * LN2_LOW;
    r = high - low;
    c = high - r - low;
  }
  const half = 0.5 * r;
  const hxs = r * half;
  const r1 =
    1 +
    hxs *
      (-3.33333333333331316428e-2 +
        hxs *
          (1.58730158725481460165e-3 +
            hxs *
              (-7.93650757867487942473e-5 +
                hxs * (4.00821782732936239552e-6 + hxs * -2.01099218183624371326e-7))));
  const t = 3 - r1 * half;
  const e = hxs * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * e - hxs);
  return scaledExpm1(r, r * (e - c) - c - hxs, k);
}

/** 2^k·(1 + (r - e)) - 1 with the order of the additions that loses least. */
function scaledExpm1(r: number, e: number, k: number): number {
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k < 0 || k > 56) return scaleByPowerOfTwo(1 - (e - r), k) - 1;
  const u = powerOfTwo(-k);
  return (k < 20 ? 1 - u - (e - r) : r - (e + u) + 1) * powerOfTwo(k);
}

/**
 * The logistic function 1 / (1 + e^-x): a linear predictor's probability.
 *
 * @param x Any number, on the log-odds scale.
 * @returns In [0, 1], within 2 ulp; relative accuracy holds in the lower tail down to the smallest double.
 * @example logistic(0) // => 0.5
 */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}
