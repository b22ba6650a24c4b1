import { symmetricEigenvalues } from "../math/symmetric-eigenvalues.ts";
import { type Point, convexHull } from "./convex-hull.ts";

/** Corners of a hull in mm. */
export interface HullCorners {
  readonly points: readonly (readonly number[])[];
  /** Corners of each facet, as indices of `points`. */
  readonly facets: readonly (readonly [number, number, number])[];
}

/**
 * The sides of the smallest box, turned at will, that holds a hull and has a face along one of its facets.
 *
 * @source IBSI reference manual 3.1, oriented minimum bounding box; Chan & Tan 2001, Computers & Graphics 25:433-444.
 */
export function minimumBoundingBox({ points, facets }: HullCorners): [number, number, number] {
  let best: [number, number, number] = [Infinity, Infinity, Infinity];
  for (const normal of distinctNormals({ points, facets })) {
    const [u, v] = perpendicular(normal);
    const across = points.map((point) => dot(point, normal));
    const depth = Math.max(...across) - Math.min(...across);
    const [width, height] = minimumRectangle(points.map((point): Point => [dot(point, u), dot(point, v)]));
    if (width * height * depth < best[0] * best[1] * best[2]) best = [width, height, depth];
  }
  return best;
}

/** Normals of the facets, facets of one plane once, in either direction once. */
function distinctNormals({ points, facets }: HullCorners): number[][] {
  const distinct = new Map<string, number[]>();
  for (const [a, b, c] of facets) {
    const cross = crossProduct(subtract(points[b], points[a]), subtract(points[c], points[a]));
    const length = Math.sqrt(dot(cross, cross));
    if (length < 1e-9) continue;
    const sign = (cross.find((value) => Math.abs(value) > 1e-9 * length) ?? 1) < 0 ? -1 : 1;
    const normal = cross.map((value) => (sign * value) / length);
    const key = normal.map((value) => Math.round(value * 1e9)).join();
    if (!distinct.has(key)) distinct.set(key, normal);
  }
  return [...distinct.values()];
}

/** Sides of the smallest rectangle around points: one of them lies along an edge of their hull. */
function minimumRectangle(points: readonly Point[]): [width: number, height: number] {
  const hull = convexHull(points);
  let best: [number, number] = [Infinity, Infinity];
  hull.forEach((corner, k) => {
    const next = hull[(k + 1) % hull.length];
    const [dx, dy] = [next[0] - corner[0], next[1] - corner[1]];
    const length = Math.sqrt(dx * dx + dy * dy);
    if (length === 0) return;
    const [c, s] = [dx / length, dy / length];
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [x, y] of hull) {
      const [along, across] = [c * x + s * y, c * y - s * x];
      left = Math.min(left, along);
      right = Math.max(right, along);
      low = Math.min(low, across);
      high = Math.max(high, across);
    }
    if ((right - left) * (high - low) < best[0] * best[1]) best = [right - left, high - low];
  });
  return best;
}

/** Relative size by which the ellipsoid may be too large. */
const tolerance = 1e-6;
const mostSteps = 10_000;

/**
 * The semi-axes of the smallest ellipsoid that holds points, descending.
 *
 * @source IBSI reference manual 3.1, minimum volume enclosing ellipsoid; Khachiyan 1996, Math Oper Res 21:307-320, with the
 *   away steps of Todd & Yildirim 2007, Discrete Appl Math 155:1731-1744.
 */
export function minimumEllipsoid(points: readonly (readonly number[])[]): number[] {
  const lifted = Float64Array.from(points.flatMap((point) => [...point, 1]));
  const weights = new Float64Array(points.length).fill(1 / points.length);
  const moments = secondMoments(lifted, weights);
  for (let step = 0; step < mostSteps; step++) {
    const { most, least } = extremeSizes(lifted, weights, invert(moments));
    const [excess, lack] = [most.size / 4 - 1, 1 - least.size / 4];
    if (Math.max(excess, lack) <= tolerance) break;
    const { size, at } = excess >= lack ? most : least;
    const wanted = (size - 4) / (4 * (size - 1));
    // No weight falls below 0.
    const share = Math.max(wanted, -weights[at] / (1 - weights[at]));
    for (let k = 0; k < weights.length; k++) weights[k] *= 1 - share;
    weights[at] += share;
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++)
        moments[i][j] = (1 - share) * moments[i][j] + share * lifted[4 * at + i] * lifted[4 * at + j];
  }
  const centre = [0, 1, 2].map((axis) => moments[axis][3]);
  const covariance = [0, 1, 2].map((i) => [0, 1, 2].map((j) => moments[i][j] - centre[i] * centre[j]));
  return symmetricEigenvalues(covariance).map((value) => Math.sqrt(Math.max(0, 3 * value)));
}

interface Extreme {
  readonly size: number;
  readonly at: number;
}

/** The largest size of a point in the metric of a matrix, and the smallest of a point that has a weight. */
function extremeSizes(
  lifted: Float64Array,
  weights: Float64Array,
  metric: readonly (readonly number[])[],
): { readonly most: Extreme; readonly least: Extreme } {
  const [[a, b, c, d], [, e, f, g], [, , h, i], [, , , j]] = metric;
  let [largest, smallest, mostAt, leastAt] = [-Infinity, Infinity, 0, 0];
  for (let k = 0; k < weights.length; k++) {
    const x = lifted[4 * k];
    const y = lifted[4 * k + 1];
    const z = lifted[4 * k + 2];
    const size =
      a * x * x + e * y * y + h * z * z + j + 2 * (x * (b * y + c * z + d) + y * (f * z + g) + i * z);
    if (size > largest) {
      largest = size;
      mostAt = k;
    }
    if (weights[k] > 0 && size < smallest) {
      smallest = size;
      leastAt = k;
    }
  }
  return { most: { size: largest, at: mostAt }, least: { size: smallest, at: leastAt } };
}

function secondMoments(lifted: Float64Array, weights: Float64Array): number[][] {
  const moments = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
  for (let k = 0; k < weights.length; k++)
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++) moments[i][j] += weights[k] * lifted[4 * k + i] * lifted[4 * k + j];
  return moments;
}

/** The inverse of a small matrix by elimination with pivots. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    rows[column] = rows[column].map((value) => value / rows[column][column]);
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = rows[row][column];
      rows[row] = rows[row].map((value, k) => value - factor * rows[column][k]);
    }
  }
  return rows.map((row) => row.slice(size));
}

function subtract(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, axis) => value - b[axis]);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, axis) => sum + value * b[axis], 0);
}

function crossProduct(u: readonly number[], v: readonly number[]): number[] {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}

/** Two directions across a normal, and across each other. */
function perpendicular(normal: readonly number[]): [u: number[], v: number[]] {
  const least = normal.reduce((at, value, axis) => (Math.abs(value) < Math.abs(normal[at]) ? axis : at), 0);
  const axis = [0, 1, 2].map((k) => (k === least ? 1 : 0));
  const across = crossProduct(normal, axis);
  const length = Math.sqrt(dot(across, across));
  const u = across.map((value) => value / length);
  return [u, crossProduct(normal, u)];
}
