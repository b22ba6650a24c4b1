import { createRandom } from "../math/random.ts";
import type { Corners } from "./extreme-points.ts";

/** A triangle of a hull: indices of its corners, counter-clockwise from outside. */
export type Facet = readonly [a: number, b: number, c: number];

/** The convex hull of points in space. */
export interface Hull {
  readonly facets: readonly Facet[];
  /** Indices of the points at corners. */
  readonly corners: readonly number[];
}

/** Points of a lattice lie on common planes; moved by this share of a half voxel, no four of them do. */
const jitter = 1e-7;

/**
 * The convex hull of points.
 *
 * Which facets a point sees is decided on points that are moved a little, always in the same way, so that no case is
 * degenerate; sizes are to be taken of the points themselves.
 *
 * @returns Null where the points lie in a plane.
 * @source Preparata & Shamos 1985, Computational Geometry, 3.4 (incremental hull).
 */
export function convexHull3d(corners: Corners): Hull | null {
  const points = pointsOf(corners);
  const moved = movedPoints(corners);
  const start = firstTetrahedron(points);
  if (start === null) return null;
  let facets = start.facets.map((facet) => planeOf(moved, facet));
  for (let k = 0; k < points.length; k++) {
    if (start.corners.includes(k)) continue;
    const [x, y, z] = [moved[3 * k], moved[3 * k + 1], moved[3 * k + 2]];
    const seen: Plane[] = [];
    const hidden: Plane[] = [];
    for (const facet of facets)
      (facet.x * x + facet.y * y + facet.z * z > facet.offset ? seen : hidden).push(facet);
    if (seen.length === 0) continue;
    for (const [from, to] of horizonOf(seen)) hidden.push(planeOf(moved, [from, to, k]));
    facets = hidden;
  }
  const kept = facets.map(({ facet }) => facet);
  return { facets: kept, corners: [...new Set(kept.flat())].sort((a, b) => a - b) };
}

interface Plane {
  readonly facet: Facet;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly offset: number;
}

type Corner = readonly number[];

function pointsOf(corners: Corners): Corner[] {
  return Array.from({ length: corners.length / 3 }, (_, k) => [...corners.subarray(3 * k, 3 * k + 3)]);
}

function movedPoints(corners: Corners): Float64Array {
  const random = createRandom("convex hull");
  return Float64Array.from(corners, (value) => value + jitter * (random.uniform() - 0.5));
}

function planeOf(moved: Float64Array, facet: Facet): Plane {
  const [a, b, c] = facet.map((corner) => 3 * corner);
  const [ux, uy, uz] = [moved[b] - moved[a], moved[b + 1] - moved[a + 1], moved[b + 2] - moved[a + 2]];
  const [vx, vy, vz] = [moved[c] - moved[a], moved[c + 1] - moved[a + 1], moved[c + 2] - moved[a + 2]];
  const [x, y, z] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  return { facet, x, y, z, offset: x * moved[a] + y * moved[a + 1] + z * moved[a + 2] };
}

/** Edges between facets that are seen and facets that are not, in the direction of those seen. */
function horizonOf(seen: readonly Plane[]): [from: number, to: number][] {
  const edges = new Map<number, [number, number]>();
  for (const { facet } of seen)
    for (const [from, to] of [
      [facet[0], facet[1]],
      [facet[1], facet[2]],
      [facet[2], facet[0]],
    ]) {
      const opposite = to * maximumPoints + from;
      if (edges.has(opposite)) edges.delete(opposite);
      else edges.set(from * maximumPoints + to, [from, to]);
    }
  return [...edges.values()];
}

const maximumPoints = 67_108_864;

/** Four points that do not lie in a plane, as the first hull. */
function firstTetrahedron(points: readonly Corner[]): { facets: Facet[]; corners: number[] } | null {
  const difference = (a: Corner, b: Corner) => a.map((value, axis) => value - b[axis]);
  const cross = (u: readonly number[], v: readonly number[]) => [
    u[1] * v[2] - u[2] * v[1],
    u[2] * v[0] - u[0] * v[2],
    u[0] * v[1] - u[1] * v[0],
  ];
  const dot = (u: readonly number[], v: readonly number[]) => u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
  const farthest = (measure: (point: Corner) => number): number | null => {
    let [best, at] = [0, -1];
    points.forEach((point, k) => {
      const size = Math.abs(measure(point));
      if (size > best) [best, at] = [size, k];
    });
    return at < 0 ? null : at;
  };
  if (points.length < 4) return null;
  const a = 0;
  const b = farthest((point) => dot(difference(point, points[a]), difference(point, points[a])));
  if (b === null) return null;
  const along = difference(points[b], points[a]);
  const c = farthest((point) => {
    const across = cross(along, difference(point, points[a]));
    return dot(across, across);
  });
  if (c === null) return null;
  const normal = cross(along, difference(points[c], points[a]));
  const d = farthest((point) => dot(normal, difference(point, points[a])));
  if (d === null) return null;
  const isAbove = dot(normal, difference(points[d], points[a])) > 0;
  const [p, q]: [number, number] = isAbove ? [c, b] : [b, c];
  const facets: Facet[] = [
    [a, p, q],
    [a, q, d],
    [q, p, d],
    [p, a, d],
  ];
  return { facets, corners: [a, b, c, d] };
}

/** Volume and area of a hull of points in half voxels, in mm. */
export function measureHull(
  corners: Corners,
  { facets }: Hull,
  spacingMm: readonly number[],
): { readonly volume: number; readonly area: number } {
  const at = (k: number) => [0, 1, 2].map((axis) => (corners[3 * k + axis] * spacingMm[axis]) / 2);
  const origin = at(facets[0][0]);
  let [volume, area] = [0, 0];
  for (const facet of facets) {
    const [a, b, c] = facet.map((corner) => at(corner).map((value, axis) => value - origin[axis]));
    const [u, v] = [b.map((value, axis) => value - a[axis]), c.map((value, axis) => value - a[axis])];
    const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    area += Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]) / 2;
    volume += (normal[0] * a[0] + normal[1] * a[1] + normal[2] * a[2]) / 6;
  }
  return { volume, area };
}
