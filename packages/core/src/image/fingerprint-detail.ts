import { type ImageFingerprint, thumbnailOf } from "./fingerprint.ts";

/** A thumbnail in which only local detail is left: what tells one tissue from another, whatever gain and depth. */
export interface ThumbnailDetail {
  readonly columns: number;
  readonly rows: number;
  /** Cell minus the mean around it over the standard deviation around it; 0 outside the tissue. */
  readonly values: Float64Array;
  /** 1 where the cell shows tissue. */
  readonly tissue: Uint8Array;
}

/** Half the side of the square around a cell, in cells. */
const RADIUS = 6;

/** Standard deviation, in steps, below which detail is the rounding of levels. */
const ROUNDING = 0.75;

/**
 * The local detail of a thumbnail. Means and deviations are taken over tissue alone, so that the border of a fan, which
 * images of one scanner share, is no detail.
 */
export function thumbnailDetail(fingerprint: ImageFingerprint): ThumbnailDetail {
  const { columns, rows } = fingerprint;
  const levels = thumbnailOf(fingerprint);
  const tissue = Uint8Array.from(levels, (level) => (level > 0 ? 1 : 0));
  const stride = columns + 1;
  const counts = new Float64Array(stride * (rows + 1));
  const sums = new Float64Array(counts.length);
  const squares = new Float64Array(counts.length);
  for (let y = 0, p = 0; y < rows; y++)
    for (let x = 0; x < columns; x++, p++) {
      const to = (y + 1) * stride + x + 1;
      const level = levels[p] * tissue[p];
      counts[to] = counts[to - 1] + counts[to - stride] - counts[to - stride - 1] + tissue[p];
      sums[to] = sums[to - 1] + sums[to - stride] - sums[to - stride - 1] + level;
      squares[to] = squares[to - 1] + squares[to - stride] - squares[to - stride - 1] + level * level;
    }
  const values = new Float64Array(levels.length);
  for (let y = 0, p = 0; y < rows; y++) {
    const top = Math.max(0, y - RADIUS) * stride;
    const bottom = Math.min(rows, y + RADIUS + 1) * stride;
    for (let x = 0; x < columns; x++, p++) {
      if (tissue[p] === 0) continue;
      const left = Math.max(0, x - RADIUS);
      const right = Math.min(columns, x + RADIUS + 1);
      const a = bottom + right;
      const b = bottom + left;
      const c = top + right;
      const d = top + left;
      const count = counts[a] - counts[b] - counts[c] + counts[d];
      const mean = (sums[a] - sums[b] - sums[c] + sums[d]) / count;
      const square = (squares[a] - squares[b] - squares[c] + squares[d]) / count;
      const variance = Math.max(0, square - mean * mean);
      values[p] = (levels[p] - mean) / (Math.sqrt(variance) + ROUNDING);
    }
  }
  return { columns, rows, values, tissue };
}
