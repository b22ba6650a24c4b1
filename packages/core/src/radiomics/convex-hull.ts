/** A point in a plane. */
export type Point = readonly [x: number, y: number];

/**
 * The corners of the convex hull of points, counter-clockwise from the leftmost; points on its edges are left out.
 *
 * @param points Whole-number coordinates, so that turns are decided exactly.
 * @source Andrew 1979, Information Processing Letters 9:216-219 (monotone chain).
 * @example convexHull([[0, 0], [2, 0], [1, 0], [2, 2], [1, 1]]) // => [[0, 0], [2, 0], [2, 2]]
 */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 2) return sorted;
  const lower = chain(sorted);
  const upper = chain(sorted.toReversed());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function chain(sorted: readonly Point[]): Point[] {
  const corners: Point[] = [];
  for (const point of sorted) {
    while (corners.length > 1 && turn(corners[corners.length - 2], corners[corners.length - 1], point) <= 0)
      corners.pop();
    corners.push(point);
  }
  return corners;
}

/** Twice the signed area of the triangle a b c, above 0 for a left turn. */
function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/**
 * The area of a polygon.
 *
 * @example polygonArea([[0, 0], [2, 0], [2, 2]]) // => 2
 */
export function polygonArea(corners: readonly Point[]): number {
  let twice = 0;
  for (let k = 1; k + 1 < corners.length; k++) twice += turn(corners[0], corners[k], corners[k + 1]);
  return Math.abs(twice) / 2;
}

/**
 * The perimeter of a polygon.
 *
 * @example polygonPerimeter([[0, 0], [3, 0], [3, 4]]) // => 12
 */
export function polygonPerimeter(corners: readonly Point[]): number {
  return corners.reduce((sum, corner, k) => sum + separation(corner, corners[(k + 1) % corners.length]), 0);
}

/**
 * The largest distance between two corners, the maximum caliper diameter of a convex polygon.
 *
 * @example polygonDiameter([[0, 0], [3, 0], [3, 4]]) // => 5
 */
export function polygonDiameter(corners: readonly Point[]): number {
  let largest = 0;
  for (let k = 0; k < corners.length; k++)
    for (let l = k + 1; l < corners.length; l++)
      largest = Math.max(largest, separation(corners[k], corners[l]));
  return largest;
}

/**
 * The smallest distance between two parallel lines that hold a convex polygon; one of them lies along an edge.
 *
 * @example polygonWidth([[0, 0], [4, 0], [4, 2], [0, 2]]) // => 2
 */
export function polygonWidth(corners: readonly Point[]): number {
  let smallest = Infinity;
  for (let k = 0; k < corners.length; k++) {
    const [a, b] = [corners[k], corners[(k + 1) % corners.length]];
    let farthest = 0;
    for (const corner of corners) farthest = Math.max(farthest, Math.abs(turn(a, b, corner)));
    smallest = Math.min(smallest, farthest / separation(a, b));
  }
  return smallest;
}

function separation(a: Point, b: Point): number {
  const [dx, dy] = [a[0] - b[0], a[1] - b[1]];
  return Math.sqrt(dx * dx + dy * dy);
}
