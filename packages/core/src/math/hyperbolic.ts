import { exp, INVERSE_LN2, LN2_HIGH, LN2_LOW } from "./exponential.ts";
import { powerOfTwo } from "./float-bits.ts";

/** 1/3!, 1/5!, 1/7!, ...: the Taylor series of sinh. */
const SINH = Float64Array.of(
  0.16666666666666666,
  0.008333333333333333,
  0.0001984126984126984,
  2.7557319223985893e-6,
  2.505210838544172e-8,
  1.6059043836821613e-10,
  7.647163731819816e-13,
  2.8114572543455206e-15,
  8.22063524662433e-18,
);
/** 1/2!, 1/4!, 1/6!, ...: the Taylor series of cosh. */
const COSH = Float64Array.of(
  0.5,
  0.041666666666666664,
  0.001388888888888889,
  2.48015873015873e-5,
  2.755731922398589e-7,
  2.08767569878681e-9,
  1.1470745597729725e-11,
  4.779477332387385e-14,
);

/**
 * Hyperbolic tangent.
 *
 * @param x Any number.
 * @returns In [-1, 1], within 1 ulp; tanh(-0) = -0.
 * @source DLMF 4.39.1, Lambert's continued fraction x / (1 + x² / (3 + x² / (5 + ...))), as a rational function below 0.55.
 * @example tanh(0.5) // => 0.46211715726000973
 */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (a < 0.55) {
    if (a < 2.7755575615628914e-17) return x;
    const z = x * x;
    const p = 675675 + z * (45045 + z * (594 + z));
    return x - (x * z * p) / (2027025 + z * (945945 + z * (51975 + z * (630 + z))));
  }
  if (!(a < 22)) return Number.isNaN(a) ? NaN : Math.sign(x);
  // 1 - 2 / (e^2a + 1), with what rounding takes from the sum
  const e = powerParts(2 * a);
  const sum = e + 1;
  const lost = 1 - (sum - e) + rest;
  const q = 2 / sum;
  const value = 1 - (q - (q * lost) / sum);
  return x < 0 ? -value : value;
}

/**
 * Hyperbolic sine.
 *
 * @param x Any number.
 * @returns Odd in x, within 1 ulp; overflows to ±Infinity beyond 710.48.
 * @source DLMF 4.28.1; Taylor series below 1.
 * @example sinh(1) // => 1.1752011936438014
 */
export function sinh(x: number): number {
  const a = Math.abs(x);
  if (a < 1) return a < 3.725290298461914e-9 ? x : x + x * series(SINH, x * x);
  const value = a < 22 ? halved(a, -1) : largeHyperbolic(a);
  return x < 0 ? -value : value;
}

/**
 * Hyperbolic cosine.
 *
 * @param x Any number.
 * @returns In [1, Infinity], within 1 ulp.
 * @source DLMF 4.28.2; Taylor series below ln(2) / 2.
 * @example cosh(1) // => 1.5430806348152437
 */
export function cosh(x: number): number {
  const a = Math.abs(x);
  if (a < 0.34657359027997264) return 1 + series(COSH, a * a);
  return a < 22 ? halved(a, 1) : largeHyperbolic(a);
}

/** Σ coefficients·z^k for k = 1, 2, ... */
function series(coefficients: Float64Array, z: number): number {
  let value = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) value = z * (coefficients[k] + value);
  return value;
}

/** (e^a ± e^-a) / 2. */
function halved(a: number, sign: number): number {
  const e = powerParts(a);
  return 0.5 * e + (0.5 * rest + (0.5 * sign) / e);
}

/** What the last call of {@link powerParts} left over. */
let rest = 0;

/** e^a as a double, and what that double lacks in `rest`; 1/3 < a < 44. Fdlibm's e_exp.c, its last sum kept in two parts. */
function powerParts(a: number): number {
  const k = Math.trunc(INVERSE_LN2 * a + 0.5);
  const high = a - k * LN2_HIGH;
  const low = k * LN2_LOW;
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
  const small = (r * c) / (2 - c) - low;
  const sum = high + small;
  const power = 1 + sum;
  const scale = powerOfTwo(k);
  rest = (small - (sum - high) + (sum - (power - 1))) * scale;
  return power * scale;
}

/** e^a / 2; the square of e^(a/2) does not overflow where the result does not. */
function largeHyperbolic(a: number): number {
  if (!(a < 709.7827128933839)) {
    if (!(a <= 710.4758600739439)) return Number.isNaN(a) ? NaN : Infinity;
    const w = exp(0.5 * a);
    return 0.5 * w * w;
  }
  return 0.5 * exp(a);
}
