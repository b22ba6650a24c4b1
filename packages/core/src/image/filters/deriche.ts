import { cos, exp, sin } from "../../math/elementary.ts";

/** Deriche's coefficients of the Gaussian [0] and its second derivative [1]. */
const a1 = [1.353, -1.3563];
const b1 = [1.8151, 5.2318];
const a2 = [-0.3531, 0.3446];
const b2 = [0.0902, -2.2355];
const [w1, l1, w2, l2] = [0.6681, -1.3932, 2.0787, -1.3732];

/**
 * A recursive filter that is the same both ways: w[k] = x[k] - d1 w[k - 1] - .. - d4 w[k - 4], and the response is
 * n0 w[k] + .. + n3 w[k - 3] of the run forward, plus m1 w[k + 1] + .. + m4 w[k + 4] of the run backward.
 */
export interface RecursiveFilter {
  readonly n: readonly number[];
  readonly m: readonly number[];
  readonly d: readonly number[];
}

/**
 * Deriche's filters of a Gaussian and of its second derivative.
 *
 * @param sigma In pixels.
 * @param factor Multiplies the second derivative.
 * @source Deriche 1993, INRIA report 1893; normalised as by Farnebäck & Westin 2006, J Math Imaging Vis 26:293-299: a
 *   constant stays what it is and has no second derivative; that of x² is 2.
 */
export function gaussianFilters(
  sigma: number,
  factor: number,
): { readonly smooth: RecursiveFilter; readonly second: RecursiveFilter } {
  const poles = polesOf(sigma);
  const [plain, derived] = [numerator(sigma, 0), numerator(sigma, 1)];
  const zero = momentsOf(plain);
  const denominator = momentsOf([1, ...poles]);
  const area = 2 * (zero.sum / denominator.sum) - plain[0];
  const smooth = plain.map((weight) => weight / area);
  // So much of the Gaussian is added that a constant image has no response; then a parabola has the right one.
  const two = momentsOf(derived);
  const beta = -(2 * two.sum - denominator.sum * derived[0]) / (2 * zero.sum - denominator.sum * plain[0]);
  const corrected = derived.map((weight, k) => weight + beta * plain[k]);
  const { sum: sn, first: dn, square: en } = momentsOf(corrected);
  const { sum: sd, first: dd, square: ed } = denominator;
  const curvature = (en * sd * sd - ed * sn * sd - 2 * dn * dd * sd + 2 * dd * dd * sn) / (sd * sd * sd);
  return {
    smooth: bothWays(smooth, poles),
    second: bothWays(
      corrected.map((weight) => (factor * weight) / curvature),
      poles,
    ),
  };
}

/** Sum c[k], k c[k] and k² c[k]. */
function momentsOf(coefficients: readonly number[]): {
  readonly sum: number;
  readonly first: number;
  readonly square: number;
} {
  let [sum, first, square] = [0, 0, 0];
  coefficients.forEach((coefficient, k) => {
    sum += coefficient;
    first += k * coefficient;
    square += k * k * coefficient;
  });
  return { sum, first, square };
}

/** The coefficients d1 .. d4 of earlier responses. */
function polesOf(sigma: number): number[] {
  const [e1, e2] = [exp(l1 / sigma), exp(l2 / sigma)];
  const [c1, c2] = [cos(w1 / sigma), cos(w2 / sigma)];
  return [
    -2 * (e2 * c2 + e1 * c1),
    4 * c2 * c1 * e1 * e2 + e1 * e1 + e2 * e2,
    -2 * c1 * e1 * e2 * e2 - 2 * c2 * e2 * e1 * e1,
    e1 * e1 * e2 * e2,
  ];
}

/** The coefficients n0 .. n3 of pixels, of the Gaussian (0) or its second derivative (1). */
function numerator(sigma: number, order: 0 | 1): number[] {
  const [p1, q1, p2, q2] = [a1[order], b1[order], a2[order], b2[order]];
  const [e1, e2] = [exp(l1 / sigma), exp(l2 / sigma)];
  const [c1, c2] = [cos(w1 / sigma), cos(w2 / sigma)];
  const [s1, s2] = [sin(w1 / sigma), sin(w2 / sigma)];
  return [
    p1 + p2,
    e2 * (q2 * s2 - (p2 + 2 * p1) * c2) + e1 * (q1 * s1 - (p1 + 2 * p2) * c1),
    2 * e1 * e2 * ((p1 + p2) * c2 * c1 - q1 * c2 * s1 - q2 * c1 * s2) + p2 * e1 * e1 + p1 * e2 * e2,
    e2 * e1 * e1 * (q2 * s2 - p2 * c2) + e1 * e2 * e2 * (q1 * s1 - p1 * c1),
  ];
}

/** A symmetric filter: the backward run has the forward run's response without the pixel itself. */
function bothWays(n: readonly number[], d: readonly number[]): RecursiveFilter {
  const m = d.map((pole, k) => (n[k + 1] ?? 0) - pole * n[0]);
  return { n, m, d };
}
