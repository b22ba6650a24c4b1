import type { Boundary } from "./image-filter.ts";

/** Coordinates from the first to before the last. */
export type Range = readonly [first: number, last: number];

/**
 * The pixel of a line that stands for a coordinate, which may lie outside.
 *
 * @param coordinate A whole number.
 * @param size Pixels of the line, at least 1.
 * @returns In 0 .. size - 1; -1 for a zero outside.
 * @source IBSI reference manual on filters, 2.3 (boundary conditions).
 * @example [-2, -1, 0, 3, 4].map((at) => boundaryIndex(at, 3, "mirror")) // => [1, 0, 0, 2, 1]
 * @example [-1, 3].map((at) => boundaryIndex(at, 3, "periodic")) // => [2, 0]
 */
export function boundaryIndex(coordinate: number, size: number, boundary: Boundary): number {
  if (coordinate >= 0 && coordinate < size) return coordinate;
  switch (boundary) {
    case "zero":
      return -1;
    case "nearest":
      return coordinate < 0 ? 0 : size - 1;
    case "periodic":
      return modulo(coordinate, size);
    case "mirror": {
      const at = modulo(coordinate, 2 * size);
      return at < size ? at : 2 * size - 1 - at;
    }
  }
}

function modulo(value: number, size: number): number {
  return ((value % size) + size) % size;
}

/**
 * The coordinates of a line that a filter reads for a range of responses.
 *
 * @param reach Pixels that it looks back and ahead, each at least 0.
 */
export function rangeRead(
  [first, last]: Range,
  reach: readonly [back: number, ahead: number],
  size: number,
  boundary: Boundary,
): Range {
  const [from, to] = [first - reach[0], last + reach[1]];
  if (boundary === "periodic" && (from < 0 || to > size)) return [0, size];
  return [Math.max(0, from), Math.min(size, to)];
}
