import { nelderMead } from "../math/nelder-mead.ts";
import type { Facet } from "./convex-hull-3d.ts";
import { minimumRectangle } from "./minimum-rectangle.ts";

/** A convex hull in mm, no facet without area. */
export interface Polyhedron {
  /** x, y and z of each corner; shape [3 n]. */
  readonly points: Float64Array;
  /** Triangles, as indices of corners. */
  readonly facets: readonly Facet[];
}

type Vector = readonly [x: number, y: number, z: number];

type Axes = readonly [Vector, Vector, Vector];

/** A box in any direction: its sides and their directions. */
interface Box {
  readonly sides: Vector;
  readonly volume: number;
  readonly axes: Axes;
}

/** Boxes along facets from which the search goes on. */
const mostFlush = 8;
/** Boxes that are searched to the end, once all were searched roughly. */
const mostFinalists = 4;
/** Sizes of the first and of the last simplex of the rough search and of the last one, as tangent of half a turn. */
const roughTurns = [0.1, 1e-3] as const;
const lastTurns = [1e-2, 1e-9] as const;

/**
 * Directions of boxes from which the search begins besides: since a box has the turns of a cube, every direction is that of
 * a point of the cube of sides 2 tan 22.5°; these are the middles of it and of its octants.
 */
const spread = [-0.2071, 0.2071];
const freeAxes: readonly Axes[] = [
  [0, 0, 0],
  ...spread.flatMap((p) => spread.flatMap((q) => spread.map((r) => [p, q, r]))),
].map((turn) =>
  turnedAxes(
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    turn,
  ),
);

/**
 * The sides of the box, turned at will, of the smallest volume that holds a convex hull.
 *
 * Boxes with a face along each facet are tried; from the best of them, and from boxes in all directions, a search over
 * rotations goes on, for the smallest box need not touch any facet with a whole face. It found the smallest box of every
 * hull that was searched exhaustively.
 *
 * @returns Descending.
 * @source IBSI reference manual 3.1, oriented minimum bounding box; O'Rourke 1985, Int J Comput Inf Sci 14:183-199 (what
 *   the smallest box touches); Chang, Gorissen & Melchior 2011, ACM Trans Graph 30:122 (simplex search over rotations).
 */
export function minimumBoundingBox(hull: Polyhedron): [number, number, number] {
  const surface = surfaceOf(hull);
  let boxes: Box[] = [];
  for (const normal of distinctNormals(surface)) {
    const bound = boxes.length < mostFlush ? Infinity : boxes[boxes.length - 1].volume;
    const box = boxAcross(surface, normal, bound);
    if (box !== null) boxes = [...boxes, box].sort((a, b) => a.volume - b.volume).slice(0, mostFlush);
  }
  const starts = [...boxes.map(({ axes }) => axes), ...freeAxes];
  const finalists = starts
    .map((axes) => searchedBox(hull.points, axes, roughTurns))
    .sort((one, other) => one.volume - other.volume)
    .slice(0, mostFinalists)
    .map(({ axes }) => searchedBox(hull.points, axes, lastTurns));
  const best = [...boxes.slice(0, 1), ...finalists].reduce((least, box) =>
    box.volume < least.volume ? box : least,
  );
  const [a, b, c] = best.sides.toSorted((x, y) => y - x);
  return [a, b, c];
}

/** The smallest box that a search from given directions finds. */
function searchedBox(points: Float64Array, from: Axes, [first, last]: readonly [number, number]): Box {
  const sidesOf = (turn: readonly number[]) => extents(points, turnedAxes(from, turn));
  const { at, value } = nelderMead((turn) => product(sidesOf(turn)), [0, 0, 0], first, last);
  return { sides: sidesOf(at), volume: value, axes: turnedAxes(from, at) };
}

/** Axes turned about the axis (p, q, r) by an angle whose half has the length of (p, q, r) as tangent. */
function turnedAxes(axes: Axes, [p, q, r]: readonly number[]): Axes {
  const scale = 1 / (1 + p * p + q * q + r * r);
  const combine = (a: number, b: number, c: number): Vector => {
    const along = (axis: number) => (a * axes[0][axis] + b * axes[1][axis] + c * axes[2][axis]) * scale;
    return [along(0), along(1), along(2)];
  };
  return [
    combine(1 + p * p - q * q - r * r, 2 * (p * q - r), 2 * (p * r + q)),
    combine(2 * (p * q + r), 1 - p * p + q * q - r * r, 2 * (q * r - p)),
    combine(2 * (p * r - q), 2 * (q * r + p), 1 - p * p - q * q + r * r),
  ];
}

function extents(points: Float64Array, axes: Axes): Vector {
  const [a, b, c] = axes.map((axis) => extent(points, axis));
  return [a, b, c];
}

function extent(points: Float64Array, [x, y, z]: Vector): number {
  let [least, most] = [Infinity, -Infinity];
  for (let k = 0; k < points.length; k += 3) {
    const at = x * points[k] + y * points[k + 1] + z * points[k + 2];
    if (at < least) least = at;
    if (at > most) most = at;
  }
  return most - least;
}

/** A hull whose facets have areas and outward normals of length 1. */
interface Surface {
  readonly points: Float64Array;
  /** Of all facets, one after another; shape [3 m]. */
  readonly corners: Int32Array;
  readonly normals: Float64Array;
  readonly areas: Float64Array;
}

function surfaceOf({ points, facets }: Polyhedron): Surface {
  const normals = new Float64Array(3 * facets.length);
  const areas = new Float64Array(facets.length);
  facets.forEach(([a, b, c], k) => {
    const normal = cross(difference(points, b, a), difference(points, c, a));
    const twice = Math.sqrt(dot(normal, normal));
    areas[k] = twice / 2;
    normals.set([normal[0] / twice, normal[1] / twice, normal[2] / twice], 3 * k);
  });
  return { points, corners: Int32Array.from(facets.flat()), normals, areas };
}

/** Normals of the facets, facets of one plane once, in either direction once. */
function distinctNormals({ normals }: Surface): Vector[] {
  const distinct = new Map<string, Vector>();
  for (let k = 0; k < normals.length; k += 3) {
    const [x, y, z] = [normals[k], normals[k + 1], normals[k + 2]];
    const leading = [x, y, z].find((value) => Math.abs(value) > 1e-9)!;
    const sign = leading < 0 ? -1 : 1;
    const key = [x, y, z].map((value) => Math.round(sign * value * 1e9)).join();
    if (!distinct.has(key)) distinct.set(key, [sign * x, sign * y, sign * z]);
  }
  return [...distinct.values()];
}

/** The smallest box with a face across a direction; null where it cannot be smaller than a bound. */
function boxAcross(surface: Surface, direction: Vector, bound: number): Box | null {
  const { depth, shadow, outline } = projected(surface, direction);
  // No rectangle around the shadow is smaller than the shadow.
  if (depth * shadow >= bound) return null;
  const [u, v] = perpendicular(direction);
  const { points } = surface;
  const along = ([x, y, z]: Vector) => {
    const places = new Float64Array(outline.length);
    for (let k = 0; k < outline.length; k++) {
      const at = 3 * outline[k];
      places[k] = x * points[at] + y * points[at + 1] + z * points[at + 2];
    }
    return places;
  };
  const { width, height, direction: turn } = minimumRectangle(along(u), along(v));
  const volume = width * height * depth;
  if (volume >= bound) return null;
  const [c, s] = turn;
  const first: Vector = [c * u[0] + s * v[0], c * u[1] + s * v[1], c * u[2] + s * v[2]];
  return { sides: [width, height, depth], volume, axes: [first, cross(direction, first), direction] };
}

/** Extent along a direction, area of the shadow across it, and the corners that can be on the shadow's outline. */
function projected(
  { points, corners, normals, areas }: Surface,
  [x, y, z]: Vector,
): { readonly depth: number; readonly shadow: number; readonly outline: number[] } {
  const sides = new Uint8Array(points.length / 3);
  let shadow = 0;
  for (let k = 0; k < areas.length; k++) {
    const cosine = x * normals[3 * k] + y * normals[3 * k + 1] + z * normals[3 * k + 2];
    shadow += (areas[k] * Math.abs(cosine)) / 2;
    // Facets along the direction belong to both sides.
    const side = cosine > 1e-9 ? 1 : cosine < -1e-9 ? 2 : 3;
    for (let at = 3 * k; at < 3 * k + 3; at++) sides[corners[at]] |= side;
  }
  const outline: number[] = [];
  for (let k = 0; k < sides.length; k++) if (sides[k] === 3) outline.push(k);
  return { depth: extent(points, [x, y, z]), shadow, outline };
}

/** Two directions across a direction, and across each other. */
function perpendicular(direction: Vector): [Vector, Vector] {
  const [x, y, z] = direction.map(Math.abs);
  const axis: Vector = x <= y && x <= z ? [1, 0, 0] : y <= z ? [0, 1, 0] : [0, 0, 1];
  const across = cross(direction, axis);
  const length = Math.sqrt(dot(across, across));
  const u: Vector = [across[0] / length, across[1] / length, across[2] / length];
  return [u, cross(direction, u)];
}

function difference(points: Float64Array, a: number, b: number): Vector {
  return [
    points[3 * a] - points[3 * b],
    points[3 * a + 1] - points[3 * b + 1],
    points[3 * a + 2] - points[3 * b + 2],
  ];
}

function product([a, b, c]: Vector): number {
  return a * b * c;
}

function dot(u: Vector, v: Vector): number {
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

function cross(u: Vector, v: Vector): Vector {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}
