import { type Block, blockSize, withRange } from "./block.ts";
import { type Range, boundaryIndex } from "./boundary.ts";
import { type Boundary } from "./image-filter.ts";

/** A one-dimensional kernel: the response at i is the sum of weights[k] times the pixel i + k - origin. */
export interface Kernel {
  readonly weights: readonly number[];
  readonly origin: number;
}

/** Along which axis of an image of which size. */
export interface AxisOfImage {
  readonly axis: 0 | 1 | 2;
  /** Pixels of the image along it. */
  readonly size: number;
  readonly boundary: Boundary;
}

/** Pixels that a kernel looks back and ahead. */
export function reachOf({ weights, origin }: Kernel): [back: number, ahead: number] {
  return [Math.max(0, origin), Math.max(0, weights.length - 1 - origin)];
}

/** The kernel turned round: the response to the mirrored image, mirrored back. */
export function reversedKernel({ weights, origin }: Kernel): Kernel {
  return { weights: weights.toReversed(), origin: weights.length - 1 - origin };
}

/**
 * The response to a kernel along one axis.
 *
 * @param source Holds every pixel that the kernel reads (`rangeRead`).
 * @param range Where responses are wanted along the axis.
 */
export function correlateAxis(
  source: Block,
  kernel: Kernel,
  range: Range,
  { axis, size, boundary }: AxisOfImage,
): Block {
  const ranges = withRange(source.ranges, axis, range);
  const lines: Lines = {
    taps: nonZeroTaps(kernel),
    first: source.ranges[axis][0],
    at: (coordinate) => boundaryIndex(coordinate, size, boundary),
    range,
  };
  const values = axis === 0 ? alongRows(source, lines) : acrossRows(source, axis, lines);
  return { ranges, values };
}

interface Lines {
  readonly taps: { readonly offsets: readonly number[]; readonly weights: readonly number[] };
  /** First coordinate of the source along the axis. */
  readonly first: number;
  /** Coordinate in the image, -1 for zero. */
  readonly at: (coordinate: number) => number;
  readonly range: Range;
}

function nonZeroTaps({ weights, origin }: Kernel): Lines["taps"] {
  const kept = weights.flatMap((weight, k) => (weight === 0 ? [] : [{ weight, offset: k - origin }]));
  return { offsets: kept.map(({ offset }) => offset), weights: kept.map(({ weight }) => weight) };
}

/** Along x each row is laid out with what lies outside, so that every tap is one shifted sweep over it. */
function alongRows(source: Block, { taps, first, at, range }: Lines): Float64Array {
  const [width, height, depth] = blockSize(source.ranges);
  const length = range[1] - range[0];
  const [least, largest] = [Math.min(0, ...taps.offsets), Math.max(0, ...taps.offsets)];
  const sources = Int32Array.from({ length: length + largest - least }, (_, k) => {
    const coordinate = at(range[0] + least + k);
    return coordinate < 0 ? -1 : coordinate - first;
  });
  const line = new Float64Array(sources.length);
  const responses = new Float64Array(length * height * depth);
  const starts = taps.offsets.map((offset) => offset - least);
  for (let row = 0; row < height * depth; row++) {
    const start = row * width;
    for (let k = 0; k < line.length; k++) line[k] = sources[k] < 0 ? 0 : source.values[start + sources[k]];
    addTaps({ into: responses, at: row * length, length }, line, starts, taps.weights);
  }
  return responses;
}

/** Along y and z each row of responses is a weighted sum of rows (or slices) of the source. */
function acrossRows(source: Block, axis: 1 | 2, { taps, first, at, range }: Lines): Float64Array {
  const [width, height, depth] = blockSize(source.ranges);
  const length = axis === 1 ? width : width * height;
  const before = axis === 1 ? height : depth;
  const after = range[1] - range[0];
  const groups = axis === 1 ? depth : 1;
  const responses = new Float64Array(groups * after * length);
  const [starts, weights]: [number[], number[]] = [[], []];
  for (let group = 0; group < groups; group++)
    for (let k = 0; k < after; k++) {
      starts.length = 0;
      weights.length = 0;
      for (let tap = 0; tap < taps.offsets.length; tap++) {
        const coordinate = at(range[0] + k + taps.offsets[tap]);
        if (coordinate < 0) continue;
        starts.push((group * before + coordinate - first) * length);
        weights.push(taps.weights[tap]);
      }
      addTaps({ into: responses, at: (group * after + k) * length, length }, source.values, starts, weights);
    }
  return responses;
}

interface Target {
  readonly into: Float64Array;
  readonly at: number;
  readonly length: number;
}

/** Adds weighted stretches of a source, four at a time, so that the sum is loaded and stored a quarter as often. */
function addTaps(
  { into, at, length }: Target,
  source: Float64Array,
  starts: readonly number[],
  weights: readonly number[],
): void {
  let tap = 0;
  for (; tap + 3 < starts.length; tap += 4) {
    const [a, b, c, d] = [starts[tap], starts[tap + 1], starts[tap + 2], starts[tap + 3]];
    const [u, v, w, x] = [weights[tap], weights[tap + 1], weights[tap + 2], weights[tap + 3]];
    for (let k = 0; k < length; k++)
      into[at + k] += u * source[a + k] + v * source[b + k] + w * source[c + k] + x * source[d + k];
  }
  for (; tap < starts.length; tap++) {
    const [start, weight] = [starts[tap], weights[tap]];
    for (let k = 0; k < length; k++) into[at + k] += weight * source[start + k];
  }
}
