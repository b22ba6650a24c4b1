import type { Dimensions, Image, Spacing } from "../image.ts";
import type { BoundingBox } from "../mask.ts";
import type { Range } from "./boundary.ts";
import { extendedLine, readLine } from "./extended-line.ts";
import type { Boundary } from "./image-filter.ts";

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
  const [row, { indices: ys }, { indices: zs }] = ranges.map((range, axis) =>
    extendedLine(range, source.ranges[axis][0], {
      size: extent.dimensions[axis],
      boundary: extent.boundary,
    }),
  );
  const length = row.indices.length;
  let at = 0;
  for (const z of zs)
    for (const y of ys) {
      if (z < 0 || y < 0) into.fill(0, at, at + length);
      else readLine(source.values, (z * rows + y) * width, row, { into, at });
      at += length;
    }
  return { ranges, values: into };
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
