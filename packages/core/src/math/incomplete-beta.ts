import { InputError, NumericalError } from "../errors.ts";
import { exp, expm1 } from "./exponential.ts";
import { logGamma1p } from "./log-gamma.ts";
import { logGammaRatio } from "./log-gamma-ratio.ts";
import { log } from "./logarithm.ts";
import { type BetaPoint, logBetaKernel } from "./saddle-point.ts";
import { exchanged, fromBothTails, fromLogLower, type Tails } from "./tails.ts";

/** Where the power series takes over: its terms alternate and grow before they fall beyond b·x = 1. */
const SERIES_REACH = 0.7;
/** The fraction needs some ten times the root of the larger shape. */
const MAXIMUM_STEPS = 1_000_000;

/**
 * The regularised incomplete beta function I_x(a, b) and its complement.
 *
 * @param a First shape, greater than 0 and finite.
 * @param b Second shape, greater than 0 and finite.
 * @param x In [0, 1].
 * @param y 1 - x, given apart so that neither loses digits near 0.
 * @returns Both tails; for two shapes above 1e4 the rounding of x alone costs digits: see {@link incompleteBetaAt}.
 * @throws {InputError} A shape, x or y outside its domain.
 * @throws {NumericalError} Shapes beyond 1e9 near the mean, where the continued fraction is too slow.
 * @source DLMF 8.17.4 (symmetry).
 * @example incompleteBeta(2, 3, 0.5, 0.5).lower // => 0.6875
 */
export function incompleteBeta(a: number, b: number, x: number, y: number): Tails {
  return incompleteBetaAt(a, b, { x, y, lead: b * x - a * y });
}

/**
 * The regularised incomplete beta function at a point that is known more closely than to its last digit.
 *
 * @param a First shape, greater than 0 and finite.
 * @param b Second shape, greater than 0 and finite.
 * @param point x, 1 - x, and b·x - a·(1 - x).
 * @returns Both tails with relative accuracy 1e-12 where they are doubles, their logarithms beyond, for shapes to 1e7.
 * @throws {InputError} A shape, x or y outside its domain.
 * @throws {NumericalError} Shapes beyond 1e9 near the mean, where the continued fraction is too slow.
 * @source DLMF 8.17.7 (power series), 8.17.22 (continued fraction), 8.17.4 (symmetry).
 * @example incompleteBetaAt(2, 3, { x: 0.5, y: 0.5, lead: 0.5 }).lower // => 0.6875
 */
export function incompleteBetaAt(a: number, b: number, point: BetaPoint): Tails {
  checkArguments(a, b, point);
  const { x, y, lead } = point;
  if (x === 0) return { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 };
  if (y === 0) return { lower: 1, upper: 0, logLower: 0, logUpper: -Infinity };
  const mirror = { x: y, y: x, lead: -lead };
  if (a < 1 && Math.max(1, b) * x <= SERIES_REACH) return bySeries(a, b, x);
  if (b < 1 && Math.max(1, a) * y <= SERIES_REACH) return exchanged(bySeries(b, a, y));
  // the fraction converges fast on the near side of the mean, and gives the tail there
  const below = b < 1 || (a >= 1 && lead <= 0);
  return below ? byFraction(a, b, point) : exchanged(byFraction(b, a, mirror));
}

/**
 * The tails so near to an end that the logarithm of the smaller is a line in that of x.
 *
 * @param a Shape at this end, greater than 0.
 * @param b The other shape.
 * @param logX Logarithm of the distance from the end, below -650.
 * @returns The lower tail is the one at this end.
 * @example nearEnd(2, 1, -700).logLower // => -1400
 */
export function nearEnd(a: number, b: number, logX: number): Tails {
  return fromLogLower(logLeadingTerm(a, b, logX));
}

/**
 * Logarithm of x^a / (a B(a, b)), the first term of I_x(a, b).
 *
 * @param a Greater than 0.
 * @param b Greater than 0, and below 1e13.
 * @param logX Logarithm of x.
 * @returns Keeps its digits for small a, where it is nearly 0.
 * @example logLeadingTerm(1, 1, -3) // => -3
 */
export function logLeadingTerm(a: number, b: number, logX: number): number {
  if (a < 1) return a * logX - logGamma1p(a) + logGammaRatio(b, a);
  const tiny = 1e-30;
  return logBetaKernel(a, b, { x: tiny, y: 1, lead: b * tiny - a }) + a * (logX - log(tiny));
}

function byFraction(a: number, b: number, point: BetaPoint): Tails {
  return fromLogLower(logBetaKernel(a, b, point) + log(fraction(a, b, point)));
}

/**
 * I_x(a, b)·a B(a, b) / (x^a y^b), by the even part of the continued fraction, whose terms hold the lead, not x, where
 * their size depends on the difference from the mean (Didonato & Morris 1992, ACM TOMS 18:360-373), and Steed's method.
 */
function fraction(a: number, b: number, { x, y, lead }: BetaPoint): number {
  let reciprocal = (a + 1) / (1 - lead);
  let step = reciprocal;
  let value = step;
  reciprocal /= a;
  for (let n = 1; n < MAXIMUM_STEPS; n++) {
    const s = a + 2 * n - 1;
    const t = n * (b - n) * x;
    const numerator = ((a + n - 1) / s) * ((a + b + n - 1) / s) * t * x;
    const denominator = n + t / s + ((a + n) / (s + 2)) * (1 - lead + n * (1 + y));
    const next = 1 / (denominator + numerator * reciprocal);
    step *= -numerator * reciprocal * next;
    value += step;
    reciprocal = next;
    if (Math.abs(step) <= 1e-17 * value) return value;
  }
  throw new NumericalError(
    `an incomplete beta function needs shapes its continued fraction can reach; got ${a} and ${b}`,
  );
}

/** With t = x^a / (a B(a, b)): I = t (1 + a Σ (1-b)(2-b)...(n-b) x^n / (n! (a + n))), and 1 - I from its parts. */
function bySeries(a: number, b: number, x: number): Tails {
  let total = 0;
  let term = 1;
  for (let n = 1; n < 500; n++) {
    term *= (1 - b / n) * x;
    const next = total + term / (a + n);
    if (next === total) break;
    total = next;
  }
  const logT = logLeadingTerm(a, b, log(x));
  const t = exp(logT);
  return fromBothTails(t * (1 + a * total), -expm1(logT) - t * a * total);
}

function checkArguments(a: number, b: number, { x, y }: BetaPoint): void {
  if (!(a > 0 && a < Infinity && b > 0 && b < Infinity))
    throw new InputError(`an incomplete beta function needs finite shapes > 0; got ${a} and ${b}`);
  if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1))
    throw new InputError(`an incomplete beta function needs x in [0, 1]; got ${x}`);
}
