// Coefficients of the sine and cosine kernels after fdlibm 5.3, which is
// Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
// business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
// notice is preserved.
import { tangentKernel } from "./tangent-kernel.ts";
import { reduceHalfPi, remainder } from "./half-pi-reduction.ts";

const QUARTER_PI = 0.7853981633974483;

/**
 * Sine.
 *
 * @param x Angle in radians; any finite number, however large.
 * @returns In [-1, 1], within 1 ulp; NaN for ±Infinity, sin(-0) = -0.
 * @source fdlibm s_sin.c.
 * @example sin(0.5) // => 0.479425538604203
 */
export function sin(x: number): number {
  if (x >= -QUARTER_PI && x <= QUARTER_PI) return sineKernel(x, 0);
  if (!Number.isFinite(x)) return NaN;
  const quadrant = reduceHalfPi(x) & 3;
  const [high, low] = [remainder[0], remainder[1]];
  const value = (quadrant & 1) === 0 ? sineKernel(high, low) : cosineKernel(high, low);
  return quadrant < 2 ? value : -value;
}

/**
 * Cosine.
 *
 * @param x Angle in radians; any finite number, however large.
 * @returns In [-1, 1], within 1 ulp; NaN for ±Infinity.
 * @source fdlibm s_cos.c.
 * @example cos(0.5) // => 0.8775825618903728
 */
export function cos(x: number): number {
  if (x >= -QUARTER_PI && x <= QUARTER_PI) return cosineKernel(x, 0);
  if (!Number.isFinite(x)) return NaN;
  const quadrant = reduceHalfPi(x) & 3;
  const [high, low] = [remainder[0], remainder[1]];
  const value = (quadrant & 1) === 0 ? cosineKernel(high, low) : sineKernel(high, low);
  return quadrant === 1 || quadrant === 2 ? -value : value;
}

/**
 * Tangent.
 *
 * @param x Angle in radians; any finite number, however large.
 * @returns Within 1 ulp; NaN for ±Infinity, tan(-0) = -0.
 * @source fdlibm s_tan.c.
 * @example tan(0.5) // => 0.5463024898437905
 */
export function tan(x: number): number {
  if (x >= -QUARTER_PI && x <= QUARTER_PI) return tangentKernel(x, 0, false);
  if (!Number.isFinite(x)) return NaN;
  const quadrant = reduceHalfPi(x);
  return tangentKernel(remainder[0], remainder[1], (quadrant & 1) === 1);
}

/** sin(x + y) for |x| <= π/4 and y the rounding error of x; fdlibm k_sin.c. */
function sineKernel(x: number, y: number): number {
  if (x > -7.450580596923828e-9 && x < 7.450580596923828e-9) return x;
  const z = x * x;
  const v = z * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x - (z * (0.5 * y - v * r) - y - v * -1.66666666666666324348e-1);
}

/** cos(x + y) for |x| <= π/4 and y the rounding error of x; FreeBSD k_cos.c. */
function cosineKernel(x: number, y: number): number {
  const z = x * x;
  const w = z * z;
  const r =
    z * (4.16666666666666019037e-2 + z * (-1.38888888888741095749e-3 + z * 2.48015872894767294178e-5)) +
    w * w * (-2.75573143513906633035e-7 + z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11));
  const half = 0.5 * z;
  const u = 1 - half;
  return u + (1 - u - half + (z * r - x * y));
}
