import type { Mask } from "./image.ts";

/** A box of pixels: first corner and size along x, y and z. */
export interface BoundingBox {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
}

/**
 * The number of pixels inside a mask.
 *
 * @example pixelCount({ dimensions: [3, 1, 1], values: Uint8Array.of(0, 1, 1) }) // => 2
 */
export function pixelCount({ values }: Mask): number {
  let count = 0;
  for (let p = 0; p < values.length; p++) if (values[p] !== 0) count++;
  return count;
}

/**
 * The smallest box that holds all pixels inside a mask.
 *
 * @returns Null where the mask is empty.
 * @example boundingBox({ dimensions: [3, 2, 1], values: Uint8Array.of(0, 0, 0, 0, 1, 1) }) // => { "x": 1, "y": 1, "z": 0, "width": 2, "height": 1, "depth": 1 }
 */
export function boundingBox(mask: Mask): BoundingBox | null {
  const { dimensions, values } = mask;
  const [width, height] = dimensions;
  const first = firstInside(values, 0, values.length);
  if (first < 0) return null;
  const last = lastInside(values, first, values.length);
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let row = first - (first % width); row <= last; row += width) {
    // Only what would widen the box is looked at.
    const start = firstInside(values, row, row + (right < 0 ? width : left));
    if (start >= 0) left = start - row;
    const end = lastInside(values, row + Math.max(right + 1, left), row + width);
    if (end >= 0) right = end - row;
    if (start < 0 && end < 0 && firstInside(values, row + left, row + right + 1) < 0) continue;
    const y = (row / width) % height;
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const [front, back] = [first, last].map((p) => Math.floor(p / (width * height)));
  const size = { width: right - left + 1, height: bottom - top + 1, depth: back - front + 1 };
  return { x: left, y: top, z: front, ...size };
}

/** Stretches from here on are looked at four pixels a step, for masks are mostly empty. */
const longStretch = 64;

/**
 * The first position from `from` on, and before `to`, whose value is not 0; -1 where there is none.
 *
 * @example firstInside(Uint8Array.of(1, 0, 0, 1), 1, 4) // => 3
 */
export function firstInside(values: Uint8Array | Uint16Array, from: number, to: number): number {
  const size = values.BYTES_PER_ELEMENT;
  const aWord = 4 / size;
  let at = from;
  if (to - from >= longStretch) {
    const near = from + longStretch / 4;
    for (; at < near || (values.byteOffset + at * size) % 4 !== 0; at++) if (values[at] !== 0) return at;
    const words = new Uint32Array(
      values.buffer,
      values.byteOffset + at * size,
      Math.floor((to - at) / aWord),
    );
    let word = 0;
    while (word < words.length && words[word] === 0) word++;
    at += aWord * word;
  }
  for (; at < to; at++) if (values[at] !== 0) return at;
  return -1;
}

function lastInside(values: Uint8Array, from: number, to: number): number {
  let at = to;
  if (to - from >= longStretch) {
    for (; (values.byteOffset + at) % 4 !== 0; at--) if (values[at - 1] !== 0) return at - 1;
    const count = (at - from) >> 2;
    const words = new Uint32Array(values.buffer, values.byteOffset + at - 4 * count, count);
    let word = count;
    while (word > 0 && words[word - 1] === 0) word--;
    at -= 4 * (count - word);
  }
  for (; at > from; at--) if (values[at - 1] !== 0) return at - 1;
  return -1;
}

/**
 * Whether a mask reaches the edge of its grid in the plane of the slices, where the lesion may be cut.
 *
 * @example touchesBorder({ dimensions: [3, 3, 1], values: Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0) }) // => false
 */
export function touchesBorder({ dimensions: [width, height, depth], values }: Mask): boolean {
  for (let z = 0; z < depth; z++) {
    const [first, last] = [z * height * width, (z + 1) * height * width - width];
    if (firstInside(values, first, first + width) >= 0 || firstInside(values, last, last + width) >= 0)
      return true;
    for (let row = first; row <= last; row += width)
      if (values[row] !== 0 || values[row + width - 1] !== 0) return true;
  }
  return false;
}
