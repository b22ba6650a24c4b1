import { cos, sin } from "./elementary.ts";
import { type Complex, radixPass } from "./fft-passes.ts";

/** Whether a transform goes from pixels to frequencies or back. */
export type FourierDirection = "forward" | "inverse";

/** Room for lines side by side: value k of line l is at k * lines + l. */
export type LinePair = [lines: Complex, spare: Complex];

/** How lines of one size are transformed; made once, used for all of them. */
export interface LinePlan {
  readonly size: number;
  /** Values a line that the room must hold, at least `size`. */
  readonly roomSize: number;
  /** Transforms `lines` lines; the result, not divided by the size, comes first in the pair that is returned. */
  readonly transform: (room: LinePair, lines: number) => LinePair;
}

/** Prime factors above this are slower as a pass of their own than by a convolution. */
const largestPass = 19;

/** The way to transform lines of a size. */
export function planLines(size: number, direction: FourierDirection): LinePlan {
  const radices = radicesOf(size);
  return radices.some((radix) => radix > largestPass)
    ? planByConvolution(size, direction)
    : planByPasses(size, radices, direction);
}

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

/** Values that are zero. */
export function emptyComplex(length: number): Complex {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

function planByPasses(size: number, radices: readonly number[], direction: FourierDirection): LinePlan {
  const twiddles = unitRoots(size, direction);
  return {
    size,
    roomSize: size,
    transform: (room, lines) => {
      let [from, to] = room;
      let [length, stride] = [size, lines];
      for (const radix of radices) {
        radixPass(from, to, { radix, length, stride, twiddles, step: size / length });
        length /= radix;
        stride *= radix;
        [from, to] = [to, from];
      }
      return [from, to];
    },
  };
}

/**
 * A transform of any size as a convolution of a smooth size: since jk = (j² + k² - (k - j)²) / 2, with w = exp(∓πi/n),
 * X_k = w^(k²) Σ_j x_j w^(j²) w^(-(k - j)²).
 */
function planByConvolution(size: number, direction: FourierDirection): LinePlan {
  const roomSize = smoothSize(2 * size - 1);
  const radices = radicesOf(roomSize);
  const [forward, inverse] = (["forward", "inverse"] as const).map((way) =>
    planByPasses(roomSize, radices, way),
  );
  const chirp = chirpOf(size, direction);
  const kernel = emptyComplex(roomSize);
  for (let k = 0; k < size; k++)
    for (const at of [k, (roomSize - k) % roomSize]) {
      kernel.re[at] = chirp.re[k] / roomSize;
      kernel.im[at] = -chirp.im[k] / roomSize;
    }
  const [spectrum] = forward.transform([kernel, emptyComplex(roomSize)], 1);
  return {
    size,
    roomSize,
    transform: (room, lines) => {
      multiplyLines(room[0], chirp, size, lines);
      room[0].re.fill(0, size * lines, roomSize * lines);
      room[0].im.fill(0, size * lines, roomSize * lines);
      const frequencies = forward.transform(room, lines);
      multiplyLines(frequencies[0], spectrum, roomSize, lines);
      const result = inverse.transform(frequencies, lines);
      multiplyLines(result[0], chirp, size, lines);
      return result;
    },
  };
}

/** Multiplies value k of each line by factor k. */
function multiplyLines({ re, im }: Complex, factors: Complex, size: number, lines: number): void {
  for (let k = 0, at = 0; k < size; k++) {
    const wr = factors.re[k];
    const wi = factors.im[k];
    for (const end = at + lines; at < end; at++) {
      const r = re[at];
      re[at] = r * wr - im[at] * wi;
      im[at] = r * wi + im[at] * wr;
    }
  }
}

/** exp(∓πi k² / size) for k = 0 .. size - 1. */
function chirpOf(size: number, direction: FourierDirection): Complex {
  const chirp = emptyComplex(size);
  const roots = unitRoots(2 * size, direction);
  for (let k = 0; k < size; k++) {
    chirp.re[k] = roots.re[(k * k) % (2 * size)];
    chirp.im[k] = roots.im[(k * k) % (2 * size)];
  }
  return chirp;
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
