import { reachedFrom } from "./flood.ts";
import type { Image, Mask } from "./image.ts";

/** 1 for pixels of level 0 that are connected, by rows and columns of zeros, to the edge of their slice. */
export function blackSurround({ dimensions: [width, height, depth], values }: Image): Uint8Array {
  const surround = new Uint8Array(values.length);
  const plane = width * height;
  for (let z = 0; z < depth; z++) {
    const black = blackFromEdge(values.subarray(z * plane, (z + 1) * plane), width);
    if (black !== null) surround.set(black, z * plane);
  }
  return surround;
}

/** Null where no pixel of the edge has level 0. */
function blackFromEdge(levels: Image["values"], width: number): Uint8Array | null {
  const seeds: number[] = [];
  const visit = (p: number) => {
    if (levels[p] === 0) seeds.push(p);
  };
  for (let x = 0; x < width; x++) {
    visit(x);
    visit(levels.length - width + x);
  }
  for (let row = 0; row < levels.length; row += width) {
    visit(row);
    visit(row + width - 1);
  }
  if (seeds.length === 0) return null;
  const isBlack = new Uint8Array(levels.length);
  for (let p = 0; p < levels.length; p++) if (levels[p] === 0) isBlack[p] = 1;
  return reachedFrom(seeds, isBlack, width);
}

/**
 * The part of an ultrasound frame that shows tissue, without the black surround of a fan or of a scanner's screen.
 *
 * Level 0 that reaches the edge of the frame may be surround, or a shadow that reaches the lower edge. A field of view is
 * convex, but for the skin line of a curved array: what hangs together with the lesion, and what lies between parts of
 * it, is tissue, unless black and above all tissue of its column. Marks apart from it are none.
 *
 * @param lesion On the grid of the image.
 * @returns 1 for tissue, the lesion included; shape of the image. A slice without level 0 at its edge is all tissue.
 */
export function fieldOfView({ dimensions, values }: Image, lesion: Mask): Uint8Array {
  const [width, height, depth] = dimensions;
  const plane = width * height;
  const tissue = new Uint8Array(values.length);
  for (let z = 0; z < depth; z++) {
    const [start, end] = [z * plane, (z + 1) * plane];
    const black = blackFromEdge(values.subarray(start, end), width);
    const shown = tissue.subarray(start, end);
    if (black === null) shown.fill(1);
    else
      fillConvex(connectedTissue(black, lesion.values.subarray(start, end), width), black, { shown, width });
  }
  return tissue;
}

function connectedTissue(black: Uint8Array, lesion: Uint8Array, width: number): Uint8Array {
  const seeds: number[] = [];
  const isOpen = new Uint8Array(black.length);
  for (let p = 0; p < black.length; p++) {
    if (black[p] === 0 || lesion[p] !== 0) isOpen[p] = 1;
    // A run of the lesion is reached from its first pixel.
    if (lesion[p] !== 0 && (p % width === 0 || lesion[p - 1] === 0)) seeds.push(p);
  }
  return reachedFrom(seeds, isOpen, width);
}

interface Shown {
  /** Set to 1 where tissue is. */
  readonly shown: Uint8Array;
  readonly width: number;
}

/** Fills each row between the convex sides of the connected tissue, from the first pixel of a column that is not black. */
function fillConvex(connected: Uint8Array, black: Uint8Array, { shown, width }: Shown): void {
  const height = connected.length / width;
  const [first, last] = [new Float64Array(height).fill(NaN), new Float64Array(height).fill(NaN)];
  for (let y = 0; y < height; y++) {
    const row = connected.subarray(y * width, (y + 1) * width);
    const x = row.indexOf(1);
    if (x < 0) continue;
    // Both are least at the outside, so that one function makes both convex.
    first[y] = x;
    last[y] = -row.lastIndexOf(1);
  }
  const [left, right] = [convexBelow(first), convexBelow(last)];
  const isBelowSkin = new Uint8Array(width);
  for (let y = 0; y < height; y++) {
    if (Number.isNaN(left[y])) continue;
    for (let x = Math.ceil(left[y] - 1e-9); x <= Math.floor(1e-9 - right[y]); x++) {
      const p = y * width + x;
      if (black[p] === 0) isBelowSkin[x] = 1;
      if (isBelowSkin[x] !== 0) shown[p] = 1;
    }
  }
}

/**
 * The largest convex function below some values.
 *
 * @param values NaN where there is none.
 * @returns Shape of `values`; NaN before the first and after the last value.
 * @source Andrew 1979, Information Processing Letters 9:216-219 (the lower half of the monotone chain).
 * @example [...convexBelow(Float64Array.of(0, 5, NaN, 3))] // => [0, 1, 2, 3]
 */
export function convexBelow(values: Float64Array): Float64Array {
  const corners: number[] = [];
  for (let y = 0; y < values.length; y++) {
    if (Number.isNaN(values[y])) continue;
    while (
      corners.length > 1 &&
      isAboveChord(values, corners[corners.length - 2], corners[corners.length - 1], y)
    )
      corners.pop();
    corners.push(y);
  }
  const below = new Float64Array(values.length).fill(NaN);
  for (let k = 0; k < corners.length; k++) {
    const [from, to] = [corners[k], corners[Math.min(k + 1, corners.length - 1)]];
    below[from] = values[from];
    for (let y = from + 1; y < to; y++)
      below[y] = values[from] + ((y - from) / (to - from)) * (values[to] - values[from]);
  }
  return below;
}

function isAboveChord(values: Float64Array, from: number, middle: number, to: number): boolean {
  return (values[middle] - values[from]) * (to - from) >= (values[to] - values[from]) * (middle - from);
}
