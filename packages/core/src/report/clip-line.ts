/** A point of a line. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * The part of a line at or above a height, cut where it crosses; a gap starts a new piece.
 *
 * @param points In drawing order.
 * @returns Pieces of at least two points.
 * @example clipAbove([{ x: 0, y: 1 }, { x: 1, y: -1 }], 0) // => [[{"x":0,"y":1},{"x":0.5,"y":0}]]
 */
export function clipAbove(points: readonly LinePoint[], minimum: number): readonly (readonly LinePoint[])[] {
  const pieces: LinePoint[][] = [[]];
  points.forEach((point, i) => {
    const before = points[i - 1];
    const isInside = point.y >= minimum;
    if (before !== undefined && before.y >= minimum !== isInside) {
      const share = (minimum - before.y) / (point.y - before.y);
      pieces.at(-1)!.push({ x: before.x + share * (point.x - before.x), y: minimum });
      if (!isInside) pieces.push([]);
    }
    if (isInside) pieces.at(-1)!.push(point);
  });
  return pieces.filter((piece) => piece.length > 1);
}

/**
 * The part of a line between two heights, cut where it crosses them.
 *
 * @example clipBetween([{ x: 0, y: 0 }, { x: 1, y: 2 }], 0, 1) // => [[{"x":0,"y":0},{"x":0.5,"y":1}]]
 */
export function clipBetween(
  points: readonly LinePoint[],
  minimum: number,
  maximum: number,
): readonly (readonly LinePoint[])[] {
  const flipped = (piece: readonly LinePoint[]) => piece.map(({ x, y }) => ({ x, y: -y || 0 }));
  return clipAbove(points, minimum).flatMap((piece) => clipAbove(flipped(piece), -maximum).map(flipped));
}
