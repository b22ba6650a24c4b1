/** Indices of four points that do not lie in a plane. */
export type SpanningPoints = readonly [number, number, number, number];

/**
 * Four of the given points that span as much as the farthest can: the first, that farthest from it, that farthest from the
 * line through both, and that farthest from the plane through the three.
 *
 * @param points x, y and z of each; shape [3 n].
 * @returns Null where the points lie in a plane. Whole numbers are decided exactly.
 * @example spanningPoints(Int32Array.of(0, 0, 0, 1, 0, 0, 4, 0, 0, 0, 2, 0, 1, 1, 0, 1, 1, 1)) // => [0, 2, 3, 5]
 */
export function spanningPoints(points: Int32Array | Float64Array): SpanningPoints | null {
  const from = (a: number, b: number): Vector => [
    points[3 * b] - points[3 * a],
    points[3 * b + 1] - points[3 * a + 1],
    points[3 * b + 2] - points[3 * a + 2],
  ];
  const farthest = (measure: (point: number) => number): number => {
    let [most, at] = [0, -1];
    for (let k = 0; k < points.length / 3; k++) {
      const size = measure(k);
      if (size > most) [most, at] = [size, k];
    }
    return at;
  };
  const b = farthest((k) => dot(from(0, k), from(0, k)));
  if (b < 0) return null;
  const along = from(0, b);
  const c = farthest((k) => {
    const across = cross(along, from(0, k));
    return dot(across, across);
  });
  if (c < 0) return null;
  const normal = cross(along, from(0, c));
  const d = farthest((k) => Math.abs(dot(normal, from(0, k))));
  return d < 0 ? null : [0, b, c, d];
}

type Vector = readonly [number, number, number];

function dot(u: Vector, v: Vector): number {
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

function cross(u: Vector, v: Vector): Vector {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}
