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

/** Lines that are transformed side by side: as many as stay in the cache. */
const blockLines = 32;

/** Transforms along an axis of `size`; `inner` is the number of values of the faster axes. */
function transformAxis(values: Complex, size: number, inner: number, direction: FourierDirection): void {
  const plan: AxisPlan = {
    size,
    twiddles: unitRoots(size, direction),
    radices: radicesOf(size),
    memory: [emptyComplex(size * blockLines), emptyComplex(size * blockLines)],
  };
  const chunk = size * inner;
  if (inner === 1) {
    const lines = values.re.length / size;
    for (let line = 0; line < lines; line += blockLines)
      transformBlock(values, plan, {
        start: line * size,
        lines: Math.min(blockLines, lines - line),
        alongStep: 1,
        acrossStep: size,
      });
    return;
  }
  for (let start = 0; start < values.re.length; start += chunk)
    for (let line = 0; line < inner; line += blockLines)
      transformBlock(values, plan, {
        start: start + line,
        lines: Math.min(blockLines, inner - line),
        alongStep: inner,
        acrossStep: 1,
      });
}

interface AxisPlan {
  readonly size: number;
  readonly twiddles: Complex;
  readonly radices: readonly number[];
  readonly memory: readonly [Complex, Complex];
}

/** Lines side by side: value k of line l is at start + k * alongStep + l * acrossStep. */
interface LineBlock {
  readonly start: number;
  readonly lines: number;
  readonly alongStep: number;
  readonly acrossStep: number;
}

function transformBlock(
  values: Complex,
  { size, twiddles, radices, memory }: AxisPlan,
  block: LineBlock,
): void {
  let [from, to] = memory;
  // Lines of zeros, as padding has many of, stay zero.
  if (!gatherLines(values, from, size, block)) return;
  let [length, stride] = [size, block.lines];
  for (const radix of radices) {
    pass(from, to, { radix, length, stride, twiddles, step: size / length });
    length /= radix;
    stride *= radix;
    [from, to] = [to, from];
  }
  const { start, lines, alongStep, acrossStep } = block;
  for (let k = 0; k < size; k++)
    for (let line = 0; line < lines; line++) {
      const at = start + k * alongStep + line * acrossStep;
      values.re[at] = from.re[k * lines + line];
      values.im[at] = from.im[k * lines + line];
    }
}

/** Copies lines together; returns whether any value is not zero. */
function gatherLines(values: Complex, into: Complex, size: number, block: LineBlock): boolean {
  const { start, lines, alongStep, acrossStep } = block;
  let isZero = true;
  for (let k = 0; k < size; k++)
    for (let line = 0; line < lines; line++) {
      const at = start + k * alongStep + line * acrossStep;
      const re = values.re[at];
      const im = values.im[at];
      if (re !== 0 || im !== 0) isZero = false;
      into.re[k * lines + line] = re;
      into.im[k * lines + line] = im;
    }
  return !isZero;
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
  const { re: fr, im: fi } = from;
  const { re: tr, im: ti } = to;
  const half = length / 2;
  for (let p = 0; p < half; p++) {
    const wr = twiddles.re[p * step];
    const wi = twiddles.im[p * step];
    const a = stride * p;
    const b = stride * (p + half);
    const target = 2 * stride * p;
    for (let q = 0; q < stride; q++) {
      const dr = fr[a + q] - fr[b + q];
      const di = fi[a + q] - fi[b + q];
      tr[target + q] = fr[a + q] + fr[b + q];
      ti[target + q] = fi[a + q] + fi[b + q];
      tr[target + stride + q] = dr * wr - di * wi;
      ti[target + stride + q] = dr * wi + di * wr;
    }
  }
}

function passOfFour(from: Complex, to: Complex, { length, stride, twiddles, step }: Stage): void {
  const quarter = length / 4;
  const { re: fr, im: fi } = from;
  const { re: tr, im: ti } = to;
  // The fourth root of 1 that turns as the transform does: -i forward, i back.
  const sign = twiddles.im[quarter * step] > 0 ? 1 : -1;
  for (let p = 0; p < quarter; p++) {
    const w = p * step;
    const u1 = twiddles.re[w];
    const v1 = twiddles.im[w];
    const u2 = twiddles.re[2 * w];
    const v2 = twiddles.im[2 * w];
    const u3 = twiddles.re[3 * w];
    const v3 = twiddles.im[3 * w];
    const a = stride * p;
    const b = a + stride * quarter;
    const c = b + stride * quarter;
    const d = c + stride * quarter;
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
      const r1 = oddR + turnedR;
      const i1 = oddI + turnedI;
      tr[t + stride] = r1 * u1 - i1 * v1;
      ti[t + stride] = r1 * v1 + i1 * u1;
      const r2 = evenR - sumR;
      const i2 = evenI - sumI;
      tr[t + 2 * stride] = r2 * u2 - i2 * v2;
      ti[t + 2 * stride] = r2 * v2 + i2 * u2;
      const r3 = oddR - turnedR;
      const i3 = oddI - turnedI;
      tr[t + 3 * stride] = r3 * u3 - i3 * v3;
      ti[t + 3 * stride] = r3 * v3 + i3 * u3;
    }
  }
}

function passOfAny(from: Complex, to: Complex, { radix, length, stride, twiddles, step }: Stage): void {
  const { re: fr, im: fi } = from;
  const { re: tr, im: ti } = to;
  const part = length / radix;
  const size = length * step;
  for (let p = 0; p < part; p++)
    for (let j = 0; j < radix; j++) {
      const target = stride * (radix * p + j);
      tr.fill(0, target, target + stride);
      ti.fill(0, target, target + stride);
      for (let k = 0; k < radix; k++) {
        // Root of the butterfly, jk / radix, times the twiddle, pj / length.
        const root = (j * k * part * step + p * j * step) % size;
        const wr = twiddles.re[root];
        const wi = twiddles.im[root];
        const source = stride * (p + part * k);
        for (let q = 0; q < stride; q++) {
          const r = fr[source + q];
          const i = fi[source + q];
          tr[target + q] += r * wr - i * wi;
          ti[target + q] += r * wi + i * wr;
        }
      }
    }
}
