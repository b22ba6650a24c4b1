import { cos, sin } from "../../math/elementary.ts";
import { type Image } from "../image.ts";
import { type Block, blockSize, readBlock } from "./block.ts";
import { type Wanted, rangesRead } from "./cascade.ts";
import { type LocalBinaryPatternFilter } from "./image-filter.ts";

/**
 * Uniform local binary patterns that do not depend on rotation: how many of the samples around a pixel are at least as
 * bright, where they form one arc, else samples + 1. Outside the image is 0.
 *
 * @returns Whole numbers in 0 .. samples + 1.
 * @source Ojala, Pietikäinen & Mäenpää 2002, IEEE TPAMI 24:971-987; as in scikit-image, which does not close the circle
 *   when it counts changes.
 */
export function localBinaryPattern(image: Image, filter: LocalBinaryPatternFilter, wanted: Wanted): Block {
  const { samples } = filter;
  const circle = circleOf(filter);
  const margin = Math.ceil(filter.radiusPx) + 1;
  const reach: [number, number][] = [
    [margin, margin],
    [margin, margin],
  ];
  const source = padded(image, wanted, rangesRead({ ...wanted, boundary: "zero" }, reach), margin);
  const [width, height, depth] = blockSize(wanted.ranges);
  const [rowLength, rows] = [width + 2 * margin, height + 2 * margin];
  const [[left], [top]] = wanted.ranges;
  const columns = circle.map(({ x }) => fractionsOf(left, width, x));
  const lines = circle.map(({ y }) => fractionsOf(top, height, y));
  const offsets = circle.map(({ x, y }) => Math.floor(y) * rowLength + Math.floor(x));
  const codes = new Float64Array(width * height * depth);
  const isBright = new Uint8Array(samples);
  for (let z = 0, target = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const p = (z * rows + y + margin) * rowLength + x + margin;
        const centre = source[p];
        for (let s = 0; s < samples; s++) {
          const at = p + offsets[s];
          const [right, below] = [columns[s][x], lines[s][y]];
          const upper = (1 - right) * source[at] + right * source[at + 1];
          const lower = (1 - right) * source[at + rowLength] + right * source[at + rowLength + 1];
          isBright[s] = (1 - below) * upper + below * lower - centre >= 0 ? 1 : 0;
        }
        codes[target++] = codeOf(isBright);
      }
  return { ranges: wanted.ranges, values: codes };
}

/** Distance of samples from the pixel before them, from coordinates in the image: where levels tie, the last bit decides. */
function fractionsOf(first: number, count: number, offset: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => first + k + offset - Math.floor(first + k + offset));
}

function codeOf(isBright: Uint8Array): number {
  let [changes, bright] = [0, isBright[0]];
  for (let s = 1; s < isBright.length; s++) {
    if (isBright[s] !== isBright[s - 1]) changes++;
    bright += isBright[s];
  }
  return changes <= 2 ? bright : isBright.length + 1;
}

function circleOf({
  radiusPx,
  samples,
}: LocalBinaryPatternFilter): { readonly x: number; readonly y: number }[] {
  return Array.from({ length: samples }, (_, s) => {
    const angle = (2 * Math.PI * s) / samples;
    // Rounded, so that samples on pixels are those pixels.
    const [x, y] = [radiusPx * cos(angle), -radiusPx * sin(angle)].map((at) => Math.round(at * 1e5) / 1e5);
    return { x, y };
  });
}

/** The wanted part with a margin of zeros where the image ends. */
function padded(image: Image, { ranges }: Wanted, read: Wanted["ranges"], margin: number): Float64Array {
  const block = readBlock(image, read);
  const [width, height, depth] = blockSize(read);
  const [outerWidth, outerHeight] = blockSize(ranges).map((size) => size + 2 * margin);
  const values = new Float64Array(outerWidth * outerHeight * depth);
  const [left, top] = [read[0][0] - ranges[0][0] + margin, read[1][0] - ranges[1][0] + margin];
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      const source = (z * height + y) * width;
      const target = (z * outerHeight + top + y) * outerWidth + left;
      values.set(block.values.subarray(source, source + width), target);
    }
  return values;
}
