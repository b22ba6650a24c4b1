import { type Mask } from "./image.ts";

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
export function pixelCount(mask: Mask): number {
  let count = 0;
  for (const value of mask.values) if (value !== 0) count++;
  return count;
}

/**
 * The smallest box that holds all pixels inside a mask.
 *
 * @returns Null where the mask is empty.
 * @example boundingBox({ dimensions: [3, 2, 1], values: Uint8Array.of(0, 0, 0, 0, 1, 1) }) // => { "x": 1, "y": 1, "z": 0, "width": 2, "height": 1, "depth": 1 }
 */
export function boundingBox(mask: Mask): BoundingBox | null {
  const [width, height, depth] = mask.dimensions;
  let [left, right, top, bottom, front, back] = [width, -1, height, -1, depth, -1];
  for (let z = 0, row = 0; z < depth; z++)
    for (let y = 0; y < height; y++, row += width) {
      const first = firstInside(mask.values, row, row + width);
      if (first < 0) continue;
      const last = lastInside(mask.values, row, row + width);
      left = Math.min(left, first - row);
      right = Math.max(right, last - row);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      front = Math.min(front, z);
      back = z;
    }
  if (right < 0) return null;
  const size = { width: right - left + 1, height: bottom - top + 1, depth: back - front + 1 };
  return { x: left, y: top, z: front, ...size };
}

function firstInside(values: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) if (values[at] !== 0) return at;
  return -1;
}

function lastInside(values: Uint8Array, from: number, to: number): number {
  for (let at = to - 1; at >= from; at--) if (values[at] !== 0) return at;
  return -1;
}

/**
 * Whether a mask reaches the edge of its grid in the plane of the slices, where the lesion may be cut.
 *
 * @example touchesBorder({ dimensions: [3, 3, 1], values: Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0) }) // => false
 */
export function touchesBorder(mask: Mask): boolean {
  const box = boundingBox(mask);
  if (box === null) return false;
  const [width, height] = mask.dimensions;
  return box.x === 0 || box.y === 0 || box.x + box.width === width || box.y + box.height === height;
}
