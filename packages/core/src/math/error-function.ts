// Coefficients after fdlibm 5.3 s_erf.c, which is
// Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
// business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
// notice is preserved.
import { exp } from "./exponential.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** What erf(1) starts from: erf = OFFSET + P/Q on [0.84375, 1.25]. */
const OFFSET = 8.45062911510467529297e-1;

/**
 * Error function.
 *
 * @param x Any number.
 * @returns In [-1, 1], within 1 ulp; erf(-0) = -0.
 * @source fdlibm s_erf.c; Abramowitz & Stegun 7.1.1.
 * @example erf(0.5) // => 0.5204998778130465
 */
export function erf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  const a = Math.abs(x);
  if (a < 0.84375) {
    // the smallest doubles would underflow in x·(2/√π - 1)
    if (a < 2.848094538889218e-306) return 0.125 * (8 * x + 1.02703333676410069053 * x);
    return x + x * centre(x * x);
  }
  let value = 1;
  if (a < 1.25) value = OFFSET + shoulder(a - 1);
  else if (a < 6) value = 1 - tail(a);
  return x < 0 ? -value : value;
}

/**
 * Complementary error function 1 - erf(x), without the cancellation for large x.
 *
 * @param x Any number.
 * @returns In [0, 2], within 1 ulp below x = 1.25 and within 3 ulp down to the smallest normal double, at x = 26.5.
 * @source fdlibm s_erf.c; Abramowitz & Stegun 7.1.2.
 * @example erfc(2) // => 0.004677734981047266
 */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return NaN;
  const a = Math.abs(x);
  if (a < 0.84375) {
    const y = centre(x * x);
    return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x - 0.5 + x * y);
  }
  if (a < 1.25) return x > 0 ? 1 - OFFSET - shoulder(a - 1) : 1 + (OFFSET + shoulder(a - 1));
  if (x < -6) return 2;
  const value = a < 28 ? tail(a) : 0;
  return x < 0 ? 2 - value : value;
}

/**
 * The inverse of {@link erfc}.
 *
 * @param p In [0, 2].
 * @returns Infinity at 0, -Infinity at 2, NaN outside.
 * @example erfcInverse(0.05) // => 1.3859038243496777
 */
export function erfcInverse(p: number): number {
  // the median gives 0 and not -0
  return p === 1 ? 0 : -normalQuantile(0.5 * p) * 0.7071067811865476;
}

/**
 * log(y·e^(y²)·erfc(y)): what is left of erfc's tail when its leading factors are taken out.
 *
 * @param inverseSquare 1/y² for y >= 1.25, so at most 0.64; 0 is the limit, -log(π)/2.
 * @source fdlibm s_erf.c: erfc(y) = exp(-y² - 0.5625 + R/S) / y with rational functions of 1/y².
 * @example scaledTailLog(0) // => -0.5723649429247001
 */
export function scaledTailLog(inverseSquare: number): number {
  const s = inverseSquare;
  return s > 0.1225 ? nearTail(s) - 0.5625 : farTail(s) - 0.5625;
}

function tail(a: number): number {
  // z² is exact, so that the large part of the exponent is
  const z = Math.fround(a);
  return (exp(-z * z - 0.5625) * exp((z - a) * (z + a) + (scaledTailLog(1 / (a * a)) + 0.5625))) / a;
}

/** erf(x)/x - 1 as a function of z = x². */
function centre(z: number): number {
  const r =
    1.28379167095512558561e-1 +
    z *
      (-3.2504210724700149937e-1 +
        z * (-2.84817495755985104766e-2 + z * (-5.77027029648944159157e-3 + z * -2.37630166566501626084e-5)));
  const s =
    1 +
    z *
      (3.97917223959155352819e-1 +
        z *
          (6.50222499887672944485e-2 +
            z *
              (5.08130628187576562776e-3 + z * (1.32494738004321644526e-4 + z * -3.9602282787753681232e-6))));
  return r / s;
}

function shoulder(s: number): number {
  const p =
    -2.36211856075265944077e-3 +
    s *
      (4.14856118683748331666e-1 +
        s *
          (-3.72207876035701323847e-1 +
            s *
              (3.18346619901161753674e-1 +
                s *
                  (-1.10894694282396677476e-1 +
                    s * (3.54783043256182359371e-2 + s * -2.166375594868790843e-3)))));
  const q =
    1 +
    s *
      (1.06420880400844228286e-1 +
        s *
          (5.40397917702171048937e-1 +
            s *
              (7.18286544141962662868e-2 +
                s *
                  (1.26171219808761642112e-1 +
                    s * (1.36370839120290507362e-2 + s * 1.1984499846799107417e-2)))));
  return p / q;
}

const NEAR_R = [
  -9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1,
  -6.23753324503260060396e1, -1.62396669462573470355e2, -1.84605092906711035994e2, -8.12874355063065934246e1,
  -9.81432934416914548592,
] as const;
const NEAR_S = [
  1, 1.96512716674392571292e1, 1.376577541435190426e2, 4.34565877475229228821e2, 6.45387271733267880336e2,
  4.29008140027567833386e2, 1.08635005541779435134e2, 6.57024977031928170135, -6.04244152148580987438e-2,
] as const;
const FAR_R = [
  -9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1,
  -1.60636384855821916062e2, -6.37566443368389627722e2, -1.02509513161107724954e3, -4.83519191608651397019e2,
] as const;
const FAR_S = [
  1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3, 3.19985821950859553908e3,
  2.55305040643316442583e3, 4.74528541206955367215e2, -2.24409524465858183362e1,
] as const;

function nearTail(s: number): number {
  return polynomial(NEAR_R, s) / polynomial(NEAR_S, s);
}

function farTail(s: number): number {
  return polynomial(FAR_R, s) / polynomial(FAR_S, s);
}

function polynomial(coefficients: readonly number[], s: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * s + coefficients[i];
  return value;
}
