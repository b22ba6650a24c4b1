import type { Image } from "./image.ts";

/** A rectangle of a slice in pixels; its sides may lie between pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Grey levels of one slice, summed from the upper left corner, so that the mean of a rectangle costs four look-ups. */
export interface SummedSlice {
  readonly width: number;
  readonly height: number;
  /** Shape [(height + 1) * (width + 1)]. */
  readonly sums: Float64Array;
}

/**
 * Sums of the grey levels above and left of every corner of a pixel.
 *
 * @param z Number of the slice.
 * @source Crow 1984, Computer Graphics 18:207-212.
 */
export function summedSlice({ dimensions: [width, height], values }: Image, z: number): SummedSlice {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    const from = (z * height + y) * width;
    const to = (y + 1) * (width + 1) + 1;
    for (let x = 0; x < width; x++) {
      row += values[from + x];
      sums[to + x] = sums[to + x - width - 1] + row;
    }
  }
  return { width, height, sums };
}

/**
 * A rectangle of a slice on a grid of its own, each cell the mean of what it covers; beyond the edge the slice goes on as
 * its outermost pixels.
 *
 * @param box Of positive size; may reach beyond the slice.
 * @returns Shape [rows * columns].
 */
export function meanCells(slice: SummedSlice, box: Box, columns: number, rows: number): Float64Array {
  const xs = cellSides(box.left, box.right, columns, slice.width);
  const ys = cellSides(box.top, box.bottom, rows, slice.height);
  const cells = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [left, right] = [xs[2 * column], xs[2 * column + 1]];
      const [top, bottom] = [ys[2 * row], ys[2 * row + 1]];
      const sum =
        sumTo(slice, right, bottom) -
        sumTo(slice, left, bottom) -
        sumTo(slice, right, top) +
        sumTo(slice, left, top);
      cells[row * columns + column] = sum / ((right - left) * (bottom - top));
    }
  return cells;
}

/** Both sides of each cell, moved inside the slice where the cell lies beyond it; shape [2 * cells]. */
function cellSides(from: number, to: number, cells: number, size: number): Float64Array {
  const sides = new Float64Array(2 * cells);
  for (let cell = 0; cell < cells; cell++) {
    const near = from + ((to - from) * cell) / cells;
    const far = from + ((to - from) * (cell + 1)) / cells;
    const least = Math.min(1, far - near);
    sides[2 * cell] = Math.min(Math.max(near, 0), size - least);
    sides[2 * cell + 1] = Math.max(Math.min(far, size), sides[2 * cell] + least);
  }
  return sides;
}

/** Sum above and left of a point; between the corners of pixels it is bilinear, since levels are constant in a pixel. */
function sumTo({ width, height, sums }: SummedSlice, x: number, y: number): number {
  const [column, row] = [Math.min(Math.floor(x), width - 1), Math.min(Math.floor(y), height - 1)];
  const [right, below] = [x - column, y - row];
  const corner = row * (width + 1) + column;
  const next = corner + width + 1;
  const upper = sums[corner] + right * (sums[corner + 1] - sums[corner]);
  const lower = sums[next] + right * (sums[next + 1] - sums[next]);
  return upper + below * (lower - upper);
}
