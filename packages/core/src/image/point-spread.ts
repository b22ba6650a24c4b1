import { exp } from "../math/elementary.ts";

/** A complex field on a grid: the demodulated echo signal, row-major. */
export interface ComplexField {
  readonly width: number;
  readonly height: number;
  readonly re: Float32Array;
  readonly im: Float32Array;
}

/** Gaussian point-spread function, separable along (axial) and across (lateral) the beam. */
export interface PointSpread {
  /** Standard deviation of the pulse along the beam in row y, in pixels: the deeper, the longer. */
  readonly axialPx: (y: number) => number;
  /** Standard deviation across the beam in row y, in pixels: narrow at the focus, wider before and behind it. */
  readonly lateralPx: (y: number) => number;
}

/**
 * The field as the scanner receives it: convolved along the beam with the pulse and across it with the beam.
 *
 * The pulse's carrier is left out: after demodulation it only turns the phase of each scatterer, which is random anyway.
 *
 * @param field Overwritten with the result; zero beyond its border.
 * @param spread Kernels keep the energy of incoherent scatterers: their squares sum to 1.
 */
export function convolvePointSpread(field: ComplexField, spread: PointSpread): void {
  const scratch = new Float32Array(field.re.length);
  const axial = Array.from({ length: field.height }, (_, y) => gaussianKernel(spread.axialPx(y)));
  const lateral = Array.from({ length: field.height }, (_, y) => gaussianKernel(spread.lateralPx(y)));
  for (const part of [field.re, field.im]) {
    convolveColumns(part, scratch, field, axial);
    convolveRows(scratch, part, field, lateral);
  }
}

/** Half of a symmetric kernel, centre first; squares over the whole kernel sum to 1. */
function gaussianKernel(sigma: number): Float32Array {
  const reach = Math.max(1, Math.ceil(2.6 * sigma));
  const half = Float32Array.from({ length: reach + 1 }, (_, i) => exp((-i * i) / (2 * sigma * sigma)));
  const energy = half.reduce((sum, value, i) => sum + (i === 0 ? 1 : 2) * value * value, 0);
  return half.map((value) => value / Math.sqrt(energy));
}

function convolveColumns(
  from: Float32Array,
  to: Float32Array,
  { width, height }: ComplexField,
  halves: readonly Float32Array[],
): void {
  to.fill(0);
  for (let y = 0; y < height; y++) {
    const [row, half] = [y * width, halves[y]];
    for (let offset = 1 - half.length; offset < half.length; offset++) {
      if (y + offset < 0 || y + offset >= height) continue;
      const [weight, source] = [half[Math.abs(offset)], (y + offset) * width];
      for (let x = 0; x < width; x++) to[row + x] += weight * from[source + x];
    }
  }
}

function convolveRows(
  from: Float32Array,
  to: Float32Array,
  { width, height }: ComplexField,
  halves: readonly Float32Array[],
): void {
  const reach = halves.reduce((most, half) => Math.max(most, half.length - 1), 0);
  const line = new Float32Array(width + 2 * reach);
  for (let y = 0; y < height; y++) {
    const half = halves[y];
    line.set(from.subarray(y * width, (y + 1) * width), reach);
    for (let x = 0; x < width; x++) {
      let sum = half[0] * line[reach + x];
      for (let k = 1; k < half.length; k++) sum += half[k] * (line[reach + x - k] + line[reach + x + k]);
      to[y * width + x] = sum;
    }
  }
}
