import type { Corners } from "./extreme-points.ts";
import { spanningPoints } from "./spanning-points.ts";

/** A triangle of a hull: indices of its corners, counter-clockwise from outside. */
export type Facet = readonly [a: number, b: number, c: number];

/** The convex hull of points in space. */
export interface Hull {
  readonly facets: readonly Facet[];
  /** Indices of the points at corners, ascending. */
  readonly corners: readonly number[];
}

/**
 * The convex hull of points.
 *
 * Points are added one by one: the facets that a point sees, or in whose plane it lies, give way to those between it and
 * their outline. Coordinates are whole numbers, so that sides are decided exactly and no facet is without area.
 *
 * @param points Coordinates below 57,000 in size.
 * @returns Null where the points lie in a plane.
 * @source Preparata & Shamos 1985, Computational Geometry, 3.4 (incremental hull).
 * @example convexHull3d(Int32Array.of(0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 4, 2, 2, 0, 1, 1, 1))?.corners // => [0, 1, 2, 3]
 */
export function convexHull3d(points: Corners): Hull | null {
  const start = spanningPoints(points);
  if (start === null) return null;
  const planes = tetrahedron(points, start);
  for (let k = 0; k < points.length / 3; k++) {
    const seen = removeSeen(planes, [points[3 * k], points[3 * k + 1], points[3 * k + 2]]);
    for (const [from, to] of horizonOf(seen)) planes.push(planeOf(points, [from, to, k]));
  }
  const facets = planes.map(({ facet }) => facet);
  return { facets, corners: [...new Set(facets.flat())].sort((a, b) => a - b) };
}

interface Plane {
  readonly facet: Facet;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly offset: number;
}

/** Takes out the planes that a point lies above or in; none where it lies above none of them. */
function removeSeen(planes: Plane[], [x, y, z]: readonly [number, number, number]): Plane[] {
  const seen: number[] = [];
  let isOutside = false;
  for (let k = 0; k < planes.length; k++) {
    const plane = planes[k];
    const above = plane.x * x + plane.y * y + plane.z * z - plane.offset;
    if (above < 0) continue;
    seen.push(k);
    if (above > 0) isOutside = true;
  }
  if (!isOutside) return [];
  return seen.reverse().map((k) => {
    const plane = planes[k];
    const last = planes.pop()!;
    if (last !== plane) planes[k] = last;
    return plane;
  });
}

function tetrahedron(points: Corners, [a, b, c, d]: readonly number[]): Plane[] {
  const base = planeOf(points, [a, b, c]);
  const isBelow =
    base.x * points[3 * d] + base.y * points[3 * d + 1] + base.z * points[3 * d + 2] < base.offset;
  const [p, q] = isBelow ? [b, c] : [c, b];
  const facets: Facet[] = [
    [a, p, q],
    [a, q, d],
    [q, p, d],
    [p, a, d],
  ];
  return facets.map((facet) => planeOf(points, facet));
}

function planeOf(points: Corners, facet: Facet): Plane {
  const [a, b, c] = [3 * facet[0], 3 * facet[1], 3 * facet[2]];
  const [ux, uy, uz] = [points[b] - points[a], points[b + 1] - points[a + 1], points[b + 2] - points[a + 2]];
  const [vx, vy, vz] = [points[c] - points[a], points[c + 1] - points[a + 1], points[c + 2] - points[a + 2]];
  const [x, y, z] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  return { facet, x, y, z, offset: x * points[a] + y * points[a + 1] + z * points[a + 2] };
}

/** Edges between facets that are seen and facets that are not, in the direction of those seen. */
function horizonOf(seen: readonly Plane[]): Iterable<readonly [from: number, to: number]> {
  const edges = new Map<number, readonly [number, number]>();
  for (const { facet } of seen)
    for (let side = 0; side < 3; side++) {
      const [from, to] = [facet[side], facet[(side + 1) % 3]];
      // An edge that both of its facets show comes once in either direction.
      if (!edges.delete(to * mostPoints + from)) edges.set(from * mostPoints + to, [from, to]);
    }
  return edges.values();
}

/** So that two indices of points make one exact number. */
const mostPoints = 67_108_864;

/** Volume in mm³ and area in mm² of a hull of points in half voxels. */
export function measureHull(
  points: Corners,
  { facets }: Hull,
  spacingMm: readonly number[],
): { readonly volume: number; readonly area: number } {
  const [dx, dy, dz] = spacingMm.map((size) => size / 2);
  const origin = 3 * facets[0][0];
  let [volume, area] = [0, 0];
  for (const facet of facets) {
    const [a, b, c] = [3 * facet[0], 3 * facet[1], 3 * facet[2]];
    const [ux, uy, uz] = [
      points[b] - points[a],
      points[b + 1] - points[a + 1],
      points[b + 2] - points[a + 2],
    ];
    const [vx, vy, vz] = [
      points[c] - points[a],
      points[c + 1] - points[a + 1],
      points[c + 2] - points[a + 2],
    ];
    const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    // Whole numbers up to here: the volume is exact but for the spacing.
    volume +=
      nx * (points[a] - points[origin]) +
      ny * (points[a + 1] - points[origin + 1]) +
      nz * (points[a + 2] - points[origin + 2]);
    const [ax, ay, az] = [nx * dy * dz, ny * dz * dx, nz * dx * dy];
    area += Math.sqrt(ax * ax + ay * ay + az * az) / 2;
  }
  return { volume: (volume / 6) * dx * dy * dz, area };
}
