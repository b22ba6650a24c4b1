import { InputError } from "../errors.ts";
import { digamma, trigamma } from "./digamma.ts";
import { exp, logistic } from "./exponential.ts";
import { productError } from "./exact-product.ts";
import { incompleteBeta, incompleteBetaAt } from "./incomplete-beta.ts";
import { invertLogTail } from "./invert-tail.ts";
import { log } from "./logarithm.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { checkProbability } from "./probability.ts";
import { logBetaKernel } from "./saddle-point.ts";
import type { Tails } from "./tails.ts";

/**
 * Both tail probabilities of a beta variable, and their logarithms.
 *
 * @param x Any number but NaN.
 * @param a First shape, greater than 0.
 * @param b Second shape, greater than 0.
 * @returns Relative accuracy 1e-12 where the probabilities are doubles; the logarithms also beyond.
 * @throws {InputError} A shape not above 0, or a NaN.
 * @source DLMF 8.17.2.
 * @example betaTails(0.5, 2, 3).upper // => 0.3125
 */
export function betaTails(x: number, a: number, b: number): Tails {
  const inside = x < 0 ? 0 : x > 1 ? 1 : x;
  const y = 1 - inside;
  // 1 - y - x is what y lost by rounding
  const lead = b * inside - a * y + (productError(b, inside) - productError(a, y) - a * (1 - y - inside));
  return incompleteBetaAt(a, b, { x: inside, y, lead });
}

/**
 * Probability that a beta variable is at most x.
 *
 * @param x Any number but NaN; 0 below 0, 1 above 1.
 * @param a First shape, greater than 0.
 * @param b Second shape, greater than 0.
 * @returns In [0, 1].
 * @throws {InputError} A shape not above 0, or a NaN.
 * @source DLMF 8.17.2.
 * @example betaCdf(0.5, 2, 3) // => 0.6875
 */
export function betaCdf(x: number, a: number, b: number): number {
  return betaTails(x, a, b).lower;
}

/**
 * Probability that a beta variable exceeds x.
 *
 * @param x Any number but NaN; 1 below 0, 0 above 1.
 * @param a First shape, greater than 0.
 * @param b Second shape, greater than 0.
 * @returns In [0, 1], with relative accuracy also in the far tail.
 * @throws {InputError} A shape not above 0, or a NaN.
 * @example betaUpper(0.5, 2, 3) // => 0.3125
 */
export function betaUpper(x: number, a: number, b: number): number {
  return betaTails(x, a, b).upper;
}

/**
 * Quantile of a beta variable: the inverse of {@link betaCdf}.
 *
 * @param p Probability in [0, 1].
 * @param a First shape, greater than 0.
 * @param b Second shape, greater than 0.
 * @returns In [0, 1]; relative accuracy about 1e-13.
 * @throws {InputError} p outside [0, 1], or a shape not above 0.
 * @example betaQuantile(0.5, 1, 2) // => 0.2928932188134525
 */
export function betaQuantile(p: number, a: number, b: number): number {
  checkProbability(p);
  return logistic(betaLogitQuantile(p, 1 - p, a, b));
}

/**
 * Log-odds of the beta quantile, so that quantiles near 0 and near 1 keep their digits.
 *
 * @param p Probability in [0, 1] of being below.
 * @param q 1 - p, given apart.
 * @param a First shape, greater than 0.
 * @param b Second shape, greater than 0.
 * @returns -Infinity at p = 0, Infinity at q = 0.
 * @throws {InputError} A shape not above 0.
 * @example betaLogitQuantile(0.5, 0.5, 3, 3) // => 0
 */
export function betaLogitQuantile(p: number, q: number, a: number, b: number): number {
  if (!(a > 0 && a < Infinity && b > 0 && b < Infinity))
    throw new InputError(`a beta distribution needs finite shapes > 0; got ${a} and ${b}`);
  if (p === 0) return -Infinity;
  if (q === 0) return Infinity;
  if (p === q && a === b) return 0;
  // by symmetry the smaller tail is the lower one
  return p <= q ? lowerLogitQuantile(p, a, b) : -lowerLogitQuantile(q, b, a);
}

/** For p <= 1/2. */
function lowerLogitQuantile(p: number, a: number, b: number): number {
  // far below, log I_x(a, b) is a line in log x: the kernel's
  const bound = (log(p) - logBetaKernel(a, b, { x: 1e-30, y: 1, lead: b * 1e-30 - a })) / a + log(1e-30);
  if (bound + log(1 + b) < -40) return bound;
  const tail = (t: number) => {
    const x = logistic(t);
    const y = logistic(-t);
    const { logLower } = incompleteBeta(a, b, x, y);
    const kernel = logBetaKernel(a, b, { x, y, lead: b * x - a * y });
    // the density of logit x is a times the kernel
    return { value: logLower, slope: exp(log(a) + kernel - logLower) };
  };
  const start = digamma(a) - digamma(b) + normalQuantile(p) * Math.sqrt(trigamma(a) + trigamma(b));
  return invertLogTail(tail, log(p), Math.max(start, -700));
}
