import type { Image } from "../image.ts";
import { type Range, boundaryIndex } from "./boundary.ts";
import type { Boundary } from "./image-filter.ts";

/** Pixels of a line of an image, which may reach beyond its edge: where each of them is read. */
export interface ExtendedLine {
  /** Index in the source's line; -1 for zero. */
  readonly indices: Int32Array;
  /** Those from `from` to before `to` lie inside the image, one beside the other. */
  readonly from: number;
  readonly to: number;
}

/**
 * Where the pixels of a line are read.
 *
 * @param range Coordinates, beyond the edge too.
 * @param sourceFirst Coordinate of the first pixel that the source holds of a line.
 * @example [...extendedLine([-2, 3], 0, { size: 2, boundary: "mirror" }).indices] // => [1, 0, 0, 1, 1]
 */
export function extendedLine(
  [first, last]: Range,
  sourceFirst: number,
  { size, boundary }: { readonly size: number; readonly boundary: Boundary },
): ExtendedLine {
  const indices = Int32Array.from({ length: last - first }, (_, k) => {
    const at = boundaryIndex(first + k, size, boundary);
    return at < 0 ? -1 : at - sourceFirst;
  });
  const from = Math.min(indices.length, Math.max(0, -first));
  return { indices, from, to: Math.max(from, Math.min(indices.length, size - first)) };
}

/** Writes a line that starts at `start` of the source to `into`, from index `at` on. */
export function readLine(
  source: Image["values"],
  start: number,
  { indices, from, to }: ExtendedLine,
  { into, at }: { readonly into: Float64Array; readonly at: number },
): void {
  for (let k = 0; k < from; k++) into[at + k] = indices[k] < 0 ? 0 : source[start + indices[k]];
  const inside = start + indices[from];
  if (from < to) into.set(source.subarray(inside, inside + to - from), at + from);
  for (let k = to; k < indices.length; k++) into[at + k] = indices[k] < 0 ? 0 : source[start + indices[k]];
}
