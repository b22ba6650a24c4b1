import { exp } from "../math/elementary.ts";
import { reachedFrom } from "../image/flood.ts";
import type { LesionFrame } from "./ultrasound-frame.ts";

/** The outer border of a lesion as a closed curve of equally spaced points, clockwise on the screen. */
export interface LesionBorder {
  /** Coordinates of the points, in the unit of the frame's pixels, pixel (0, 0) having its centre at the origin. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Unit vectors that point out of the lesion. */
  readonly normalX: Float64Array;
  readonly normalY: Float64Array;
  readonly length: number;
}

/** Points of a border. */
export const borderPoints = 512;

/** Standard deviation of the smoothing along the border that takes the pixels' corners away, in R; at least a pixel. */
const fineScale = 0.03;

/**
 * The outer border of the largest part of a lesion.
 *
 * @param scale Standard deviation of the Gaussian that smooths it, in R; not below one pixel.
 */
export function traceBorder(frame: LesionFrame, scale = fineScale): LesionBorder {
  const [sizeX, sizeY] = frame.pixel;
  const corners = traceCorners(largestPart(frame), frame.width);
  const count = corners.length / 2;
  const [x, y] = [new Float64Array(count), new Float64Array(count)];
  for (let k = 0; k < count; k++) {
    // Middles of pixel edges: the polygon of marching squares.
    const next = (k + 1) % count;
    x[k] = ((corners[2 * k] + corners[2 * next]) / 2 - 0.5) * sizeX;
    y[k] = ((corners[2 * k + 1] + corners[2 * next + 1]) / 2 - 0.5) * sizeY;
  }
  const even = resample(x, y);
  const sigma = Math.max(scale * frame.radius, sizeX, sizeY) / (even.length / borderPoints);
  return withNormals(smoothClosed(even.x, sigma), smoothClosed(even.y, sigma));
}

/** The component of most pixels that share an edge, 1 inside. */
function largestPart({ inside, width }: LesionFrame): Uint8Array {
  const left = inside.slice();
  let [largest, most] = [inside, 0];
  for (let seed = left.indexOf(1); seed >= 0; seed = left.indexOf(1, seed)) {
    const part = reachedFrom([seed], left, width);
    let pixels = 0;
    for (let p = seed; p < part.length; p++)
      if (part[p] !== 0) {
        pixels++;
        left[p] = 0;
      }
    if (pixels > most) [largest, most] = [part, pixels];
  }
  return largest;
}

/** Corners of pixels along the outer border, clockwise on the screen, x and y by turns; the region lies to the right. */
function traceCorners(inside: Uint8Array, width: number): number[] {
  const height = inside.length / width;
  const isInside = (x: number, y: number) =>
    x >= 0 && x < width && y >= 0 && y < height && inside[y * width + x] !== 0;
  const first = inside.indexOf(1);
  const [startX, startY] = [first % width, Math.floor(first / width)];
  const corners: number[] = [];
  let [x, y, dx, dy] = [startX, startY, 1, 0];
  do {
    corners.push(x, y);
    x += dx;
    y += dy;
    // Pixels ahead, to the right and to the left; those that touch at a corner only are kept apart.
    const isRight = isInside(x + (dx - dy - 1) / 2, y + (dy + dx - 1) / 2);
    const isLeft = isInside(x + (dx + dy - 1) / 2, y + (dy - dx - 1) / 2);
    if (!isRight) [dx, dy] = [-dy, dx];
    else if (isLeft) [dx, dy] = [dy, -dx];
  } while (x !== startX || y !== startY || dx !== 1);
  return corners;
}

/** Points at equal distances along a closed polygon. */
function resample(x: Float64Array, y: Float64Array): { x: Float64Array; y: Float64Array; length: number } {
  const count = x.length;
  const along = new Float64Array(count + 1);
  for (let k = 0; k < count; k++) {
    const next = (k + 1) % count;
    const [dx, dy] = [x[next] - x[k], y[next] - y[k]];
    along[k + 1] = along[k] + Math.sqrt(dx * dx + dy * dy);
  }
  const even = { x: new Float64Array(borderPoints), y: new Float64Array(borderPoints), length: along[count] };
  for (let point = 0, k = 0; point < borderPoints; point++) {
    const at = (point * along[count]) / borderPoints;
    while (along[k + 1] < at) k++;
    const share = along[k + 1] > along[k] ? (at - along[k]) / (along[k + 1] - along[k]) : 0;
    const next = (k + 1) % count;
    even.x[point] = x[k] + share * (x[next] - x[k]);
    even.y[point] = y[k] + share * (y[next] - y[k]);
  }
  return even;
}

/** Convolution with a Gaussian around a closed curve. */
function smoothClosed(values: Float64Array, sigma: number): Float64Array {
  const reach = Math.min(Math.ceil(4 * sigma), borderPoints / 2 - 1);
  const weights = Float64Array.from({ length: reach + 1 }, (_, k) => exp((-k * k) / (2 * sigma * sigma)));
  const total = 2 * weights.reduce((sum, weight) => sum + weight, 0) - weights[0];
  return values.map((value, point) => {
    let sum = weights[0] * value;
    for (let k = 1; k <= reach; k++)
      sum +=
        weights[k] * (values[(point + k) % borderPoints] + values[(point - k + borderPoints) % borderPoints]);
    return sum / total;
  });
}

function withNormals(x: Float64Array, y: Float64Array): LesionBorder {
  const [normalX, normalY] = [new Float64Array(borderPoints), new Float64Array(borderPoints)];
  let length = 0;
  for (let k = 0; k < borderPoints; k++) {
    const [before, after] = [(k + borderPoints - 1) % borderPoints, (k + 1) % borderPoints];
    const [alongX, alongY] = [x[after] - x[before], y[after] - y[before]];
    const norm = Math.sqrt(alongX * alongX + alongY * alongY);
    // Clockwise on the screen, the outside is to the left.
    normalX[k] = norm === 0 ? 0 : alongY / norm;
    normalY[k] = norm === 0 ? 0 : -alongX / norm;
    const [dx, dy] = [x[after] - x[k], y[after] - y[k]];
    length += Math.sqrt(dx * dx + dy * dy);
  }
  return { x, y, normalX, normalY, length };
}
