import { type PaddedVoxels } from "./mesh.ts";
import { type Point, convexHull, polygonDiameter } from "./convex-hull.ts";

/** A point in half voxels, whole numbers. */
export type Corner = readonly [x: number, y: number, z: number];

/** The axes of the slices across each axis. */
const slicing = [
  [1, 2],
  [0, 2],
  [0, 1],
] as const;

/**
 * Vertices of a region's mesh that can be corners of its convex hull: corners of the hulls of slices across all three
 * axes. Vertices lie half a voxel beyond the outermost centres of lines.
 */
export function extremePoints(voxels: PaddedVoxels): Corner[] {
  let points = endsOfLines(voxels);
  for (const axis of [2, 1, 0] as const) points = hullsOfSlices(points, axis).flat();
  return points;
}

/**
 * The largest distance between vertices of the mesh in a plane, over the planes across an axis.
 *
 * @param axis 0, 1 or 2: planes of constant x, y or z.
 */
export function planeDiameter(voxels: PaddedVoxels, axis: 0 | 1 | 2, spacing: readonly number[]): number {
  const [u, v] = slicing[axis];
  let largest = 0;
  for (const hull of hullsOfSlices(endsOfLines(voxels), axis)) {
    const corners = hull.map((point): Point => [(point[u] * spacing[u]) / 2, (point[v] * spacing[v]) / 2]);
    largest = Math.max(largest, polygonDiameter(corners));
  }
  return largest;
}

/** The largest distance between two points, in the unit of the spacing. */
export function largestDistance(points: readonly Corner[], spacing: readonly number[]): number {
  const [xs, ys, zs] = [0, 1, 2].map((axis) =>
    Float64Array.from(points, (point) => (point[axis] * spacing[axis]) / 2),
  );
  let largest = 0;
  for (let k = 0; k < xs.length; k++) {
    const [x, y, z] = [xs[k], ys[k], zs[k]];
    for (let l = k + 1; l < xs.length; l++) {
      const [dx, dy, dz] = [xs[l] - x, ys[l] - y, zs[l] - z];
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared > largest) largest = squared;
    }
  }
  return Math.sqrt(largest);
}

/** The outermost points of the region along every line of voxels: every other one lies between two of them. */
function endsOfLines({ padded, positions }: PaddedVoxels): Corner[] {
  const { width, height, depth } = padded;
  const plane = width * height;
  const [alongX, alongY, alongZ] = [height * depth, width * depth, plane].map((lines) => ({
    first: new Int32Array(lines).fill(-1),
    last: new Int32Array(lines),
  }));
  const extend = (lines: typeof alongX, line: number, at: number) => {
    if (lines.first[line] < 0) lines.first[line] = at;
    lines.last[line] = at;
  };
  for (let k = 0; k < positions.length; k++) {
    const p = positions[k];
    const row = Math.floor(p / width);
    const z = Math.floor(row / height);
    extend(alongX, row, p - row * width);
    extend(alongY, z * width + (p - row * width), row - z * height);
    extend(alongZ, p - z * plane, z);
  }
  const points: Corner[] = [];
  const push = ({ first, last }: typeof alongX, place: (line: number, at: number) => Corner) => {
    for (let line = 0; line < first.length; line++)
      if (first[line] >= 0) points.push(place(line, 2 * first[line] - 1), place(line, 2 * last[line] + 1));
  };
  push(alongX, (line, x) => [x, 2 * (line % height), 2 * Math.floor(line / height)]);
  push(alongY, (line, y) => [2 * (line % width), y, 2 * Math.floor(line / width)]);
  push(alongZ, (line, z) => [2 * (line % width), 2 * Math.floor(line / width), z]);
  return points;
}

/** The corners of the convex hull of the points of each slice across an axis. */
function hullsOfSlices(points: readonly Corner[], axis: 0 | 1 | 2): Corner[][] {
  const [u, v] = slicing[axis];
  const slices = new Map<number, Point[]>();
  for (const point of points) {
    const slice = slices.get(point[axis]);
    if (slice === undefined) slices.set(point[axis], [[point[u], point[v]]]);
    else slice.push([point[u], point[v]]);
  }
  return [...slices].map(([at, slice]) =>
    convexHull(slice).map((corner): Corner => {
      const point: [number, number, number] = [at, at, at];
      point[u] = corner[0];
      point[v] = corner[1];
      return point;
    }),
  );
}
