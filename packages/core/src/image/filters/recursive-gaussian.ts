import { cos, exp, sin } from "../../math/elementary.ts";
import { type Image } from "../image.ts";
import { type Block, blockSize, readBlock, withRange } from "./block.ts";
import { type Wanted, rangesRead } from "./cascade.ts";
import { sumOfSecondDerivatives } from "./second-derivatives.ts";

/** Deriche's coefficients of the Gaussian [0] and its second derivative [1]. */
const a1 = [1.353, -1.3563];
const b1 = [1.8151, 5.2318];
const a2 = [-0.3531, 0.3446];
const b2 = [0.0902, -2.2355];
const [w1, l1, w2, l2] = [0.6681, -1.3932, 2.0787, -1.3732];

/** Sigmas beyond which the recursive response to a pixel is nothing. */
const reachSigmas = 12;

/** A filter that runs forward with n and d, and backward with m and d. */
interface RecursiveFilter {
  readonly n: readonly number[];
  readonly m: readonly number[];
  readonly d: readonly number[];
}

/**
 * The Laplacian of Gaussian by Deriche's recursive filters, whose cost does not grow with sigma, on an image that its
 * outermost pixels continue.
 *
 * @param sigmas In pixels, one a dimension.
 * @source Deriche 1993, INRIA report 1893; Farnebäck & Westin 2006, J Math Imaging Vis 26:293-299: the fourth-order
 *   filters and normalisation that ITK's LaplacianRecursiveGaussianImageFilter uses, here in double precision.
 */
export function recursiveLaplacian(image: Image, sigmas: readonly number[], wanted: Wanted): Block {
  const nearest: Wanted = { ...wanted, boundary: "nearest" };
  const reach = sigmas.map((sigma): [number, number] => {
    const pixels = Math.ceil(reachSigmas * sigma);
    return [pixels, pixels];
  });
  const source = readBlock(image, rangesRead(nearest, reach));
  const filters = sigmas.map((sigma) => gaussianFilters(sigma));
  return sumOfSecondDerivatives(source, sigmas.length, {
    smooth: (block, axis) => filterAxis(block, filters[axis].smooth, axis, wanted),
    second: (block, axis) => filterAxis(block, filters[axis].second, axis, wanted),
  });
}

/** The filters of a Gaussian and of its second derivative in pixels. */
function gaussianFilters(sigma: number): {
  readonly smooth: RecursiveFilter;
  readonly second: RecursiveFilter;
} {
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
      corrected.map((weight) => weight / curvature),
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

/** Filters along one axis; every line is continued by its outermost pixels. */
function filterAxis(source: Block, filter: RecursiveFilter, axis: number, { ranges }: Wanted): Block {
  const size = blockSize(source.ranges);
  const length = size[axis];
  const stride = size.slice(0, axis).reduce((product, n) => product * n, 1);
  const groups = source.values.length / (stride * length);
  const [from, to] = [ranges[axis][0] - source.ranges[axis][0], ranges[axis][1] - source.ranges[axis][0]];
  const kept = to - from;
  const values = new Float64Array(groups * kept * stride);
  const lines = { input: new Float64Array(length + 8), output: new Float64Array(length + 8) };
  for (let group = 0; group < groups; group++)
    for (let line = 0; line < stride; line++) {
      const start = group * length * stride + line;
      for (let k = 0; k < length; k++) lines.input[k + 4] = source.values[start + k * stride];
      filterLine(lines, length, filter);
      const target = group * kept * stride + line;
      for (let k = 0; k < kept; k++) values[target + k * stride] = lines.output[from + k + 4];
    }
  return { ranges: withRange(source.ranges, axis, ranges[axis]), values };
}

interface Lines {
  /** A line from index 4 on, with room for four pixels before and after. */
  readonly input: Float64Array;
  readonly output: Float64Array;
}

function filterLine({ input, output }: Lines, length: number, { n, m, d }: RecursiveFilter): void {
  const [n0, n1, n2, n3] = n;
  const [m1, m2, m3, m4] = m;
  const [d1, d2, d3, d4] = d;
  const [first, last] = [input[4], input[length + 3]];
  for (let k = 0; k < 4; k++) {
    input[k] = first;
    input[length + 4 + k] = last;
  }
  const poles = 1 + d1 + d2 + d3 + d4;
  const before = (first * (n0 + n1 + n2 + n3)) / poles;
  let [y1, y2, y3, y4] = [before, before, before, before];
  for (let k = 4; k < length + 4; k++) {
    const y =
      n0 * input[k] +
      n1 * input[k - 1] +
      n2 * input[k - 2] +
      n3 * input[k - 3] -
      (d1 * y1 + d2 * y2 + d3 * y3 + d4 * y4);
    output[k] = y;
    y4 = y3;
    y3 = y2;
    y2 = y1;
    y1 = y;
  }
  const after = (last * (m1 + m2 + m3 + m4)) / poles;
  [y1, y2, y3, y4] = [after, after, after, after];
  for (let k = length + 3; k >= 4; k--) {
    const y =
      m1 * input[k + 1] +
      m2 * input[k + 2] +
      m3 * input[k + 3] +
      m4 * input[k + 4] -
      (d1 * y1 + d2 * y2 + d3 * y3 + d4 * y4);
    output[k] += y;
    y4 = y3;
    y3 = y2;
    y2 = y1;
    y1 = y;
  }
}
