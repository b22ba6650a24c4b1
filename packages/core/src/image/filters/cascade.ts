import type { Block, Extent, Ranges } from "./block.ts";
import { rangeRead } from "./boundary.ts";
import { type Kernel, correlateAxis, reachOf } from "./correlate.ts";

/** Pixels that a filter looks back and ahead along each of its axes. */
export type Reach = readonly [back: number, ahead: number][];

/** Where responses are wanted, in an image of which size, continued how. */
export interface Wanted extends Extent {
  readonly ranges: Ranges;
}

/** The largest reach, along each axis, of products of kernels; one kernel an axis. */
export function largestReach(products: readonly (readonly Kernel[])[]): Reach {
  return products[0].map((_, axis) => {
    const reaches = products.map((kernels) => reachOf(kernels[axis]));
    return [Math.max(...reaches.map(([back]) => back)), Math.max(...reaches.map(([, ahead]) => ahead))];
  });
}

/** What is read inside an image for the responses wanted. */
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
 * @param source Holds the ranges and all that the kernels read around them, beyond the edge of the image too.
 * @param ranges Where responses are wanted.
 */
export function createCascade(source: Block, ranges: Ranges): (kernels: readonly Kernel[]) => Block {
  const root: Pass = { block: source, next: new Map() };
  return (kernels) => {
    let pass = root;
    kernels.forEach((kernel, axis) => {
      let next = pass.next.get(kernel);
      if (next === undefined) {
        const block = correlateAxis(pass.block, kernel, ranges[axis], axis as 0 | 1 | 2);
        next = { block, next: new Map() };
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
