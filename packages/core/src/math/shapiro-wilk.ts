import { InputError, NumericalError } from "../errors.ts";
import { asin, exp, log } from "./elementary.ts";
import { normalQuantile, normalUpper } from "./distributions.ts";
import { mean } from "./statistics.ts";

/** A test of normality. */
export interface NormalityTest {
  readonly w: number;
  readonly pValue: number;
}

/**
 * Shapiro and Wilk's test of normality.
 *
 * @param values 3 to 5000 finite values.
 * @returns W in (0, 1], near 1 for normal values, and its p-value.
 * @throws {InputError} Fewer than 3 or more than 5000 values, or one that is not finite.
 * @throws {NumericalError} All values are equal.
 * @source Shapiro & Wilk 1965, Biometrika 52:591-611; Royston 1995, Appl Stat 44:547-551 (AS R94).
 */
export function shapiroWilk(values: ArrayLike<number>): NormalityTest {
  const n = values.length;
  if (n < 3 || n > 5000)
    throw new InputError(`the Shapiro-Wilk test needs 3 to 5000 values; got ${n}; leave it out`);
  const sorted = Float64Array.from(values).sort((a, b) => a - b);
  if (!sorted.every(Number.isFinite))
    throw new InputError("the Shapiro-Wilk test needs finite values; got another; leave missing values out");
  const range = sorted[n - 1] - sorted[0];
  if (!(range > 0)) throw new NumericalError("the Shapiro-Wilk test is undefined: all values are equal");
  const scaled = sorted.map((value) => (value - sorted[0]) / range);
  const complement = unexplainedShare(scaled, weights(n));
  return { w: 1 - complement, pValue: pValueOf(complement, n) };
}

/** Weights of the order statistics, antisymmetric. */
function weights(n: number): Float64Array {
  const half = Math.floor(n / 2);
  const a = new Float64Array(n);
  const place = (i: number, weight: number): void => {
    a[i] = -weight;
    a[n - 1 - i] = weight;
  };
  if (n === 3) {
    place(0, Math.SQRT1_2);
    return a;
  }
  const scores = Float64Array.from({ length: half }, (_, i) => normalQuantile((i + 1 - 0.375) / (n + 0.25)));
  const squares = 2 * scores.reduce((total, score) => total + score * score, 0);
  const norm = Math.sqrt(squares);
  const u = 1 / Math.sqrt(n);
  const first = polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], u) - scores[0] / norm;
  place(0, first);
  if (n <= 5) {
    const scale = Math.sqrt((squares - 2 * scores[0] * scores[0]) / (1 - 2 * first * first));
    for (let i = 1; i < half; i++) place(i, -scores[i] / scale);
    return a;
  }
  const second = polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], u) - scores[1] / norm;
  place(1, second);
  const remaining = squares - 2 * scores[0] * scores[0] - 2 * scores[1] * scores[1];
  const scale = Math.sqrt(remaining / (1 - 2 * first * first - 2 * second * second));
  for (let i = 2; i < half; i++) place(i, -scores[i] / scale);
  return a;
}

/** 1 - W, kept apart since W is near 1: (sqrt(xx aa) - xa) (sqrt(xx aa) + xa) / (xx aa). */
function unexplainedShare(values: Float64Array, a: Float64Array): number {
  const [centreX, centreA] = [mean(values), mean(a)];
  let [xx, aa, xa] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const [x, w] = [values[i] - centreX, a[i] - centreA];
    xx += x * x;
    aa += w * w;
    xa += x * w;
  }
  const root = Math.sqrt(xx * aa);
  return ((root - xa) * (root + xa)) / (xx * aa);
}

function pValueOf(complement: number, n: number): number {
  if (n === 3) {
    const least = asin(Math.sqrt(0.75));
    return Math.max(0, (6 / Math.PI) * (asin(Math.sqrt(1 - complement)) - least));
  }
  const y = log(complement);
  if (n <= 11) {
    const gamma = -2.273 + 0.459 * n;
    if (y >= gamma) return 0;
    const centre = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], n);
    const spread = exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], n));
    return normalUpper((-log(gamma - y) - centre) / spread);
  }
  const x = log(n);
  const centre = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], x);
  const spread = exp(polynomial([-0.4803, -0.082676, 0.0030302], x));
  return normalUpper((y - centre) / spread);
}

/** Coefficients in ascending order. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((value, coefficient) => value * x + coefficient, 0);
}
