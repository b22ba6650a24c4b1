/** The smallest rectangle around points: its sides, and the direction of the first. */
export interface Rectangle {
  readonly width: number;
  readonly height: number;
  /** Cosine and sine of the angle from the first axis to the side that is `width` long. */
  readonly direction: readonly [cosine: number, sine: number];
}

/**
 * The rectangle of the smallest area, turned at will, that holds points.
 *
 * @param us First coordinates of the points; shape [n], n at least 1.
 * @param vs Second coordinates.
 * @returns Sides of 0 where the points lie on a line or are one.
 * @source Freeman & Shapira 1975, Commun ACM 18:409-413 (a side lies along an edge of the hull); Toussaint 1983, Proc
 *   IEEE MELECON (rotating calipers).
 * @example minimumRectangle(Float64Array.of(0, 2, 3, 1), Float64Array.of(1, 0, 2, 3)).width // => 2.23606797749979
 */
export function minimumRectangle(us: Float64Array, vs: Float64Array): Rectangle {
  const hull = hullOf(us, vs);
  const size = hull.length;
  if (size < 3) return lineThrough(us, vs, hull);
  let best: Rectangle = { width: Infinity, height: Infinity, direction: [1, 0] };
  // Corners farthest along the edge, away from it, and against it; each moves on as the edge turns.
  let [ahead, across, behind] = [1, 1, 1];
  for (let k = 0; k < size; k++) {
    const [from, to] = [hull[k], hull[(k + 1) % size]];
    const [du, dv] = [us[to] - us[from], vs[to] - vs[from]];
    const length = Math.sqrt(du * du + dv * dv);
    const [c, s] = [du / length, dv / length];
    const along = (at: number) => c * us[hull[at % size]] + s * vs[hull[at % size]];
    const away = (at: number) => c * vs[hull[at % size]] - s * us[hull[at % size]];
    ahead = Math.max(ahead, k + 1);
    while (along(ahead + 1) > along(ahead)) ahead++;
    across = Math.max(across, ahead);
    while (away(across + 1) > away(across)) across++;
    behind = Math.max(behind, across);
    while (along(behind + 1) < along(behind)) behind++;
    const [width, height] = [along(ahead) - along(behind), away(across) - away(k)];
    if (width * height < best.width * best.height) best = { width, height, direction: [c, s] };
  }
  return best;
}

function lineThrough(us: Float64Array, vs: Float64Array, hull: readonly number[]): Rectangle {
  const [from, to] = [hull[0], hull[hull.length - 1]];
  const [du, dv] = [us[to] - us[from], vs[to] - vs[from]];
  const width = Math.sqrt(du * du + dv * dv);
  return { width, height: 0, direction: width === 0 ? [1, 0] : [du / width, dv / width] };
}

/** Corners nearer to each other than this share of the extent are one, so that rounding does not decide which is farther. */
const sameCorner = 1e-9;

/** Points at the corners of the hull, counter-clockwise, by Andrew's monotone chain. */
function hullOf(us: Float64Array, vs: Float64Array): number[] {
  const sorted = Array.from(us, (_, k) => k).sort((a, b) => us[a] - us[b] || vs[a] - vs[b]);
  const hull: number[] = [];
  const extend = (at: number, least: number) => {
    while (hull.length > least) {
      const [a, b] = [hull[hull.length - 2], hull[hull.length - 1]];
      const turn = (us[b] - us[a]) * (vs[at] - vs[a]) - (vs[b] - vs[a]) * (us[at] - us[a]);
      if (turn > 0) break;
      hull.pop();
    }
    hull.push(at);
  };
  for (const at of sorted) extend(at, 1);
  const lower = hull.length;
  for (let k = sorted.length - 2; k >= 0; k--) extend(sorted[k], lower);
  return withoutRepeats(us, vs, hull);
}

function withoutRepeats(us: Float64Array, vs: Float64Array, hull: readonly number[]): number[] {
  const apart = (a: number, b: number) => Math.max(Math.abs(us[a] - us[b]), Math.abs(vs[a] - vs[b]));
  const extent = hull.reduce((largest, corner) => Math.max(largest, apart(corner, hull[0])), 0);
  const corners: number[] = [];
  for (const corner of hull)
    if (corners.length === 0 || apart(corner, corners[corners.length - 1]) > sameCorner * extent)
      corners.push(corner);
  while (corners.length > 1 && apart(corners[0], corners[corners.length - 1]) <= sameCorner * extent)
    corners.pop();
  return corners;
}
