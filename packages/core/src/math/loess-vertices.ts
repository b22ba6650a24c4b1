/** R's share of a span's points above which a cell is cut. */
const CELL = 0.2;

/**
 * Where R's `loess()` fits its polynomials: the edges of the cells of a k-d tree over one predictor.
 *
 * @param sorted Predictor values in ascending order, at least one.
 * @param span Share of the points in a neighbourhood.
 * @returns Ascending vertices; the first and last lie 0.5 % of the range outside the data.
 * @source Cleveland & Grosse 1991, Stat Comput 1:47-62; cell 0.2 and margin 0.005 as R's loess.
 * @example loessVertices(Float64Array.of(0, 1, 2, 3), 10) // => [-0.015,3.015]
 */
export function loessVertices(sorted: Float64Array, span: number): Float64Array {
  const n = sorted.length;
  const largest = Math.floor(n * span * CELL);
  const [low, high] = [sorted[0], sorted[n - 1]];
  const margin = 0.005 * Math.max(high - low, 1e-10 * Math.max(Math.abs(low), Math.abs(high)) + 1e-30);
  const vertices = [low - margin, high + margin];
  const cells: [first: number, last: number, left: number, right: number][] = [
    [0, n - 1, vertices[0], vertices[1]],
  ];
  for (let cell = cells.pop(); cell !== undefined; cell = cells.pop()) {
    const [first, last, left, right] = cell;
    if (last - first + 1 <= largest) continue;
    const middle = cutPosition(sorted, first, last);
    const cut = sorted[middle];
    if (cut === left || cut === right) continue;
    vertices.push(cut);
    cells.push([first, middle, left, cut], [middle + 1, last, cut, right]);
  }
  return Float64Array.from(vertices).toSorted();
}

/** The middle point, or the nearest to it that differs from its successor: +1, -1, +2, … until one leaves the cell. */
function cutPosition(sorted: Float64Array, first: number, last: number): number {
  const middle = Math.floor((first + last) / 2);
  let offset = 0;
  while (middle + offset < last && middle + offset >= first) {
    if (sorted[middle + offset] !== sorted[middle + offset + 1]) return middle + offset;
    offset = offset > 0 ? -offset : 1 - offset;
  }
  return middle;
}
