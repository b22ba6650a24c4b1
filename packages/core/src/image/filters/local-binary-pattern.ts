import { cos, sin } from "../../math/elementary.ts";
import type { Image } from "../image.ts";
import { type Block, blockSize, pixelsOf, readBlock, wholeImage, widened } from "./block.ts";
import type { Wanted } from "./cascade.ts";
import type { LocalBinaryPatternFilter } from "./image-filter.ts";

/**
 * Uniform local binary patterns that do not depend on rotation: how many of the samples around a pixel are at least as
 * bright, where they form one arc, else samples + 1. Outside the image is 0.
 *
 * @returns Whole numbers in 0 .. samples + 1.
 * @source Ojala, Pietikäinen & Mäenpää 2002, IEEE TPAMI 24:971-987; as in scikit-image, which does not close the circle
 *   when it counts changes.
 */
export function localBinaryPattern(image: Image, filter: LocalBinaryPatternFilter, wanted: Wanted): Block {
  const { ranges } = wanted;
  const margin = Math.ceil(filter.radiusPx) + 1;
  const reach = [[margin, margin] as const, [margin, margin] as const];
  const source = readBlock(wholeImage(image), widened(ranges, reach), { ...wanted, boundary: "zero" });
  const [rowLength, rows] = blockSize(source.ranges);
  const [width, height, depth] = blockSize(ranges);
  const samples = circleOf(filter).map(({ x, y }): Sample => ({
    shift: Math.floor(y) * rowLength + Math.floor(x),
    below: rowLength,
    columns: fractionsOf(ranges[0], x),
    lines: fractionsOf(ranges[1], y),
    isPixel: Number.isInteger(x) && Number.isInteger(y),
  }));
  const codes = new Float64Array(pixelsOf(ranges));
  const brighter = new Int32Array(width);
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      const start = (z * rows + y + margin) * rowLength + margin;
      brighter.fill(0);
      samples.forEach((sample, bit) => {
        compareRow({ values: source.values, start, y }, sample, bit, brighter);
      });
      const target = (z * height + y) * width;
      for (let x = 0; x < width; x++) codes[target + x] = codeOf(brighter[x], filter.samples);
    }
  return { ranges, values: codes };
}

/** A sample on the circle around each pixel, between four pixels. */
interface Sample {
  /** Steps from a pixel to the upper left one of the four, and from that to the lower left one. */
  readonly shift: number;
  readonly below: number;
  /** Distance of the sample from the upper left pixel, for each column and each row. */
  readonly columns: Float64Array;
  readonly lines: Float64Array;
  /** Whether it lies on a pixel. */
  readonly isPixel: boolean;
}

interface Row {
  readonly values: Float64Array;
  readonly start: number;
  readonly y: number;
}

/** Sets a bit for each pixel of a row whose sample is at least as bright. */
function compareRow(
  { values, start, y }: Row,
  { shift, below, columns, lines, isPixel }: Sample,
  bit: number,
  brighter: Int32Array,
): void {
  const down = lines[y];
  const flag = 1 << bit;
  if (isPixel) {
    for (let x = 0; x < brighter.length; x++)
      if (values[start + x + shift] - values[start + x] >= 0) brighter[x] |= flag;
    return;
  }
  for (let x = 0; x < brighter.length; x++) {
    const at = start + x + shift;
    const right = columns[x];
    const upper = (1 - right) * values[at] + right * values[at + 1];
    const lower = (1 - right) * values[at + below] + right * values[at + below + 1];
    if ((1 - down) * upper + down * lower - values[start + x] >= 0) brighter[x] |= flag;
  }
}

/** The number of bright samples where the circle changes at most twice. */
function codeOf(brighter: number, samples: number): number {
  const changes = bitCount((brighter ^ (brighter >> 1)) & ((1 << (samples - 1)) - 1));
  return changes <= 2 ? bitCount(brighter) : samples + 1;
}

function bitCount(bits: number): number {
  const pairs = bits - ((bits >> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >> 2) & 0x33333333);
  return Math.imul((fours + (fours >> 4)) & 0x0f0f0f0f, 0x01010101) >> 24;
}

/** Distance of samples from the pixel before them, from coordinates in the image: where levels tie, the last bit decides. */
function fractionsOf([first, last]: readonly [number, number], offset: number): Float64Array {
  return Float64Array.from(
    { length: last - first },
    (_, k) => first + k + offset - Math.floor(first + k + offset),
  );
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
