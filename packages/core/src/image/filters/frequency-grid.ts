import { fourierTransform } from "../../math/fft.ts";

/** Frequencies of a grid of the IBSI's isotropic filters, -1 to 1 along each axis, in the order of a transform. */
export function frequencyAxis(size: number): Float64Array {
  const half = Math.floor(size / 2);
  // linspace(-1, 1, size) with its middle moved to the front.
  return Float64Array.from({ length: size }, (_, k) =>
    size === 1 ? 0 : -1 + (2 * ((k + half) % size)) / (size - 1),
  );
}

/** A frequency response at a point of the grid, given by its frequencies. */
export interface FrequencyResponse {
  /** Real part, or imaginary part where `isImaginary`. */
  readonly at: (frequencies: readonly [x: number, y: number, z: number]) => number;
  readonly isImaginary: boolean;
}

/**
 * Filters a periodic grid in place by a frequency response that is real or imaginary.
 *
 * @param sizes Two or three sizes, x first.
 */
export function filterByFrequency(
  values: Float64Array,
  sizes: readonly number[],
  response: FrequencyResponse,
): void {
  const imaginary = new Float64Array(values.length);
  fourierTransform(values, imaginary, sizes, "forward");
  const [xs, ys, zs] = [0, 1, 2].map((axis) => frequencyAxis(sizes[axis] ?? 1));
  let k = 0;
  for (const z of zs)
    for (const y of ys)
      for (const x of xs) {
        const factor = response.at([x, y, z]);
        const [re, im] = [values[k], imaginary[k]];
        values[k] = response.isImaginary ? -factor * im : factor * re;
        imaginary[k] = response.isImaginary ? factor * re : factor * im;
        k++;
      }
  fourierTransform(values, imaginary, sizes, "inverse");
}
