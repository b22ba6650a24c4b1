import { atan2, cos, exp, pow, sin } from "../math/elementary.ts";
import type { Random } from "../math/random.ts";

/** A star-shaped contour: its radius in mm at equally spaced angles, clockwise on the screen from the x axis. */
export interface LesionOutline {
  readonly radiusMm: Float64Array;
}

/** What shapes an outline. */
export interface OutlineShape {
  /** Largest diameter in mm. */
  readonly diameterMm: number;
  /** Short over long axis of the ellipse with the second moments of the outline's area, in (0, 1]. */
  readonly aspectRatio: number;
  /** Angle of the long axis to the skin in radians; π/2 is taller than wide. */
  readonly tilt: number;
  /** Irregularity of the margin on a standard normal scale: microlobulation and spicules grow with it. */
  readonly irregularity: number;
}

const angles = 360;
const radiansPerAngle = (2 * Math.PI) / angles;
const cosine = Float64Array.from({ length: angles }, (_, k) => cos(k * radiansPerAngle));
const sine = Float64Array.from({ length: angles }, (_, k) => sin(k * radiansPerAngle));

/**
 * The outline of a lesion: an ellipse, lobulated by low harmonics, with microlobules and spicules on its margin.
 *
 * @returns A contour whose largest diameter is that of the shape.
 */
export function drawLesionOutline(shape: OutlineShape, random: Random): LesionOutline {
  const logRadius = lobulation(shape.irregularity, random);
  addSpicules(logRadius, shape.irregularity, random);
  // Lobules stretch the outline a little; the ellipse under them is flattened or rounded until the whole has the ratio.
  let [ratio, radiusMm] = [shape.aspectRatio, onEllipse(logRadius, shape.aspectRatio, shape.tilt)];
  for (let round = 0; round < 3; round++) {
    ratio = Math.min(1.5, (ratio * shape.aspectRatio) / axisRatio(radiusMm));
    radiusMm = onEllipse(logRadius, ratio, shape.tilt);
  }
  const scale = shape.diameterMm / largestDiameter(radiusMm);
  return { radiusMm: radiusMm.map((radius) => radius * scale) };
}

function onEllipse(logRadius: Float64Array, ratio: number, tilt: number): Float64Array {
  const [along, across] = [cos(tilt), sin(tilt)];
  return logRadius.map((value, k) => {
    const u = ratio * (cosine[k] * along + sine[k] * across);
    const v = sine[k] * along - cosine[k] * across;
    return (exp(value) * ratio) / Math.sqrt(u * u + v * v);
  });
}

/**
 * The same outline as a reader draws it: spicules cut short, the hand a little unsteady.
 *
 * @param outline True contour.
 */
export function drawReaderOutline({ radiusMm }: LesionOutline, random: Random): LesionOutline {
  const smoothed = circularSmooth(radiusMm, 2);
  const bias = 0.015 * random.normal();
  const hand = harmonics(2, 12, () => 0.006, random);
  return { radiusMm: smoothed.map((radius, k) => radius * (1 + bias + hand[k])) };
}

/**
 * Radius of an outline in the direction of a point.
 *
 * @param dx Right of the centre, any unit.
 * @param dy Below the centre, the same unit.
 * @returns mm, interpolated between the angles of the outline.
 */
export function radiusTowards({ radiusMm }: LesionOutline, dx: number, dy: number): number {
  const angle = atan2(dy, dx) / radiansPerAngle;
  const position = angle < 0 ? angle + angles : angle;
  const k = Math.floor(position);
  const first = radiusMm[k % angles];
  return first + (position - k) * (radiusMm[(k + 1) % angles] - first);
}

/**
 * How far an outline reaches from its centre.
 *
 * @returns mm to the left, right, top and bottom; all positive.
 */
export function outlineReach({ radiusMm }: LesionOutline): {
  readonly left: number;
  readonly right: number;
  readonly up: number;
  readonly down: number;
} {
  let [left, right, up, down] = [0, 0, 0, 0];
  radiusMm.forEach((radius, k) => {
    const [x, y] = [radius * cosine[k], radius * sine[k]];
    [left, right, up, down] = [Math.max(left, -x), Math.max(right, x), Math.max(up, -y), Math.max(down, y)];
  });
  return { left, right, up, down };
}

/** Log-radius of lobules (harmonics 3 to 5; the second is the ellipse) and microlobules (6 to 18), the latter growing with irregularity. */
function lobulation(irregularity: number, random: Random): Float64Array {
  const lobules = harmonics(3, 5, (order) => 0.14 / order, random);
  const micro = harmonics(
    6,
    18,
    (order) => (0.32 * exp(0.45 * Math.min(2, irregularity))) / pow(order, 1.6),
    random,
  );
  return lobules.map((value, k) => value + micro[k]);
}

/** Narrow peaks at random angles; more and longer ones with irregularity. Where two meet the longer one shows. */
function addSpicules(logRadius: Float64Array, irregularity: number, random: Random): void {
  const peaks = new Float64Array(angles);
  const spicules = Math.min(14, random.poisson(1.6 * exp(0.65 * irregularity)));
  for (let spicule = 0; spicule < spicules; spicule++) {
    const centre = random.uniform() * angles;
    const height = (0.08 + 0.2 * random.uniform()) * Math.min(1.6, exp(0.25 * irregularity));
    const width = 3 + 4 * random.uniform();
    for (let offset = -Math.ceil(3 * width); offset <= 3 * width; offset++) {
      const k = Math.floor(centre) + offset;
      const z = (k - centre) / width;
      const at = ((k % angles) + angles) % angles;
      peaks[at] = Math.max(peaks[at], height * exp(-z * z));
    }
  }
  for (let k = 0; k < angles; k++) logRadius[k] += peaks[k];
}

function harmonics(
  first: number,
  last: number,
  amplitude: (order: number) => number,
  random: Random,
): Float64Array {
  const values = new Float64Array(angles);
  for (let order = first; order <= last; order++) {
    const [a, b] = [amplitude(order) * random.normal(), amplitude(order) * random.normal()];
    for (let k = 0; k < angles; k++)
      values[k] += a * cosine[(order * k) % angles] + b * sine[(order * k) % angles];
  }
  return values;
}

/** Largest distance between two points of the contour, every third angle. */
function largestDiameter(radius: Float64Array): number {
  const points: [number, number][] = [];
  for (let k = 0; k < angles; k += 3) points.push([radius[k] * cosine[k], radius[k] * sine[k]]);
  let largest = 0;
  for (let i = 1; i < points.length; i++) {
    for (let j = 0; j < i; j++) {
      const [dx, dy] = [points[i][0] - points[j][0], points[i][1] - points[j][1]];
      largest = Math.max(largest, dx * dx + dy * dy);
    }
  }
  return Math.sqrt(largest);
}

/** Short over long axis by the second moments of the area within a contour, about its centroid. */
function axisRatio(radius: Float64Array): number {
  let [area, x, y, xx, xy, yy] = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < angles; k++) {
    const square = radius[k] * radius[k];
    const [c, s] = [radius[k] * cosine[k], radius[k] * sine[k]];
    area += square / 2;
    x += (square * c) / 3;
    y += (square * s) / 3;
    xx += (square * c * c) / 4;
    xy += (square * c * s) / 4;
    yy += (square * s * s) / 4;
  }
  const [varianceX, varianceY] = [xx / area - (x * x) / (area * area), yy / area - (y * y) / (area * area)];
  const covariance = xy / area - (x * y) / (area * area);
  const difference = varianceX - varianceY;
  const root = Math.sqrt(difference * difference + 4 * covariance * covariance);
  return Math.sqrt((varianceX + varianceY - root) / (varianceX + varianceY + root));
}

/** Gaussian smoothing around the circle; sigma in angles. */
function circularSmooth(values: Float64Array, sigma: number): Float64Array {
  const reach = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    exp((-(i - reach) * (i - reach)) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((a, b) => a + b, 0);
  return values.map((_, k) => {
    let sum = 0;
    for (let i = -reach; i <= reach; i++) sum += kernel[i + reach] * values[(k + i + angles) % angles];
    return sum / total;
  });
}
