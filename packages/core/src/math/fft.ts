import { cos, sin } from "./elementary.ts";

/** Whether a transform goes from pixels to frequencies or back. */
export type FourierDirection = "forward" | "inverse";

/**
 * The next size whose prime factors are 2, 3 and 5, for which transforms are fast.
 *
 * @param size At least 1.
 * @example [1, 7, 97, 121].map(smoothSize) // => [1, 8, 100, 125]
 */
export function smoothSize(size: number): number {
  for (let candidate = Math.max(1, Math.ceil(size)); ; candidate++) {
    let rest = candidate;
    for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime;
    if (rest === 1) return candidate;
  }
}

/**
 * Replaces values on a grid by their discrete Fourier transform.
 *
 * @param re Real parts, the first axis fastest; shape [sizes[0] * sizes[1] * ...].
 * @param im Imaginary parts.
 * @param sizes Any, but fast where prime factors are small.
 * @param direction The inverse divides by the number of values, so that it takes the forward transform back.
 * @source Stockham's transform in radices 4, 2, 3, 5 and others; Van Loan 1992, Computational Frameworks for the Fast
 *   Fourier Transform, 1.7.
 */
export function fourierTransform(
  re: Float64Array,
  im: Float64Array,
  sizes: readonly number[],
  direction: FourierDirection,
): void {
  let inner = 1;
  for (const size of sizes) {
    if (size > 1) transformAxis({ re, im }, size, inner, direction);
    inner *= size;
  }
  if (direction === "forward") return;
  for (let k = 0; k < re.length; k++) {
    re[k] /= inner;
    im[k] /= inner;
  }
}

/** Complex values. */
interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Transforms along an axis of `size`, for all `inner` values of the faster axes at once. */
function transformAxis(values: Complex, size: number, inner: number, direction: FourierDirection): void {
  const chunk = size * inner;
  const twiddles = unitRoots(size, direction);
  const radices = radicesOf(size);
  let [from, to] = [emptyComplex(chunk), emptyComplex(chunk)];
  for (let start = 0; start < values.re.length; start += chunk) {
    from.re.set(values.re.subarray(start, start + chunk));
    from.im.set(values.im.subarray(start, start + chunk));
    let [length, stride] = [size, inner];
    for (const radix of radices) {
      pass(from, to, { radix, length, stride, twiddles, step: size / length });
      length /= radix;
      stride *= radix;
      [from, to] = [to, from];
    }
    values.re.set(from.re, start);
    values.im.set(from.im, start);
  }
}

function emptyComplex(length: number): Complex {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

/** exp(∓2πi k / size) for k = 0 .. size - 1. */
function unitRoots(size: number, direction: FourierDirection): Complex {
  const roots = emptyComplex(size);
  const sign = direction === "forward" ? -1 : 1;
  for (let k = 0; k < size; k++) {
    const angle = (2 * Math.PI * k) / size;
    roots.re[k] = cos(angle);
    roots.im[k] = sign * sin(angle);
  }
  return roots;
}

function radicesOf(size: number): number[] {
  const radices: number[] = [];
  let rest = size;
  for (const radix of [4, 2, 3, 5])
    while (rest % radix === 0) {
      radices.push(radix);
      rest /= radix;
    }
  for (let prime = 7; rest > 1; prime += 2)
    while (rest % prime === 0) {
      radices.push(prime);
      rest /= prime;
    }
  return radices;
}

interface Stage {
  readonly radix: number;
  /** Length of the transforms that remain. */
  readonly length: number;
  readonly stride: number;
  /** Roots of the whole axis; those of this stage are `step` apart. */
  readonly twiddles: Complex;
  readonly step: number;
}

function pass(from: Complex, to: Complex, stage: Stage): void {
  if (stage.radix === 2) passOfTwo(from, to, stage);
  else if (stage.radix === 4) passOfFour(from, to, stage);
  else passOfAny(from, to, stage);
}

function passOfTwo(from: Complex, to: Complex, { length, stride, twiddles, step }: Stage): void {
  const half = length / 2;
  for (let p = 0; p < half; p++) {
    const [wr, wi] = [twiddles.re[p * step], twiddles.im[p * step]];
    const [a, b] = [stride * p, stride * (p + half)];
    const target = 2 * stride * p;
    for (let q = 0; q < stride; q++) {
      const [ar, ai, br, bi] = [from.re[a + q], from.im[a + q], from.re[b + q], from.im[b + q]];
      to.re[target + q] = ar + br;
      to.im[target + q] = ai + bi;
      const [dr, di] = [ar - br, ai - bi];
      to.re[target + stride + q] = dr * wr - di * wi;
      to.im[target + stride + q] = dr * wi + di * wr;
    }
  }
}

function passOfFour(from: Complex, to: Complex, { length, stride, twiddles, step }: Stage): void {
  const quarter = length / 4;
  const { re: fr, im: fi } = from;
  const { re: tr, im: ti } = to;
  // The fourth root of 1 that turns as the transform does: -i forward, i back.
  const turn = quarter * step;
  const sign = twiddles.im[turn] > 0 ? 1 : -1;
  for (let p = 0; p < quarter; p++) {
    const [w1, w2, w3] = [p * step, 2 * p * step, 3 * p * step];
    const [u1, v1, u2, v2] = [twiddles.re[w1], twiddles.im[w1], twiddles.re[w2], twiddles.im[w2]];
    const [u3, v3] = [twiddles.re[w3], twiddles.im[w3]];
    const a = stride * p;
    const [b, c, d] = [a + stride * quarter, a + 2 * stride * quarter, a + 3 * stride * quarter];
    const target = 4 * stride * p;
    for (let q = 0; q < stride; q++) {
      const evenR = fr[a + q] + fr[c + q];
      const evenI = fi[a + q] + fi[c + q];
      const oddR = fr[a + q] - fr[c + q];
      const oddI = fi[a + q] - fi[c + q];
      const sumR = fr[b + q] + fr[d + q];
      const sumI = fi[b + q] + fi[d + q];
      const turnedR = -sign * (fi[b + q] - fi[d + q]);
      const turnedI = sign * (fr[b + q] - fr[d + q]);
      const t = target + q;
      tr[t] = evenR + sumR;
      ti[t] = evenI + sumI;
      let [r, i] = [oddR + turnedR, oddI + turnedI];
      tr[t + stride] = r * u1 - i * v1;
      ti[t + stride] = r * v1 + i * u1;
      [r, i] = [evenR - sumR, evenI - sumI];
      tr[t + 2 * stride] = r * u2 - i * v2;
      ti[t + 2 * stride] = r * v2 + i * u2;
      [r, i] = [oddR - turnedR, oddI - turnedI];
      tr[t + 3 * stride] = r * u3 - i * v3;
      ti[t + 3 * stride] = r * v3 + i * u3;
    }
  }
}

function passOfAny(from: Complex, to: Complex, { radix, length, stride, twiddles, step }: Stage): void {
  const part = length / radix;
  const size = length * step;
  for (let p = 0; p < part; p++)
    for (let j = 0; j < radix; j++) {
      const target = stride * (radix * p + j);
      to.re.fill(0, target, target + stride);
      to.im.fill(0, target, target + stride);
      for (let k = 0; k < radix; k++) {
        // Root of the butterfly, jk / radix, times the twiddle, pj / length.
        const root = (j * k * part * step + p * j * step) % size;
        const [wr, wi] = [twiddles.re[root], twiddles.im[root]];
        const source = stride * (p + part * k);
        for (let q = 0; q < stride; q++) {
          const [r, i] = [from.re[source + q], from.im[source + q]];
          to.re[target + q] += r * wr - i * wi;
          to.im[target + q] += r * wi + i * wr;
        }
      }
    }
}
