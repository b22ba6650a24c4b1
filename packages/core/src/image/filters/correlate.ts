import { type Block, blockSize, withRange } from "./block.ts";
import type { Range } from "./boundary.ts";

/** A one-dimensional kernel: the response at i is the sum of weights[k] times the pixel i + k - origin. */
export interface Kernel {
  readonly weights: readonly number[];
  readonly origin: number;
}

/**
 * Pixels that a kernel looks back and ahead.
 *
 * @example reachOf({ weights: [1, 2, 1, 0], origin: 1 }) // => [1, 2]
 */
export function reachOf({ weights, origin }: Kernel): [back: number, ahead: number] {
  return [Math.max(0, origin), Math.max(0, weights.length - 1 - origin)];
}

/**
 * The kernel turned round: its response to an image is that of the kernel to the mirrored image, mirrored back.
 *
 * @example reversedKernel({ weights: [1, 2, 3, 4], origin: 1 }) // => { "weights": [4, 3, 2, 1], "origin": 2 }
 */
export function reversedKernel({ weights, origin }: Kernel): Kernel {
  return { weights: weights.toReversed(), origin: weights.length - 1 - origin };
}

/** Responses that are summed in one go, few enough to stay in the fastest cache. */
const run = 1024;

/**
 * The response to a kernel along one axis.
 *
 * @param source Holds every pixel that the kernel reads, beyond the edge of the image too.
 * @param range Where responses are wanted along the axis.
 */
export function correlateAxis(source: Block, kernel: Kernel, range: Range, axis: 0 | 1 | 2): Block {
  const { offsets, weights } = nonZeroTaps(kernel);
  const [width, height] = blockSize(source.ranges);
  const ranges = withRange(source.ranges, axis, range);
  const [length, rows, slices] = blockSize(ranges);
  const step = [1, width, width * height][axis];
  const first = (range[0] - source.ranges[axis][0]) * step;
  const shifts = offsets.map((offset) => first + offset * step);
  const values = new Float64Array(length * rows * slices);
  const starts = new Int32Array(shifts.length);
  // Along y and z, rows of responses that follow each other read pixels that follow each other.
  const together = axis === 0 ? 1 : Math.max(1, Math.floor(run / length));
  for (let z = 0; z < slices; z++)
    for (let y = 0; y < rows; y += together) {
      const row = (z * height + y) * width;
      for (let tap = 0; tap < starts.length; tap++) starts[tap] = row + shifts[tap];
      const target = { values, at: (z * rows + y) * length, length: length * Math.min(together, rows - y) };
      addTaps(target, source.values, starts, weights);
    }
  return { ranges, values };
}

function nonZeroTaps({ weights, origin }: Kernel): {
  readonly offsets: readonly number[];
  readonly weights: readonly number[];
} {
  const kept = weights.flatMap((weight, k) => (weight === 0 ? [] : [{ weight, offset: k - origin }]));
  return { offsets: kept.map(({ offset }) => offset), weights: kept.map(({ weight }) => weight) };
}

interface Target {
  readonly values: Float64Array;
  readonly at: number;
  readonly length: number;
}

/** Adds weighted stretches of a source, six at a time, so that the sum is loaded and stored a sixth as often. */
function addTaps(
  { values, at, length }: Target,
  source: Float64Array,
  starts: Int32Array,
  weights: readonly number[],
): void {
  let tap = 0;
  for (; tap + 5 < starts.length; tap += 6) {
    const [a, b, c] = [starts[tap], starts[tap + 1], starts[tap + 2]];
    const [d, e, f] = [starts[tap + 3], starts[tap + 4], starts[tap + 5]];
    const [u, v, w] = [weights[tap], weights[tap + 1], weights[tap + 2]];
    const [x, y, z] = [weights[tap + 3], weights[tap + 4], weights[tap + 5]];
    for (let k = 0; k < length; k++)
      values[at + k] +=
        u * source[a + k] +
        v * source[b + k] +
        w * source[c + k] +
        x * source[d + k] +
        y * source[e + k] +
        z * source[f + k];
  }
  for (; tap + 2 < starts.length; tap += 3) {
    const [a, b, c] = [starts[tap], starts[tap + 1], starts[tap + 2]];
    const [u, v, w] = [weights[tap], weights[tap + 1], weights[tap + 2]];
    for (let k = 0; k < length; k++)
      values[at + k] += u * source[a + k] + v * source[b + k] + w * source[c + k];
  }
  for (; tap < starts.length; tap++) {
    const [start, weight] = [starts[tap], weights[tap]];
    for (let k = 0; k < length; k++) values[at + k] += weight * source[start + k];
  }
}
