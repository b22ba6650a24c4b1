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
const tolerance = 1e-4;

/**
 * The semi-axes of the smallest ellipsoid that holds points, descending.
 *
 * @source IBSI reference manual 3.1, minimum volume enclosing ellipsoid; Khachiyan 1996, Math Oper Res 21:307-320, in the
 *   formulation of Todd & Yildirim 2007.
 */
export function minimumEllipsoid(points: readonly (readonly number[])[]): number[] {
  const dimensions = 3;
  const lifted = points.map((point) => [...point, 1]);
  const weights = new Float64Array(points.length).fill(1 / points.length);
  for (let step = 0; step < 20_000; step++) {
    const inverse = invert(secondMoments(lifted, weights));
    let [largest, at] = [-Infinity, 0];
    lifted.forEach((point, k) => {
      const size = quadratic(inverse, point);
      if (size > largest) [largest, at] = [size, k];
    });
    if (largest <= (dimensions + 1) * (1 + tolerance)) break;
    const share = (largest - dimensions - 1) / ((dimensions + 1) * (largest - 1));
    for (let k = 0; k < weights.length; k++) weights[k] *= 1 - share;
    weights[at] += share;
  }
  const moments = secondMoments(lifted, weights);
  const centre = [0, 1, 2].map((axis) => moments[axis][3]);
  const covariance = [0, 1, 2].map((i) => [0, 1, 2].map((j) => moments[i][j] - centre[i] * centre[j]));
  return symmetricEigenvalues(covariance).map((value) => Math.sqrt(Math.max(0, dimensions * value)));
}

function secondMoments(points: readonly (readonly number[])[], weights: Float64Array): number[][] {
  const size = points[0].length;
  const moments = Array.from({ length: size }, () => Array<number>(size).fill(0));
  points.forEach((point, k) => {
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) moments[i][j] += weights[k] * point[i] * point[j];
  });
  return moments;
}

function quadratic(matrix: readonly (readonly number[])[], point: readonly number[]): number {
  return matrix.reduce((sum, row, i) => sum + point[i] * dot(row, point), 0);
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
