import { cos, exp, sin } from "../../math/elementary.ts";

/** A Gabor kernel exp(-(x'² + γ² y'²) / 2σ²) exp(2πi x' / λ), where x' and y' are turned by an angle. */
export interface GaborKernel {
  readonly sigma: number;
  readonly wavelength: number;
  readonly aspectRatio: number;
  /** In radians, clockwise. */
  readonly angle: number;
}

/** The part of a kernel's transform that is not negligible, which may go round the end of an axis. */
export interface GaborBand {
  readonly firstColumn: number;
  readonly columns: number;
  readonly firstRow: number;
  readonly rows: number;
  /** The transform, which is real, divided by the number of values of the grid; shape [rows, columns]. */
  readonly weights: Float64Array;
}

/** Exponents of the transform's Gaussian that are left out: it is 1e-7 of its maximum there. */
const negligibleExponent = 16;

/**
 * The discrete transform of a Gabor kernel, repeated with the period of a grid.
 *
 * @param sizes Columns and rows of the grid.
 * @source Fourier pair of a Gaussian: 2πσ²/γ exp(-2π²σ² ((f' - 1/λ)² + f''²/γ²)), f turned as x is. What lies beyond the
 *   highest frequency of the grid comes back from the other end (Poisson summation).
 */
export function gaborBand(
  { sigma, wavelength, aspectRatio, angle }: GaborKernel,
  sizes: readonly [columns: number, rows: number],
): GaborBand {
  const [c, s] = [cos(angle), sin(angle)];
  // Precisions of the transform along and across the wave, 1 / variance in cycles a pixel.
  const along = 4 * Math.PI * Math.PI * sigma * sigma;
  const across = along / (aspectRatio * aspectRatio);
  const reach = Math.sqrt(2 * negligibleExponent);
  const xs = axisOf(c / wavelength, reach * Math.sqrt((c * c) / along + (s * s) / across), sizes[0]);
  const ys = axisOf(s / wavelength, reach * Math.sqrt((s * s) / along + (c * c) / across), sizes[1]);
  const exponent = {
    xx: (c * c * along + s * s * across) / 2,
    xy: c * s * (along - across),
    yy: (s * s * along + c * c * across) / 2,
  };
  const peak = (2 * Math.PI * sigma * sigma) / (aspectRatio * sizes[0] * sizes[1]);
  const weights = new Float64Array(xs.count * ys.count);
  for (let row = 0; row < ys.span; row++) {
    const into = weights.subarray((row % ys.count) * xs.count, ((row % ys.count) + 1) * xs.count);
    addLine(into, xs, exponent, { dy: (ys.first + row) * ys.step - ys.centre, peak });
  }
  return { firstColumn: xs.start, columns: xs.count, firstRow: ys.start, rows: ys.count, weights };
}

/** Frequencies of an axis from `first` on: `span` of them, which fall on `count` of the grid, the first at `start`. */
interface BandAxis {
  readonly first: number;
  readonly span: number;
  readonly count: number;
  readonly start: number;
  /** Cycles a pixel between frequencies, and at the peak. */
  readonly step: number;
  readonly centre: number;
}

function axisOf(centre: number, reach: number, size: number): BandAxis {
  const first = Math.ceil((centre - reach) * size);
  const span = Math.max(1, Math.floor((centre + reach) * size) - first + 1);
  const start = ((first % size) + size) % size;
  return { first, span, count: Math.min(span, size), start, step: 1 / size, centre };
}

/** The Gaussian exp(-(xx dx² + xy dx dy + yy dy²)) around the peak. */
interface Exponent {
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Adds a row of the Gaussian, from its largest value to both sides, each value from the one before. */
function addLine(
  into: Float64Array,
  { first, span, count, step, centre }: BandAxis,
  { xx, xy, yy }: Exponent,
  { dy, peak }: { readonly dy: number; readonly peak: number },
): void {
  const largestAt = Math.round((centre - (xy * dy) / (2 * xx)) / step) - first;
  const middle = Math.max(0, Math.min(span - 1, largestAt));
  const dx = (first + middle) * step - centre;
  const value = exp(-(xx * dx * dx + xy * dx * dy + yy * dy * dy));
  const least = exp(-negligibleExponent);
  const change = exp(-2 * xx * step * step);
  if (value < least) return;
  into[middle % count] += peak * value;
  for (const side of [1, -1]) {
    let current = value;
    let ratio = exp(-(xx * step * (side * 2 * dx + step) + side * xy * step * dy));
    for (let k = middle + side; k >= 0 && k < span && current >= least; k += side) {
      current *= ratio;
      ratio *= change;
      into[k % count] += peak * current;
    }
  }
}
