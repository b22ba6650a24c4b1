import { log, log1p } from "./logarithm.ts";
import { sin } from "./trigonometric.ts";

/** 1 - γ, then (-1)^k (ζ(k) - 1) / k for k = 2, 3, ...: the Taylor series of log Γ(2 + z). */
const SERIES = Float64Array.of(
  0.42278433509846713,
  0.3224670334241132,
  -0.0673523010531981,
  0.020580808427784546,
  -0.007385551028673986,
  0.0028905103307415234,
  -0.001192753911703261,
  0.0005096695247430425,
  -0.00022315475845357939,
  9.945751278180853e-5,
  -4.492623673813314e-5,
  2.050721277567069e-5,
  -9.439488275268397e-6,
  4.374866789907488e-6,
  -2.039215753801366e-6,
  9.55141213040742e-7,
  -4.492469198764566e-7,
  2.1207184805554665e-7,
  -1.0043224823968099e-7,
  4.7698101693639804e-8,
  -2.2711094608943164e-8,
  1.0838659214896955e-8,
  -5.183475041970047e-9,
  2.4836745438024785e-9,
  -1.1921401405860912e-9,
  5.731367241678862e-10,
  -2.7595228851242334e-10,
);

/** log(2π) / 2. */
export const LOG_SQRT_2PI = 0.9189385332046727;

/** log Γ(2 + z) for |z| <= 1/2, with full relative accuracy at its zero z = 0. */
function nearTwo(z: number): number {
  let value = 0;
  for (let k = SERIES.length - 1; k >= 0; k--) value = value * z + SERIES[k];
  return value * z;
}

/**
 * Natural logarithm of the absolute value of the gamma function.
 *
 * @param x Any number.
 * @returns Within a few ulp for x > 0, also near its zeros 1 and 2; Infinity at 0 and the negative integers.
 * @source Abramowitz & Stegun 6.1.33 (Taylor series, by the zeta function), 6.1.17 (reflection), 6.1.40 (Stirling).
 * @example logGamma(0.5) // => 0.5723649429247001
 */
export function logGamma(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x <= 0) return reflected(x);
  if (x >= 10) {
    // (x - 1/2)(log x - 1) cannot overflow before the result does
    return x > 2.5e305 ? Infinity : (x - 0.5) * (log(x) - 1) + (LOG_SQRT_2PI - 0.5) + stirlingError(x);
  }
  if (x < 1.5) return x < 0.5 ? nearTwo(x) - log1p(x) - log(x) : logGamma1p(x - 1);
  let product = 1;
  let rest = x;
  while (rest > 2.5) {
    rest -= 1;
    product *= rest;
  }
  return product === 1 ? nearTwo(rest - 2) : log(product) + nearTwo(rest - 2);
}

function reflected(x: number): number {
  if (Math.floor(x) === x) return Infinity;
  // Γ(x)Γ(1 - x) = π / sin(πx), with the angle reduced to a quarter turn first
  const fraction = Math.abs(x - Math.round(x));
  return log(3.141592653589793 / sin(3.141592653589793 * fraction)) - logGamma(1 - x);
}

/**
 * log Γ(1 + x) with full relative accuracy near 0.
 *
 * @param x Greater than -1.
 * @example logGamma1p(1e-10) // => -5.7721566482e-11
 */
export function logGamma1p(x: number): number {
  return Math.abs(x) <= 0.5 ? nearTwo(x) - log1p(x) : logGamma(1 + x);
}

/**
 * The error of Stirling's formula, log Γ(x + 1) - (x + 1/2) log x + x - log(2π) / 2.
 *
 * @param x Greater than 0.
 * @returns Positive; absolute accuracy about 1e-16 for x above 0.1.
 * @source Loader 2000, Fast and accurate computation of binomial probabilities; Abramowitz & Stegun 6.1.40.
 * @example stirlingError(1) // => 0.08106146679532726
 */
export function stirlingError(x: number): number {
  if (x < 0.5) return logGamma1p(x) - (x + 0.5) * log(x) + x - LOG_SQRT_2PI;
  let raised = 0;
  let y = x;
  // error(y) = error(y + 1) + (y + 1/2) log(1 + 1/y) - 1
  while (y < 10) {
    raised += (y + 0.5) * log1p(1 / y) - 1;
    y += 1;
  }
  const z = 1 / (y * y);
  const series =
    0.08333333333333333 -
    z *
      (0.002777777777777778 -
        z *
          (0.0007936507936507937 -
            z *
              (0.0005952380952380953 -
                z *
                  (0.0008417508417508417 -
                    z * (0.0019175269175269176 - z * (0.00641025641025641 - z * 0.029550653594771242))))));
  return raised + series / y;
}
