// Coefficients after fdlibm 5.3 e_asin.c, e_acos.c and s_atan.c, which are
// Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
// business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
// notice is preserved.
import { withoutLowWord } from "./float-bits.ts";

const HALF_PI = 1.5707963267948966;
const HALF_PI_LOW = 6.123233995736766e-17;
const PI = 3.141592653589793;
const PI_LOW = 1.2246467991473532e-16;

/** (asin(x) - x) / x as a function of z = x², |x| <= 1/2. */
function arcSineRatio(z: number): number {
  const p =
    z *
    (1.66666666666666657415e-1 +
      z *
        (-3.25565818622400915405e-1 +
          z *
            (2.01212532134862925881e-1 +
              z *
                (-4.00555345006794114027e-2 +
                  z * (7.91534994289814532176e-4 + z * 3.4793310759602116757e-5)))));
  const q =
    1 +
    z *
      (-2.40339491173441421878 +
        z * (2.02094576023350569471 + z * (-6.8828397160545329303e-1 + z * 7.70381505559019352791e-2)));
  return p / q;
}

/**
 * Arc sine.
 *
 * @param x In [-1, 1].
 * @returns In [-π/2, π/2], within 1 ulp; NaN outside the domain, asin(-0) = -0.
 * @source fdlibm e_asin.c.
 * @example asin(0.5) // => 0.5235987755982989
 */
export function asin(x: number): number {
  const a = Math.abs(x);
  if (!(a < 1)) return a === 1 ? x * HALF_PI : NaN;
  if (a < 0.5) return a < 1.4901161193847656e-8 ? x : x + x * arcSineRatio(x * x);
  // asin(x) = π/2 - 2 asin(sqrt((1 - x) / 2))
  const z = (1 - a) * 0.5;
  const s = Math.sqrt(z);
  const r = arcSineRatio(z);
  let value: number;
  if (a >= 0.975) value = HALF_PI - (2 * (s + s * r) - HALF_PI_LOW);
  else {
    const f = withoutLowWord(s);
    const c = (z - f * f) / (s + f);
    value = 0.5 * HALF_PI - (2 * s * r - (HALF_PI_LOW - 2 * c) - (0.5 * HALF_PI - 2 * f));
  }
  return x < 0 ? -value : value;
}

/**
 * Arc cosine.
 *
 * @param x In [-1, 1].
 * @returns In [0, π], within 1 ulp; NaN outside the domain.
 * @source fdlibm e_acos.c.
 * @example acos(0.5) // => 1.0471975511965979
 */
export function acos(x: number): number {
  const a = Math.abs(x);
  if (!(a < 1)) {
    if (x === 1) return 0;
    return x === -1 ? PI + PI_LOW : NaN;
  }
  if (a < 0.5) {
    if (a < 6.938893903907228e-18) return HALF_PI;
    return HALF_PI - (x - (HALF_PI_LOW - x * arcSineRatio(x * x)));
  }
  const z = (1 - a) * 0.5;
  const s = Math.sqrt(z);
  if (x < 0) return PI - 2 * (s + (arcSineRatio(z) * s - HALF_PI_LOW));
  const f = withoutLowWord(s);
  const c = (z - f * f) / (s + f);
  return 2 * (f + (arcSineRatio(z) * s + c));
}

const ARC_HIGH = [
  4.63647609000806093515e-1,
  7.85398163397448278999e-1,
  9.82793723247329054082e-1,
  HALF_PI,
] as const;
const ARC_LOW = [
  2.26987774529616870924e-17,
  3.06161699786838301793e-17,
  1.39033110312309984516e-17,
  HALF_PI_LOW,
] as const;

/**
 * Arc tangent.
 *
 * @param x Any number.
 * @returns In [-π/2, π/2], within 1 ulp; atan(-0) = -0.
 * @source fdlibm s_atan.c.
 * @example atan(1) // => 0.7853981633974483
 */
export function atan(x: number): number {
  const a = Math.abs(x);
  if (a < 7.450580596923828e-9) return x;
  if (!(a < 7.378697629483821e19)) return Number.isNaN(a) ? NaN : x < 0 ? -HALF_PI : HALF_PI;
  if (a < 0.4375) return x - x * arcTangentSeries(x * x);
  // atan(a) = atan(c) + atan((a - c) / (1 + a·c)) with c = 1/2, 1, 3/2, Infinity
  let [interval, t] = [3, -1 / a];
  if (a < 0.6875) [interval, t] = [0, (2 * a - 1) / (2 + a)];
  else if (a < 1.1875) [interval, t] = [1, (a - 1) / (a + 1)];
  else if (a < 2.4375) [interval, t] = [2, (a - 1.5) / (1 + 1.5 * a)];
  const value = ARC_HIGH[interval] - (t * arcTangentSeries(t * t) - ARC_LOW[interval] - t);
  return x < 0 ? -value : value;
}

/** 1 - atan(t) / t as a function of z = t², |t| <= 7/16. */
function arcTangentSeries(z: number): number {
  const w = z * z;
  const odd =
    z *
    (3.33333333333329318027e-1 +
      w *
        (1.42857142725034663711e-1 +
          w *
            (9.09088713343650656196e-2 +
              w *
                (6.66107313738753120669e-2 +
                  w * (4.97687799461593236017e-2 + w * 1.62858201153657823623e-2)))));
  const even =
    w *
    (-1.99999999998764832476e-1 +
      w *
        (-1.1111110405462355788e-1 +
          w *
            (-7.69187620504482999495e-2 + w * (-5.83357013379057348645e-2 + w * -3.6531572744216915527e-2))));
  return odd + even;
}

/**
 * The angle of the point (x, y).
 *
 * @param y Ordinate.
 * @param x Abscissa.
 * @returns In [-π, π], within 2 ulp; signed zeros and infinities as in `Math.atan2`.
 * @source fdlibm e_atan2.c.
 * @example atan2(1, -1) // => 2.356194490192345
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const left = x < 0 || Object.is(x, -0);
  const below = y < 0 || Object.is(y, -0);
  const steep =
    Math.abs(y) > 1.152921504606847e18 * Math.abs(x) || (Math.abs(y) === Infinity && Number.isFinite(x));
  const z = steep ? HALF_PI : firstQuadrant(Math.abs(y), Math.abs(x), left);
  const value = left && !steep ? PI - (z - PI_LOW) : z;
  return below ? -value : value;
}

/** atan(y / x) for y, x >= 0, with the limits where the quotient does not exist. */
function firstQuadrant(y: number, x: number, left: boolean): number {
  if (y === 0) return 0;
  if (x === Infinity) return y === Infinity ? HALF_PI / 2 : 0;
  const quotient = y / x;
  // Far below one ulp of π the quotient may be subnormal and imprecise, and does not matter.
  if (left && quotient < 8.673617379884035e-19) return 0;
  return atan(quotient);
}
