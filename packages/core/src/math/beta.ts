import { InputError } from "../errors.ts";
import { digamma, trigamma } from "./digamma.ts";
import { exp, logistic } from "./exponential.ts";
import { productError } from "./exact-product.ts";
import { incompleteBetaAt, logLeadingTerm, nearEnd } from "./incomplete-beta.ts";
import { invertLogTail, type LogTail } from "./invert-tail.ts";
import { log } from "./logarithm.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { checkProbability } from "./probability.ts";
import { logBetaKernel } from "./saddle-point.ts";
import { exchanged, type Tails } from "./tails.ts";

/** Log-odds beyond which the smaller of x and 1 - x is no longer a normal double. */
const FAR = 700;

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
  // far below, log I_x(a, b) is a line in log x
  const bound = (log(p) - logLeadingTerm(a, b, 0)) / a;
  if (bound + log(1 + b) < -40) return bound;
  const start = digamma(a) - digamma(b) + normalQuantile(p) * Math.sqrt(trigamma(a) + trigamma(b));
  return invertLogTail((t) => logitTail(a, b, t), log(p), Math.min(FAR, Math.max(start, -FAR)));
}

/** Logarithm of the lower tail at log-odds t, and its derivative: the density of the log-odds over the tail. */
function logitTail(a: number, b: number, t: number): LogTail {
  if (t < -FAR) return { value: logLeadingTerm(a, b, t), slope: a };
  if (t > FAR) {
    const { logLower, lower, upper } = exchanged(nearEnd(b, a, -t));
    return { value: logLower, slope: (b * upper) / lower };
  }
  const x = logistic(t);
  const y = logistic(-t);
  const lead = b * x - a * y;
  const { logLower } = incompleteBetaAt(a, b, { x, y, lead });
  return { value: logLower, slope: exp(log(a) + logBetaKernel(a, b, { x, y, lead }) - logLower) };
}
