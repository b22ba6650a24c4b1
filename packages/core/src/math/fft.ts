import { type Complex, radixPass } from "./fft-passes.ts";
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
    radixPass(from, to, { radix, length, stride, twiddles, step: size / length });
    length /= radix;
    stride *= radix;
    [from, to] = [to, from];
  }
  scatterLines(from.re, values.re, size, block);
  scatterLines(from.im, values.im, size, block);
}

/** Copies lines together, side by side; returns whether any value is not zero. */
function gatherLines(values: Complex, into: Complex, size: number, block: LineBlock): boolean {
  const isReal = copyLines(values.re, into.re, size, block);
  const isImaginary = copyLines(values.im, into.im, size, block);
  return isReal || isImaginary;
}

function copyLines(values: Float64Array, into: Float64Array, size: number, block: LineBlock): boolean {
  const { start, lines, alongStep, acrossStep } = block;
  let isZero = true;
  for (let line = 0; line < lines; line++) {
    let at = start + line * acrossStep;
    for (let to = line; to < size * lines; to += lines) {
      const value = values[at];
      if (value !== 0) isZero = false;
      into[to] = value;
      at += alongStep;
    }
  }
  return !isZero;
}

function scatterLines(lined: Float64Array, into: Float64Array, size: number, block: LineBlock): void {
  const { start, lines, alongStep, acrossStep } = block;
  for (let line = 0; line < lines; line++) {
    let at = start + line * acrossStep;
    for (let from = line; from < size * lines; from += lines) {
      into[at] = lined[from];
      at += alongStep;
    }
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
