import { type Dimensions, type Image, type Spacing } from "../image.ts";
import { type BoundingBox } from "../mask.ts";
import { type Range, boundaryIndex } from "./boundary.ts";
import { type Boundary } from "./image-filter.ts";

/** Coordinates along x, y and z. */
export type Ranges = readonly [x: Range, y: Range, z: Range];

/** A part of an image, or of a response to it; coordinates are those of the image, beyond its edge too. */
export interface Block {
  readonly ranges: Ranges;
  readonly values: Float64Array;
}

/** An image, or a block of it that holds all that is read of it. */
interface Source {
  readonly ranges: Ranges;
  readonly values: Image["values"];
}

/** Size of an image, and what lies outside. */
export interface Extent {
  readonly dimensions: Dimensions;
  readonly boundary: Boundary;
}

/** The coordinates of a box. */
export function rangesOf({ x, y, z, width, height, depth }: BoundingBox): Ranges {
  return [
    [x, x + width],
    [y, y + height],
    [z, z + depth],
  ];
}

/** An image as a block of values of its own type. */
export function wholeImage({ dimensions: [width, height, depth], values }: Image): Source {
  return { ranges: rangesOf({ x: 0, y: 0, z: 0, width, height, depth }), values };
}

/**
 * Pixels of a block along each axis.
 *
 * @example blockSize([[2, 5], [0, 4], [0, 1]]) // => [3, 4, 1]
 */
export function blockSize(ranges: Ranges): [width: number, height: number, depth: number] {
  const [x, y, z] = ranges;
  return [x[1] - x[0], y[1] - y[0], z[1] - z[0]];
}

/**
 * The number of pixels of a block.
 *
 * @example pixelsOf([[2, 5], [0, 4], [0, 1]]) // => 12
 */
export function pixelsOf(ranges: Ranges): number {
  const [width, height, depth] = blockSize(ranges);
  return width * height * depth;
}

/**
 * A part of an image, or of a block, which may reach beyond the image's edge.
 *
 * @param source Holds every pixel that is read inside the image.
 * @param into Room for the values; content does not matter.
 */
export function readBlock(
  source: Source,
  ranges: Ranges,
  extent: Extent,
  into: Float64Array = new Float64Array(pixelsOf(ranges)),
): Block {
  const [width, rows] = blockSize(source.ranges);
  const [xs, ys, zs] = ranges.map((_, axis) => sourceIndices(source, ranges, extent, axis));
  const columns = columnsOf(xs, ranges[0], extent.dimensions[0]);
  let target = 0;
  for (const z of zs)
    for (const y of ys) {
      if (z < 0 || y < 0) into.fill(0, target, target + xs.length);
      else readRow(source.values, (z * rows + y) * width, columns, { values: into, at: target });
      target += xs.length;
    }
  return { ranges, values: into };
}

/** Where the pixels of a row are read, and which of them lie inside the image, one beside the other. */
interface Columns {
  readonly xs: Int32Array;
  readonly from: number;
  readonly to: number;
}

function columnsOf(xs: Int32Array, [first]: Range, width: number): Columns {
  const from = Math.min(xs.length, Math.max(0, -first));
  return { xs, from, to: Math.max(from, Math.min(xs.length, width - first)) };
}

function readRow(
  source: Image["values"],
  start: number,
  { xs, from, to }: Columns,
  { values, at }: { readonly values: Float64Array; readonly at: number },
): void {
  for (let k = 0; k < from; k++) values[at + k] = xs[k] < 0 ? 0 : source[start + xs[k]];
  if (from < to) values.set(source.subarray(start + xs[from], start + xs[from] + to - from), at + from);
  for (let k = to; k < xs.length; k++) values[at + k] = xs[k] < 0 ? 0 : source[start + xs[k]];
}

/** Where coordinates of an axis are read in a source; -1 for zero. */
function sourceIndices(
  source: Source,
  ranges: Ranges,
  { dimensions, boundary }: Extent,
  axis: number,
): Int32Array {
  const [first, last] = ranges[axis];
  return Int32Array.from({ length: last - first }, (_, k) => {
    const at = boundaryIndex(first + k, dimensions[axis], boundary);
    return at < 0 ? -1 : at - source.ranges[axis][0];
  });
}

/** A block as an image. */
export function blockImage({ ranges, values }: Block, spacingMm: Spacing | null): Image {
  return { dimensions: blockSize(ranges), spacingMm, values };
}

/** The same ranges with that of one axis replaced. */
export function withRange(ranges: Ranges, axis: number, range: Range): Ranges {
  const [x, y, z] = ranges.map((old, at) => (at === axis ? range : old));
  return [x, y, z];
}

/** Ranges that reach further on both sides, along the first axes. */
export function widened(ranges: Ranges, reach: readonly (readonly [back: number, ahead: number])[]): Ranges {
  const [x, y, z] = ranges.map(([first, last], axis): Range => {
    const [back, ahead] = reach[axis] ?? [0, 0];
    return [first - back, last + ahead];
  });
  return [x, y, z];
}
