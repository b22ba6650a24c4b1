import { type Dimensions } from "../image.ts";
import { type Block, type Ranges } from "./block.ts";
import { rangeRead } from "./boundary.ts";
import { type Kernel, correlateAxis, reachOf } from "./correlate.ts";
import { type Boundary } from "./image-filter.ts";

/** The largest reach of the kernels along each axis. */
export type Reach = readonly [back: number, ahead: number][];

/** Where responses are wanted, in an image of which size. */
export interface Wanted {
  readonly ranges: Ranges;
  readonly dimensions: Dimensions;
  readonly boundary: Boundary;
}

/** The largest reach, along each axis, of products of kernels; one kernel an axis. */
export function largestReach(products: readonly (readonly Kernel[])[]): Reach {
  return products[0].map((_, axis) => {
    const reaches = products.map((kernels) => reachOf(kernels[axis]));
    return [Math.max(...reaches.map(([back]) => back)), Math.max(...reaches.map(([, ahead]) => ahead))];
  });
}

/** What has to be read of an image for the responses wanted. */
export function rangesRead({ ranges, dimensions, boundary }: Wanted, reach: Reach): Ranges {
  const [x, y, z] = ranges.map((range, axis) =>
    axis < reach.length ? rangeRead(range, reach[axis], dimensions[axis], boundary) : range,
  );
  return [x, y, z];
}

/**
 * Responses to products of one-dimensional kernels, x first. Products that begin with the same kernel objects share those
 * passes, and each pass makes no more than later ones read.
 *
 * @param source Holds `rangesRead(wanted, reach)`.
 */
export function createCascade(source: Block, wanted: Wanted): (kernels: readonly Kernel[]) => Block {
  const root: Pass = { block: source, next: new Map() };
  return (kernels) => {
    let pass = root;
    kernels.forEach((kernel, axis) => {
      let next = pass.next.get(kernel);
      if (next === undefined) {
        next = { block: passAlong(pass.block, kernel, axis as 0 | 1 | 2, wanted), next: new Map() };
        pass.next.set(kernel, next);
      }
      pass = next;
    });
    return pass.block;
  };
}

interface Pass {
  readonly block: Block;
  readonly next: Map<Kernel, Pass>;
}

function passAlong(
  block: Block,
  kernel: Kernel,
  axis: 0 | 1 | 2,
  { ranges, dimensions, boundary }: Wanted,
): Block {
  return correlateAxis(block, kernel, ranges[axis], { axis, size: dimensions[axis], boundary });
}
