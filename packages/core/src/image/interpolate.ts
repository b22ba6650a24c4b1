import { type Dimensions } from "./image.ts";
import { splineCoefficients, splineWeights } from "./cubic-spline.ts";
import { type Interpolation } from "./resampling.ts";

/** New samples along an axis: `count` of them, the first at `first`, each `step` further, in old pixels. */
export interface AxisSampling {
  readonly count: number;
  readonly first: number;
  readonly step: number;
  readonly method: Interpolation;
}

/** The old pixels that each new one is a weighted sum of. */
interface Taps {
  readonly perSample: number;
  readonly pixels: Int32Array;
  readonly weights: Float64Array;
}

/**
 * Interpolates along one axis of a grid.
 *
 * @returns The grid with `count` pixels along that axis.
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
  const { perSample, pixels, weights } = tapsOf(size, sampling);
  const groups = values.length / (size * stride);
  const sampled = new Float64Array(groups * sampling.count * stride);
  for (let group = 0; group < groups; group++)
    for (let k = 0; k < sampling.count; k++) {
      const target = (group * sampling.count + k) * stride;
      for (let tap = k * perSample; tap < (k + 1) * perSample; tap++) {
        const weight = weights[tap];
        if (weight === 0) continue;
        const start = (group * size + pixels[tap]) * stride;
        for (let j = 0; j < stride; j++) sampled[target + j] += weight * source[start + j];
      }
    }
  return sampled;
}

function tapsOf(size: number, { count, first, step, method }: AxisSampling): Taps {
  const perSample = { nearest: 1, linear: 2, "cubic-spline": 4 }[method];
  const [pixels, weights] = [new Int32Array(count * perSample), new Float64Array(count * perSample)];
  for (let k = 0; k < count; k++) {
    const at = first + k * step;
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
  return { perSample, pixels, weights };
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
