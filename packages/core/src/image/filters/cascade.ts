import { type Block, type Extent, type Ranges, readBlock, withRange } from "./block.ts";
import { type Range, rangeRead } from "./boundary.ts";
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
 * passes, and each pass makes no more than later ones read. The image is continued along an axis just before its pass.
 *
 * @param source Holds `rangesRead(wanted, reach)`.
 * @param reach Of the kernels along each axis.
 */
export function createCascade(
  source: Block,
  wanted: Wanted,
  reach: Reach,
): (kernels: readonly Kernel[]) => Block {
  const root: Pass = { block: continuedAlong(0, source, wanted, reach), next: new Map() };
  return (kernels) => {
    let pass = root;
    kernels.forEach((kernel, axis) => {
      let next = pass.next.get(kernel);
      if (next === undefined) {
        const response = correlateAxis(pass.block, kernel, wanted.ranges[axis], axis as 0 | 1 | 2);
        next = { block: continuedAlong(axis + 1, response, wanted, reach), next: new Map() };
        pass.next.set(kernel, next);
      }
      pass = next;
    });
    return pass.block;
  };
}

/** What was filtered along some axes, and what is to be filtered along the next one. */
interface Pass {
  readonly block: Block;
  readonly next: Map<Kernel, Pass>;
}

/** A block that reaches as far along an axis as kernels do: itself, where that is inside the image. */
function continuedAlong(axis: number, block: Block, wanted: Wanted, reach: Reach): Block {
  if (axis >= reach.length) return block;
  const [first, last] = wanted.ranges[axis];
  const range: Range = [first - reach[axis][0], last + reach[axis][1]];
  const [from, to] = block.ranges[axis];
  if (from <= range[0] && range[1] <= to) return block;
  return readBlock(block, withRange(block.ranges, axis, range), wanted);
}
