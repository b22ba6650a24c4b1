import type { Image } from "../image.ts";
import { type Block, blockSize, readBlock, wholeImage, widened, withRange } from "./block.ts";
import type { Wanted } from "./cascade.ts";
import type { MeanFilter } from "./image-filter.ts";

type Support = Pick<MeanFilter, "supportPx" | "dimensions">;

/**
 * The mean over a square or cube of pixels.
 *
 * @source IBSI reference manual on filters, 3.1 (S60F).
 */
export function meanResponse(image: Image, filter: MeanFilter, wanted: Wanted): Block {
  return meanOfBox(wholeImage(image), filter, wanted);
}

/**
 * The mean over a box of pixels, at a cost that does not grow with the box.
 *
 * @param source Holds the wanted ranges and half the support around them, where the image goes on.
 */
export function meanOfBox(
  source: Parameters<typeof readBlock>[0],
  { supportPx, dimensions }: Support,
  wanted: Wanted,
): Block {
  const half = (supportPx - 1) / 2;
  const reach = Array.from({ length: dimensions }, () => [half, half] as const);
  let block = readBlock(source, widened(wanted.ranges, reach), wanted);
  for (let axis = 0; axis < dimensions; axis++) block = sumAlong(block, supportPx, axis);
  // Divided once, so that windows of whole numbers with equal sums have equal means.
  const pixels = dimensions === 2 ? supportPx * supportPx : supportPx * supportPx * supportPx;
  for (let k = 0; k < block.values.length; k++) block.values[k] /= pixels;
  return block;
}

/**
 * Sums along one axis. The axis is cut into stretches as long as the support; a window spans the end of one and the start
 * of the next, whose running sums are added. Nothing is subtracted, so that a huge or missing value spoils no other window.
 */
function sumAlong(source: Block, supportPx: number, axis: number): Block {
  const size = blockSize(source.ranges);
  const stride = size.slice(0, axis).reduce((product, n) => product * n, 1);
  const before = size[axis];
  const after = before - supportPx + 1;
  const groups = source.values.length / (stride * before);
  const values = new Float64Array(groups * after * stride);
  const sums: RunningSums = {
    fromStart: new Float64Array(before * stride),
    toEnd: new Float64Array(before * stride),
  };
  for (let group = 0; group < groups; group++) {
    const part = source.values.subarray(group * before * stride, (group + 1) * before * stride);
    sumStretches(part, sums, supportPx * stride, stride);
    for (let k = 0; k < after; k++) {
      const isStretch = k % supportPx === 0;
      const [from, to] = [k * stride, (k + supportPx - 1) * stride];
      const target = (group * after + k) * stride;
      for (let j = 0; j < stride; j++) {
        const end = sums.toEnd[from + j];
        values[target + j] = isStretch ? end : end + sums.fromStart[to + j];
      }
    }
  }
  const first = source.ranges[axis][0] + (supportPx - 1) / 2;
  return { ranges: withRange(source.ranges, axis, [first, first + after]), values };
}

interface RunningSums {
  /** From the start of a stretch to a pixel. */
  readonly fromStart: Float64Array;
  /** From a pixel to the end of its stretch. */
  readonly toEnd: Float64Array;
}

function sumStretches(
  part: Float64Array,
  { fromStart, toEnd }: RunningSums,
  stretch: number,
  stride: number,
): void {
  for (let start = 0; start < part.length; start += stretch) {
    const end = Math.min(start + stretch, part.length);
    for (let k = start; k < end; k++)
      fromStart[k] = k < start + stride ? part[k] : fromStart[k - stride] + part[k];
    for (let k = end - 1; k >= start; k--)
      toEnd[k] = k >= end - stride ? part[k] : toEnd[k + stride] + part[k];
  }
}
