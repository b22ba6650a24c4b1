import type { Dimensions } from "./image.ts";
import { splineCoefficients, splineReach, splineWeights } from "./cubic-spline.ts";
import type { Interpolation } from "./resampling.ts";
import type { AxisGrid } from "./resampling-grid.ts";

/** New samples along an axis. */
export interface AxisSampling extends AxisGrid {
  readonly method: Interpolation;
  /** Samples outside the old grid, half a pixel beyond its outermost centres: continued, or 0. */
  readonly beyond: "continued" | "zero";
}

/** The old pixels that each new one is a weighted sum of. */
interface Taps {
  /** Old pixels along the axis. */
  readonly size: number;
  readonly perSample: number;
  readonly pixels: Int32Array;
  readonly weights: Float64Array;
}

/**
 * How many pixels on either side of a position take part in its value, to the last digit of a double.
 *
 * @example tapReach("linear") // => 1
 */
export function tapReach(method: Interpolation): number {
  return method === "cubic-spline" ? splineReach : 1;
}

/**
 * Interpolates along one axis of a grid.
 *
 * @param axis 0, 1 or 2 for x, y or z.
 * @returns The grid with `count` pixels along that axis.
 * @example sampleAxis(Float64Array.of(0, 2), [2, 1, 1], 0, { count: 3, first: 0, step: 0.5, method: "linear", beyond: "continued" }) // => [0, 1, 2]
 */
export function sampleAxis(
  values: Float64Array,
  dimensions: Dimensions,
  axis: 0 | 1 | 2,
  sampling: AxisSampling,
): Float64Array {
  const size = dimensions[axis];
  const stride = dimensions.slice(0, axis).reduce((product, n) => product * n, 1);
  const source = sampling.method === "cubic-spline" ? splineCoefficients(values, size, stride) : values;
  const taps = tapsOf(size, sampling);
  const sampled = new Float64Array((values.length / size) * sampling.count);
  if (stride === 1) sampleRows(source, taps, sampled);
  else sampleLines(source, taps, sampled, stride);
  return sampled;
}

/** Along x, where the pixels of a line are neighbours in memory. */
function sampleRows(
  source: Float64Array,
  { size, perSample, pixels, weights }: Taps,
  sampled: Float64Array,
): void {
  const count = pixels.length / perSample;
  for (let row = 0, target = 0; target < sampled.length; row += size)
    for (let tap = 0; tap < count * perSample; target++) {
      let sum = 0;
      // 0 times an infinite neighbour would not be 0.
      for (const end = tap + perSample; tap < end; tap++)
        if (weights[tap] !== 0) sum += weights[tap] * source[row + pixels[tap]];
      sampled[target] = sum;
    }
}

/** Along y or z: `stride` lines beside one another at a time. */
function sampleLines(
  source: Float64Array,
  { size, perSample, pixels, weights }: Taps,
  sampled: Float64Array,
  stride: number,
): void {
  const taps = pixels.length;
  for (let start = 0, target = 0; target < sampled.length; start += size * stride)
    for (let tap = 0; tap < taps; tap++) {
      const [weight, from] = [weights[tap], start + pixels[tap] * stride];
      if (weight !== 0) for (let j = 0; j < stride; j++) sampled[target + j] += weight * source[from + j];
      if ((tap + 1) % perSample === 0) target += stride;
    }
}

function tapsOf(size: number, { count, first, step, method, beyond }: AxisSampling): Taps {
  const perSample = { nearest: 1, linear: 2, "cubic-spline": 4 }[method];
  const [pixels, weights] = [new Int32Array(count * perSample), new Float64Array(count * perSample)];
  for (let k = 0; k < count; k++) {
    const at = first + k * step;
    if (beyond === "zero" && !(at >= -0.5 && at < size - 0.5)) continue;
    const below = Math.floor(at);
    if (method === "nearest") {
      pixels[k] = clamp(Math.floor(at + 0.5), size);
      weights[k] = 1;
    } else if (method === "linear") {
      pixels.set([clamp(below, size), clamp(below + 1, size)], 2 * k);
      weights.set([1 - (at - below), at - below], 2 * k);
    } else {
      for (let tap = 0; tap < 4; tap++) pixels[4 * k + tap] = mirror(below - 1 + tap, size);
      weights.set(splineWeights(at - below), 4 * k);
    }
  }
  return { size, perSample, pixels, weights };
}

function clamp(pixel: number, size: number): number {
  return Math.min(size - 1, Math.max(0, pixel));
}

/** Mirrored about the centre of the outermost pixel, as spline coefficients are continued. */
function mirror(pixel: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const at = ((pixel % period) + period) % period;
  return at < size ? at : period - at;
}
