import { type Image } from "../image.ts";
import { type Block, blockSize, readBlock, withRange } from "./block.ts";
import { type Range, boundaryIndex } from "./boundary.ts";
import { type Wanted, rangesRead } from "./cascade.ts";
import { type MeanFilter } from "./image-filter.ts";

type Support = Pick<MeanFilter, "supportPx" | "dimensions">;

/** The mean over a square or cube of pixels. */
export function meanResponse(image: Image, filter: MeanFilter, wanted: Wanted): Block {
  const half = (filter.supportPx - 1) / 2;
  const reach = Array.from({ length: filter.dimensions }, (): [number, number] => [half, half]);
  return meanOfBox(readBlock(image, rangesRead(wanted, reach)), filter, wanted);
}

/**
 * The mean over a box of pixels, by running sums: as fast for large boxes as for small ones.
 *
 * @param source Holds the wanted ranges and half the support around them, where the image goes on.
 */
export function meanOfBox(source: Block, { supportPx, dimensions }: Support, wanted: Wanted): Block {
  let block = source;
  for (let axis = 0; axis < dimensions; axis++) block = meanAlong(block, supportPx, axis, wanted);
  return block;
}

function meanAlong(
  source: Block,
  supportPx: number,
  axis: number,
  { ranges, dimensions, boundary }: Wanted,
): Block {
  const range: Range = ranges[axis];
  const size = blockSize(source.ranges);
  const stride = size.slice(0, axis).reduce((product, n) => product * n, 1);
  const [before, after] = [size[axis], range[1] - range[0]];
  const groups = source.values.length / (stride * before);
  const half = (supportPx - 1) / 2;
  const sources = Int32Array.from({ length: after + supportPx - 1 }, (_, k) => {
    const at = boundaryIndex(range[0] - half + k, dimensions[axis], boundary);
    return at < 0 ? -1 : at - source.ranges[axis][0];
  });
  const values = new Float64Array(groups * after * stride);
  const sum = new Float64Array(stride);
  const add = (group: number, at: number, sign: number) => {
    if (at < 0) return;
    const start = (group * before + at) * stride;
    for (let k = 0; k < stride; k++) sum[k] += sign * source.values[start + k];
  };
  for (let group = 0; group < groups; group++) {
    sum.fill(0);
    for (let k = 0; k < supportPx - 1; k++) add(group, sources[k], 1);
    for (let k = 0; k < after; k++) {
      add(group, sources[k + supportPx - 1], 1);
      const target = (group * after + k) * stride;
      for (let j = 0; j < stride; j++) values[target + j] = sum[j] / supportPx;
      add(group, sources[k], -1);
    }
  }
  return { ranges: withRange(source.ranges, axis, range), values };
}
