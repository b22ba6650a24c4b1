import { largestDistance } from "./largest-distance.ts";
import type { PaddedVoxels } from "./mesh.ts";

/** Points in half voxels, whole numbers: x, y and z of each; shape [3 n]. */
export type Corners = Int32Array;

/** For slices across each axis, the axes along them. */
const slicing = [
  [1, 2],
  [0, 2],
  [0, 1],
] as const;

/**
 * The outermost vertices of a region's mesh along every line of voxels, half a voxel beyond the outermost centres: every
 * other vertex lies between two of them.
 */
export function endsOfLines({ padded, positions }: PaddedVoxels): Corners {
  const { width, height, depth } = padded;
  const plane = width * height;
  const ends = {
    x: createLines(height * depth),
    y: createLines(width * depth),
    z: createLines(plane),
  };
  let [rowEnd, y, z] = [0, -1, 0];
  for (let k = 0; k < positions.length; k++) {
    const p = positions[k];
    while (p >= rowEnd) {
      y++;
      rowEnd += width;
      if (y === height) [y, z] = [0, z + 1];
    }
    const x = p - rowEnd + width;
    extendLine(ends.x, z * height + y, x);
    extendLine(ends.y, z * width + x, y);
    extendLine(ends.z, y * width + x, z);
  }
  const points: number[] = [];
  forEachEnd(ends.x, (line, x) => points.push(x, 2 * (line % height), 2 * Math.floor(line / height)));
  forEachEnd(ends.y, (line, at) => points.push(2 * (line % width), at, 2 * Math.floor(line / width)));
  forEachEnd(ends.z, (line, at) => points.push(2 * (line % width), 2 * Math.floor(line / width), at));
  return Int32Array.from(points);
}

interface LineEnds {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

function createLines(lines: number): LineEnds {
  return { first: new Int32Array(lines).fill(-1), last: new Int32Array(lines) };
}

function extendLine({ first, last }: LineEnds, line: number, at: number): void {
  if (first[line] < 0) first[line] = at;
  last[line] = at;
}

function forEachEnd({ first, last }: LineEnds, take: (line: number, at: number) => void): void {
  for (let line = 0; line < first.length; line++)
    if (first[line] >= 0) {
      take(line, 2 * first[line] - 1);
      take(line, 2 * last[line] + 1);
    }
}

/** Those of the points that can be corners of their convex hull: corners of the hulls of slices across all axes. */
export function extremePoints(ends: Corners): Corners {
  let points = ends;
  for (const axis of [2, 1, 0] as const)
    points = Int32Array.from(hullsOfSlices(points, axis).flatMap((hull) => [...hull]));
  return points;
}

/**
 * The largest distance between two of the points in a plane, over the planes across an axis.
 *
 * @param axis 0, 1 or 2: planes of constant x, y or z.
 */
export function planeDiameter(ends: Corners, axis: 0 | 1 | 2, spacing: readonly number[]): number {
  return hullsOfSlices(ends, axis).reduce(
    (largest, hull) => Math.max(largest, largestDistance(hull, spacing)),
    0,
  );
}

/** The corners of the convex hull of the points of each slice across an axis. */
function hullsOfSlices(points: Corners, axis: 0 | 1 | 2): Corners[] {
  const [u, v] = slicing[axis];
  const slices = largestAlong(points, axis) + 1;
  const width = largestAlong(points, u) + 1;
  // Of the points of a slice that share u, only the lowest and the highest can be corners.
  const lowest = new Int32Array(slices * width).fill(0x7fffffff);
  const highest = new Int32Array(slices * width).fill(-1);
  for (let k = 0; k < points.length; k += 3) {
    const at = points[k + axis] * width + points[k + u];
    const value = points[k + v];
    if (value < lowest[at]) lowest[at] = value;
    if (value > highest[at]) highest[at] = value;
  }
  const hulls: Corners[] = [];
  const [us, vs] = [new Int32Array(2 * width), new Int32Array(2 * width)];
  for (let slice = 0; slice < slices; slice++) {
    let count = 0;
    for (let x = 0, at = slice * width; x < width; x++, at++) {
      if (highest[at] < 0) continue;
      us[count] = x;
      vs[count++] = lowest[at];
      if (highest[at] === lowest[at]) continue;
      us[count] = x;
      vs[count++] = highest[at];
    }
    if (count === 0) continue;
    const hull = chainOf(us.subarray(0, count), vs);
    const corners = new Int32Array(3 * hull.length);
    hull.forEach((at, k) => {
      corners[3 * k + axis] = slice;
      corners[3 * k + u] = us[at];
      corners[3 * k + v] = vs[at];
    });
    hulls.push(corners);
  }
  return hulls;
}

function largestAlong(points: Corners, axis: 0 | 1 | 2): number {
  let largest = 0;
  for (let k = axis; k < points.length; k += 3) if (points[k] > largest) largest = points[k];
  return largest;
}

/** Andrew's monotone chain over points sorted by u and v. */
function chainOf(us: Int32Array, vs: Int32Array): number[] {
  const hull: number[] = [];
  const extend = (at: number, least: number) => {
    while (hull.length > least) {
      const [a, b] = [hull[hull.length - 2], hull[hull.length - 1]];
      const turn = (us[b] - us[a]) * (vs[at] - vs[a]) - (vs[b] - vs[a]) * (us[at] - us[a]);
      if (turn > 0) break;
      hull.pop();
    }
    hull.push(at);
  };
  for (let at = 0; at < us.length; at++) extend(at, 1);
  const lower = hull.length;
  for (let at = us.length - 2; at >= 0; at--) extend(at, lower);
  if (hull.length > 1) hull.pop();
  return hull;
}
