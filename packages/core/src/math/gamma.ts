import { InputError } from "../errors.ts";
import { digamma, trigamma } from "./digamma.ts";
import { exp } from "./exponential.ts";
import { productError } from "./exact-product.ts";
import { incompleteGamma } from "./incomplete-gamma.ts";
import { invertLogTail } from "./invert-tail.ts";
import { logGamma1p } from "./log-gamma.ts";
import { log, log1p } from "./logarithm.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { checkProbability } from "./probability.ts";
import { logPoissonKernel } from "./saddle-point.ts";
import type { Tails } from "./tails.ts";

/**
 * Both tail probabilities of a gamma variable, and their logarithms.
 *
 * @param x Any number but NaN.
 * @param shape Greater than 0.
 * @param rate Greater than 0: the variable times its rate has scale 1.
 * @returns Relative accuracy 1e-12 where the probabilities are doubles; the logarithms also beyond.
 * @throws {InputError} A shape or rate not above 0, or a NaN.
 * @source DLMF 8.2.4.
 * @example gammaTails(2000, 1).logUpper // => -2000
 */
export function gammaTails(x: number, shape: number, rate = 1): Tails {
  checkGamma(shape, rate);
  if (x < 0) return incompleteGamma(shape, 0);
  const scaled = x * rate;
  return incompleteGamma(shape, scaled, shape - scaled - productError(x, rate));
}

/**
 * Probability that a gamma variable is at most x.
 *
 * @param x Any number but NaN; 0 below 0.
 * @param shape Greater than 0.
 * @param rate Greater than 0: the variable times its rate has scale 1.
 * @returns In [0, 1].
 * @throws {InputError} A shape or rate not above 0, or a NaN.
 * @source DLMF 8.2.4.
 * @example gammaCdf(2, 1) // => 0.8646647167633873
 */
export function gammaCdf(x: number, shape: number, rate = 1): number {
  return gammaTails(x, shape, rate).lower;
}

/**
 * Probability that a gamma variable exceeds x.
 *
 * @param x Any number but NaN; 1 below 0.
 * @param shape Greater than 0.
 * @param rate Greater than 0.
 * @returns In [0, 1], with relative accuracy also in the far tail.
 * @throws {InputError} A shape or rate not above 0, or a NaN.
 * @source DLMF 8.2.4.
 * @example gammaUpper(2, 1) // => 0.1353352832366127
 */
export function gammaUpper(x: number, shape: number, rate = 1): number {
  return gammaTails(x, shape, rate).upper;
}

/**
 * Logarithm of {@link gammaCdf}, where the probability itself may be too small for a double.
 *
 * @param x Any number but NaN.
 * @param shape Greater than 0.
 * @param rate Greater than 0.
 * @returns At most 0.
 * @throws {InputError} A shape or rate not above 0, or a NaN.
 * @example gammaLogCdf(1, 1) // => -0.45867514538708193
 */
export function gammaLogCdf(x: number, shape: number, rate = 1): number {
  return gammaTails(x, shape, rate).logLower;
}

/**
 * Logarithm of {@link gammaUpper}, where the probability itself may be too small for a double.
 *
 * @param x Any number but NaN.
 * @param shape Greater than 0.
 * @param rate Greater than 0.
 * @returns At most 0.
 * @throws {InputError} A shape or rate not above 0, or a NaN.
 * @example gammaLogUpper(2000, 1) // => -2000
 */
export function gammaLogUpper(x: number, shape: number, rate = 1): number {
  return gammaTails(x, shape, rate).logUpper;
}

/**
 * Quantile of a gamma variable: the inverse of {@link gammaCdf}.
 *
 * @param p Probability in [0, 1].
 * @param shape Greater than 0.
 * @param rate Greater than 0.
 * @returns 0 at p = 0, Infinity at 1; relative accuracy about 1e-13, 0 where the quantile is below the doubles.
 * @throws {InputError} p outside [0, 1], a shape or rate not above 0.
 * @example gammaQuantile(0.5, 1) // => 0.6931471805599453
 */
export function gammaQuantile(p: number, shape: number, rate = 1): number {
  checkProbability(p);
  checkGamma(shape, rate);
  if (p === 0) return 0;
  if (p === 1) return Infinity;
  // x <= x^a / Γ(a + 1): where that is tight, it is the answer, also where incompleteGamma would see x = 0
  const bound = (log(p) + logGamma1p(shape)) / shape;
  if (bound < -40) return exp(bound) / rate;
  const lower = p <= 0.5;
  const tail = (t: number) => {
    const x = exp(t);
    const { logLower, logUpper } = incompleteGamma(shape, x);
    const value = lower ? logLower : logUpper;
    // the density of log x is a times the kernel
    const slope = exp(log(shape) + logPoissonKernel(shape, x) - value);
    return { value, slope: lower ? slope : -slope };
  };
  const moment = digamma(shape) + normalQuantile(p) * Math.sqrt(trigamma(shape));
  const start = lower
    ? Math.max(bound, moment)
    : Math.max(bound, Math.min(moment, log(shape + 40 + 10 * shape)));
  return exp(invertLogTail(tail, lower ? log(p) : log1p(-p), start)) / rate;
}

function checkGamma(shape: number, rate: number): void {
  if (!(shape > 0 && shape < Infinity && rate > 0 && rate < Infinity))
    throw new InputError(`a gamma distribution needs a shape and a rate above 0; got ${shape} and ${rate}`);
}
