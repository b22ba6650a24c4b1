import { type PaddedVoxels } from "./mesh.ts";

/** Points in half voxels, whole numbers: x, y and z of each; shape [3 n]. */
export type Corners = Int32Array;

/** Above any coordinate in half voxels, so that three of them fit one exact number. */
const base = 2 ** 17;

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
  const count = points.length / 3;
  // Coordinates of padded half voxels begin at 1, so that keys keep the order of slice, u and v.
  const keys = new Float64Array(count);
  for (let k = 0; k < count; k++)
    keys[k] = (points[3 * k + axis] * base + points[3 * k + u]) * base + points[3 * k + v];
  sortNumbers(keys);
  const hulls: Corners[] = [];
  for (let start = 0; start < count;) {
    const slice = Math.floor(keys[start] / (base * base));
    let end = start + 1;
    while (end < count && keys[end] < (slice + 1) * base * base) end++;
    hulls.push(hullOfSorted(keys, [start, end], [axis, u, v]));
    start = end;
  }
  return hulls;
}

/** Native order of a typed array, which is numeric. */
function sortNumbers(values: Float64Array): void {
  // eslint-disable-next-line no-restricted-syntax -- typed arrays sort as numbers; a comparator is ten times slower.
  values.sort();
}

/** Andrew's monotone chain over the sorted points of one slice. */
function hullOfSorted(
  keys: Float64Array,
  [start, end]: readonly [number, number],
  [axis, u, v]: readonly [number, number, number],
): Corners {
  const us = new Int32Array(end - start);
  const vs = new Int32Array(end - start);
  const slice = Math.floor(keys[start] / (base * base));
  for (let k = start; k < end; k++) {
    const inSlice = keys[k] - slice * base * base;
    us[k - start] = Math.floor(inSlice / base);
    vs[k - start] = inSlice - us[k - start] * base;
  }
  const hull = chainOf(us, vs);
  const corners = new Int32Array(3 * hull.length);
  hull.forEach((at, k) => {
    corners[3 * k + axis] = slice;
    corners[3 * k + u] = us[at];
    corners[3 * k + v] = vs[at];
  });
  return corners;
}

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

/** Points that are compared with each other directly. */
const fewPoints = 128;

/** Cells along each side of the box of many points. */
const cellsASide = 6;

/**
 * The largest distance between two points, in the unit of the spacing.
 *
 * Many points are put into cells; pairs of cells are taken in the order of the largest distance that their boxes allow,
 * until no box allows more than what was found.
 */
export function largestDistance(points: Corners, spacing: readonly number[]): number {
  const places = Float64Array.from(points, (value, k) => (value * spacing[k % 3]) / 2);
  if (points.length <= 3 * fewPoints) return Math.sqrt(largestSquare(places, places));
  const cells = cellsOf(places);
  let largest = doubleSweep(places);
  const pairs: { readonly a: Cell; readonly b: Cell; readonly bound: number }[] = [];
  for (let k = 0; k < cells.length; k++)
    for (let l = k; l < cells.length; l++) {
      const bound = boundOf(cells[k], cells[l]);
      if (bound > largest) pairs.push({ a: cells[k], b: cells[l], bound });
    }
  pairs.sort((a, b) => b.bound - a.bound);
  for (const { a, b, bound } of pairs) {
    if (bound <= largest) break;
    largest = Math.max(largest, largestSquare(a.places, b.places));
  }
  return Math.sqrt(largest);
}

/** The square of a distance that is large: from any point to the farthest one, and from there again. */
function doubleSweep(places: Float64Array): number {
  let [from, square] = [0, 0];
  for (let sweep = 0; sweep < 3; sweep++) {
    const at = places.subarray(from, from + 3);
    let farthest = from;
    for (let k = 0; k < places.length; k += 3) {
      const [dx, dy, dz] = [places[k] - at[0], places[k + 1] - at[1], places[k + 2] - at[2]];
      const other = dx * dx + dy * dy + dz * dz;
      if (other > square) [square, farthest] = [other, k];
    }
    from = farthest;
  }
  return square;
}

interface Cell {
  readonly places: Float64Array;
  readonly least: readonly number[];
  readonly most: readonly number[];
}

function cellsOf(places: Float64Array): Cell[] {
  const { least, most } = boxOf(places);
  const side = least.map((value, axis) => Math.max(1e-9, most[axis] - value) / cellsASide);
  const members = new Map<number, number[]>();
  for (let k = 0; k < places.length; k += 3) {
    const [x, y, z] = [0, 1, 2].map((axis) =>
      Math.min(cellsASide - 1, Math.floor((places[k + axis] - least[axis]) / side[axis])),
    );
    const key = (z * cellsASide + y) * cellsASide + x;
    const cell = members.get(key);
    if (cell === undefined) members.set(key, [places[k], places[k + 1], places[k + 2]]);
    else cell.push(places[k], places[k + 1], places[k + 2]);
  }
  return [...members.values()].map((cell) => {
    const own = Float64Array.from(cell);
    return { places: own, ...boxOf(own) };
  });
}

function boxOf(places: Float64Array): { readonly least: number[]; readonly most: number[] } {
  const [least, most] = [
    [Infinity, Infinity, Infinity],
    [-Infinity, -Infinity, -Infinity],
  ];
  for (let k = 0; k < places.length; k++) {
    const axis = k % 3;
    if (places[k] < least[axis]) least[axis] = places[k];
    if (places[k] > most[axis]) most[axis] = places[k];
  }
  return { least, most };
}

/** The square of the largest distance that two boxes allow. */
function boundOf({ least, most }: Cell, other: Cell): number {
  let square = 0;
  for (let axis = 0; axis < 3; axis++) {
    const reach = Math.max(most[axis] - other.least[axis], other.most[axis] - least[axis]);
    square += reach * reach;
  }
  return square;
}

function largestSquare(first: Float64Array, second: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < first.length; k += 3) {
    const [x, y, z] = [first[k], first[k + 1], first[k + 2]];
    for (let l = 0; l < second.length; l += 3) {
      const [dx, dy, dz] = [second[l] - x, second[l + 1] - y, second[l + 2] - z];
      const square = dx * dx + dy * dy + dz * dz;
      if (square > largest) largest = square;
    }
  }
  return largest;
}
