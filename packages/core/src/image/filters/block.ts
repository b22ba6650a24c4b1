import { type Image, type Spacing } from "../image.ts";
import { type BoundingBox } from "../mask.ts";
import { type Range } from "./boundary.ts";

/** Coordinates along x, y and z. */
export type Ranges = readonly [x: Range, y: Range, z: Range];

/** A part of an image, or of a response to it; coordinates are those of the image. */
export interface Block {
  readonly ranges: Ranges;
  readonly values: Float64Array;
}

/** The coordinates of a box. */
export function rangesOf({ x, y, z, width, height, depth }: BoundingBox): Ranges {
  return [
    [x, x + width],
    [y, y + height],
    [z, z + depth],
  ];
}

/** Pixels of a block along each axis. */
export function blockSize(ranges: Ranges): [width: number, height: number, depth: number] {
  const [x, y, z] = ranges;
  return [x[1] - x[0], y[1] - y[0], z[1] - z[0]];
}

/** A part of an image as a block; the ranges lie inside the image. */
export function readBlock({ dimensions, values }: Image, ranges: Ranges): Block {
  const [width, height, depth] = blockSize(ranges);
  const [[x], [y], [z]] = ranges;
  const read = new Float64Array(width * height * depth);
  for (let slice = 0, target = 0; slice < depth; slice++)
    for (let row = 0; row < height; row++, target += width) {
      const source = ((z + slice) * dimensions[1] + y + row) * dimensions[0] + x;
      for (let k = 0; k < width; k++) read[target + k] = values[source + k];
    }
  return { ranges, values: read };
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
