import type { Complex } from "./fft-passes.ts";
import { type FourierDirection, type LinePair, type LinePlan, emptyComplex, planLines } from "./fft-plan.ts";

export type { Complex } from "./fft-passes.ts";
export { type FourierDirection, smoothSize } from "./fft-plan.ts";

/**
 * Replaces values on a grid by their discrete Fourier transform.
 *
 * @param re Real parts, the first axis fastest; shape [sizes[0] * sizes[1] * ...].
 * @param im Imaginary parts.
 * @param sizes Any, but fast where prime factors are small.
 * @param direction The inverse divides by the number of values, so that it takes the forward transform back.
 * @source Stockham's transform in radices 4, 2, 3, 5 and others; Van Loan 1992, Computational Frameworks for the Fast
 *   Fourier Transform, 1.7. Sizes with a large prime factor: Bluestein 1970, IEEE Trans Audio Electroacoust 18:451-455.
 */
export function fourierTransform(
  re: Float64Array,
  im: Float64Array,
  sizes: readonly number[],
  direction: FourierDirection,
): void {
  let inner = 1;
  for (const size of sizes) {
    createAxisTransform(size, direction)({ re, im }, inner);
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

/** Replaces the lines along an axis of a grid by their transforms; `inner` is the number of values of the faster axes. */
export type AxisTransform = (values: Complex, inner: number) => void;

/**
 * Discrete Fourier transforms along one axis of grids. Neither direction divides.
 *
 * @param size Of the axis.
 * @returns Keeps its room, for those who transform many grids.
 */
export function createAxisTransform(size: number, direction: FourierDirection): AxisTransform {
  const plan = planLines(size, direction);
  const length = plan.roomSize * blockLines;
  const room: LinePair = [emptyComplex(length), emptyComplex(length)];
  return (values, inner) => {
    if (size < 2) return;
    const total = values.re.length;
    if (inner === 1)
      for (let start = 0; start < total; start += size * blockLines) {
        const lines = Math.min(blockLines, (total - start) / size);
        transformBlock(values, plan, room, { start, lines, alongStep: 1, acrossStep: size });
      }
    else
      for (let start = 0; start < total; start += size * inner)
        for (let line = 0; line < inner; line += blockLines) {
          const lines = Math.min(blockLines, inner - line);
          transformBlock(values, plan, room, { start: start + line, lines, alongStep: inner, acrossStep: 1 });
        }
  };
}

/** Lines side by side: value k of line l is at start + k * alongStep + l * acrossStep. */
interface LineBlock {
  readonly start: number;
  readonly lines: number;
  readonly alongStep: number;
  readonly acrossStep: number;
}

function transformBlock(values: Complex, plan: LinePlan, room: LinePair, block: LineBlock): void {
  // Lines of zeros, as padding has many of, stay zero.
  const isReal = gatherLines(values.re, room[0].re, plan.size, block);
  const isImaginary = gatherLines(values.im, room[0].im, plan.size, block);
  if (!isReal && !isImaginary) return;
  const [transformed] = plan.transform(room, block.lines);
  scatterLines(transformed.re, values.re, plan.size, block);
  scatterLines(transformed.im, values.im, plan.size, block);
}

/** Copies lines together, side by side; returns whether any value is not zero. */
function gatherLines(values: Float64Array, into: Float64Array, size: number, block: LineBlock): boolean {
  const { start, lines, alongStep, acrossStep } = block;
  let isZero = true;
  if (acrossStep === 1) {
    for (let k = 0, to = 0, from = start; k < size; k++, from += alongStep)
      for (let line = 0; line < lines; line++, to++) {
        const value = values[from + line];
        if (value !== 0) isZero = false;
        into[to] = value;
      }
    return !isZero;
  }
  for (let line = 0; line < lines; line++)
    for (let to = line, from = start + line * acrossStep; to < size * lines; to += lines, from += alongStep) {
      const value = values[from];
      if (value !== 0) isZero = false;
      into[to] = value;
    }
  return !isZero;
}

function scatterLines(lined: Float64Array, into: Float64Array, size: number, block: LineBlock): void {
  const { start, lines, alongStep, acrossStep } = block;
  if (acrossStep === 1) {
    for (let k = 0, from = 0, to = start; k < size; k++, to += alongStep)
      for (let line = 0; line < lines; line++, from++) into[to + line] = lined[from];
    return;
  }
  for (let line = 0; line < lines; line++)
    for (let from = line, to = start + line * acrossStep; from < size * lines; from += lines, to += alongStep)
      into[to] = lined[from];
}
