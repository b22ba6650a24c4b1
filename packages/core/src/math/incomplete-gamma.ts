import { InputError, NumericalError } from "../errors.ts";
import { erfc, scaledTailLog } from "./error-function.ts";
import { exp, expm1 } from "./exponential.ts";
import { logGamma1p } from "./log-gamma.ts";
import { log } from "./logarithm.ts";
import { deviance, logPoissonKernel } from "./saddle-point.ts";
import { exchanged, fromBothTails, fromLogLower, fromLogUpper, type Tails } from "./tails.ts";

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x).
 *
 * @param a Shape, greater than 0 and finite.
 * @param x At least 0, Infinity included.
 * @param difference a - x, where it is known better than to the last digit of x.
 * @returns Both tails with relative accuracy 1e-12 where they are doubles, and their logarithms beyond.
 * @throws {InputError} A shape or an x outside its domain.
 * @source DLMF 8.7.1 (series), 8.9.2 (continued fraction), 8.12.3 (uniform expansion for large a).
 * @example incompleteGamma(1, 2).upper // => 0.1353352832366127
 */
export function incompleteGamma(a: number, x: number, difference = a - x): Tails {
  checkArguments(a, x);
  if (x === 0) return { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 };
  if (x === Infinity) return { lower: 1, upper: 0, logLower: 0, logUpper: -Infinity };
  if (a < 1 && x < 1) return smallArguments(a, x);
  if (a >= 2000 && Math.abs(difference) < 0.15 * a) return uniformExpansion(a, x, difference);
  return a < 1 || x >= a + 1 ? byFraction(a, x, difference) : bySeries(a, x, difference);
}

function checkArguments(a: number, x: number): void {
  if (!(a > 0 && a < Infinity && x >= 0))
    throw new InputError(
      `an incomplete gamma function needs a finite a > 0 and x >= 0; got a = ${a}, x = ${x}`,
    );
}

function bySeries(a: number, x: number, difference: number): Tails {
  return fromLogLower(logPoissonKernel(a, x, difference) + log(lowerSeries(a, x)));
}

function byFraction(a: number, x: number, difference: number): Tails {
  return fromLogUpper(logPoissonKernel(a, x, difference) + log(a * upperFraction(a, x)));
}

/** The fraction needs a hundred steps at worst. */
const MAXIMUM_STEPS = 100_000;

/** P(a, x) / kernel = 1 + x/(a + 1) + x²/((a + 1)(a + 2)) + ... */
function lowerSeries(a: number, x: number): number {
  let total = 1;
  let term = 1;
  for (let n = 1; term > total * 1e-17; n++) {
    term *= x / (a + n);
    total += term;
  }
  return total;
}

/** Q(a, x)·Γ(a) / (x^a e^-x) = 1/(x + 1 - a - 1(1 - a)/(x + 3 - a - 2(2 - a)/(...))), by Steed's method. */
function upperFraction(a: number, x: number): number {
  let reciprocal = 1 / (x + 1 - a);
  let step = reciprocal;
  let value = step;
  for (let n = 1; n < MAXIMUM_STEPS; n++) {
    const numerator = n * (a - n);
    const next = 1 / (x + 2 * n + 1 - a + numerator * reciprocal);
    step *= -numerator * reciprocal * next;
    value += step;
    reciprocal = next;
    if (Math.abs(step) <= 1e-17 * value) return value;
  }
  throw new NumericalError(`an incomplete gamma function needs a continued fraction that ends; got a = ${a}`);
}

/** For a, x < 1: with t = x^a / Γ(1 + a), P = t (1 + a Σ (-x)^n / (n! (a + n))), and Q from its parts without 1 - P. */
function smallArguments(a: number, x: number): Tails {
  let total = 0;
  let term = 1;
  for (let n = 1; n < 100; n++) {
    term *= -x / n;
    const next = total + term / (a + n);
    if (next === total) break;
    total = next;
  }
  const logT = a * log(x) - logGamma1p(a);
  const t = exp(logT);
  const upper = -expm1(logT) - t * a * total;
  return fromBothTails(t * (1 + a * total), upper);
}

/** Coefficients of η^n in the function that multiplies a^-k. */
const EXPANSION = [
  [
    -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
    0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-5, -2.185448510679992e-6,
    -1.85406221071516e-6, 8.296711340953087e-7, -1.7665952736826078e-7, 6.707853543401498e-9,
  ],
  [
    -0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
    0.00020576131687242798, -4.018775720164609e-7, -1.8098550334489977e-5, 7.64916091608111e-6,
    -1.6120900894563446e-6,
  ],
  [
    0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-6,
    -0.0001073665322636516, 5.2923448829120125e-5,
  ],
  [0.0006494341563786008, 0.00022947209362139917, -0.0004691894943952557, 0.00026772063206283885],
] as const;

/** Q = erfc(η sqrt(a/2)) / 2 + e^(-aη²/2) / sqrt(2πa) · Σ a^-k Σ d_kn η^n, where aη²/2 is the deviance. */
function uniformExpansion(a: number, x: number, difference: number): Tails {
  const distance = deviance(a, x, difference);
  const root = Math.sqrt(distance);
  const eta = (difference > 0 ? -root : root) * Math.sqrt(2 / a);
  let correction = 0;
  for (let k = EXPANSION.length - 1; k >= 0; k--) {
    let inner = 0;
    for (let n = EXPANSION[k].length - 1; n >= 0; n--) inner = inner * eta + EXPANSION[k][n];
    correction = correction / a + inner;
  }
  correction /= Math.sqrt(6.283185307179586 * a);
  if (difference > 0) correction = -correction;
  // the smaller tail, with e^-distance taken out where it may be too small
  if (root >= 1.25) {
    const scaled = (0.5 * exp(scaledTailLog(1 / distance))) / root + correction;
    const near = fromLogLower(log(scaled) - distance);
    return difference > 0 ? near : exchanged(near);
  }
  const near = 0.5 * erfc(root) + exp(-distance) * correction;
  return difference > 0 ? fromBothTails(near, 1 - near) : fromBothTails(1 - near, near);
}
