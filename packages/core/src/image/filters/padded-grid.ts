import type { Image } from "../image.ts";
import { type Block, blockSize } from "./block.ts";
import { boundaryIndex } from "./boundary.ts";
import type { Wanted } from "./cascade.ts";
import type { Boundary, FilterDimensions } from "./image-filter.ts";

/** The image with a margin, ready for transforms: the slices that are wanted one by one, or the volume. */
export interface PaddedGrid {
  /** Sizes of each part, two or three. */
  readonly sizes: readonly number[];
  readonly parts: readonly Float64Array[];
  readonly margins: readonly number[];
}

/** How far the image is continued on every side, and how. */
export interface Padding {
  /** Share of the image's size that is added on each side, 0 for none. */
  readonly margin: number;
  readonly boundary: Boundary;
}

/** Reads an image with its margin. */
export function readPadded(
  { dimensions, values }: Image,
  filterDimensions: FilterDimensions,
  { margin, boundary }: Padding,
  { ranges }: Wanted,
): PaddedGrid {
  const margins = dimensions.map((size, axis) => (axis < filterDimensions ? Math.ceil(margin * size) : 0));
  const [xs, ys, zs] = dimensions.map((size, axis) =>
    Array.from({ length: size + 2 * margins[axis] }, (_, k) =>
      boundaryIndex(k - margins[axis], size, boundary),
    ),
  );
  const readSlice = (z: number, into: Float64Array, start: number) => {
    ys.forEach((y, row) => {
      if (y < 0 || z < 0) return;
      const source = (z * dimensions[1] + y) * dimensions[0];
      for (let k = 0; k < xs.length; k++)
        if (xs[k] >= 0) into[start + row * xs.length + k] = values[source + xs[k]];
    });
  };
  const slice = xs.length * ys.length;
  if (filterDimensions === 3) {
    const volume = new Float64Array(slice * zs.length);
    zs.forEach((z, k) => {
      readSlice(z, volume, k * slice);
    });
    return { sizes: [xs.length, ys.length, zs.length], parts: [volume], margins };
  }
  const parts = Array.from({ length: ranges[2][1] - ranges[2][0] }, (_, k) => {
    const part = new Float64Array(slice);
    readSlice(ranges[2][0] + k, part, 0);
    return part;
  });
  return { sizes: [xs.length, ys.length], parts, margins };
}

/** The wanted part of a filtered grid. */
export function writeWanted({ sizes, parts, margins }: PaddedGrid, { ranges }: Wanted): Block {
  const [width, height, depth] = blockSize(ranges);
  const values = new Float64Array(width * height * depth);
  const [left, top] = [ranges[0][0] + margins[0], ranges[1][0] + margins[1]];
  for (let z = 0, target = 0; z < depth; z++) {
    const [part, slice] = sizes.length === 3 ? [parts[0], ranges[2][0] + margins[2] + z] : [parts[z], 0];
    for (let y = 0; y < height; y++, target += width) {
      const source = (slice * sizes[1] + top + y) * sizes[0] + left;
      values.set(part.subarray(source, source + width), target);
    }
  }
  return { ranges, values };
}
