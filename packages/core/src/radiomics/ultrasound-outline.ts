import { atan2 } from "../math/elementary.ts";
import { fourierTransform } from "../math/fft.ts";
import { type LesionBorder, borderPoints, traceBorder } from "./ultrasound-border.ts";
import { type LesionFrame, fewestPixels } from "./ultrasound-frame.ts";

/** How a lesion lies; free of its size and of that of pixels. */
export interface LesionOrientation {
  readonly depthToWidth: number;
  /** Degrees from the horizontal; null where no axis is longer than the other. */
  readonly majorAxisAngle: number | null;
}

/** The irregularity of a lesion's border; ratios, free of its size and of that of pixels. */
export interface BorderShape {
  /** Amplitude of low and of high harmonics of the border against that of its circle. */
  readonly lobulation: number;
  readonly spiculation: number;
  /** Length of the border against that of the border with details below a fifth of R smoothed away, minus 1. */
  readonly roughness: number;
  /** Sum of the absolute turning angles in full turns: 1 for a convex border. */
  readonly turning: number;
  readonly concavities: number;
  /** Length of the border over the circumference of the ellipse of equal area and axes. */
  readonly ellipticCircumference: number;
}

/** Scales at which borders are smoothed, in R. */
const coarseScale = 0.2;
const turningScale = 0.1;
/** A stretch of the border is concave where it turns inwards by more than this angle in radians, 20 degrees. */
const concaveTurn = 0.35;

/** The orientation of a lesion to the skin. */
export function describeOrientation(frame: LesionFrame): LesionOrientation {
  const { box, pixel } = frame;
  return {
    depthToWidth: ((box.bottom - box.top + 1) * pixel[1]) / ((box.right - box.left + 1) * pixel[0]),
    majorAxisAngle: majorAxisAngle(spreadOfPixels(frame)),
  };
}

/**
 * The shape of a lesion's border.
 *
 * @param border Of the frame's lesion.
 * @returns Null where the lesion has fewer than {@link fewestPixels} pixels, whose corners would decide it.
 */
export function describeBorder(frame: LesionFrame, border: LesionBorder): BorderShape | null {
  if (frame.pixels < fewestPixels) return null;
  const turns = turningAngles(traceBorder(frame, turningScale));
  return {
    ...harmonics(border),
    roughness: border.length / traceBorder(frame, coarseScale).length - 1,
    turning: turns.reduce((sum, turn) => sum + Math.abs(turn), 0) / (2 * Math.PI),
    concavities: countConcavities(turns),
    ellipticCircumference: border.length / ellipseCircumference(spreadOfPixels(frame), frame.radius),
  };
}

interface Spread {
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** Variances and covariance of the pixels' centres, with those of a pixel's own area. */
function spreadOfPixels({ inside, width, pixel: [sizeX, sizeY] }: LesionFrame): Spread {
  let [n, x1, y1, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let p = 0; p < inside.length; p++) {
    if (inside[p] === 0) continue;
    const y = Math.floor(p / width);
    const x = p - y * width;
    n++;
    x1 += x;
    y1 += y;
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  return {
    xx: ((xx - (x1 * x1) / n) / n + 1 / 12) * sizeX * sizeX,
    yy: ((yy - (y1 * y1) / n) / n + 1 / 12) * sizeY * sizeY,
    xy: ((xy - (x1 * y1) / n) / n) * sizeX * sizeY,
  };
}

function majorAxisAngle({ xx, yy, xy }: Spread): number | null {
  const [difference, product] = [xx - yy, 2 * xy];
  if (difference * difference + product * product <= 1e-18 * (xx + yy) * (xx + yy)) return null;
  return (Math.abs(atan2(product, difference)) * 90) / Math.PI;
}

/** @source Ramanujan's approximation of the circumference, within 2e-5 for axes up to 1 : 5. */
function ellipseCircumference({ xx, yy, xy }: Spread, radius: number): number {
  const middle = (xx + yy) / 2;
  const half = Math.sqrt(((xx - yy) / 2) * ((xx - yy) / 2) + xy * xy);
  const ratio = Math.sqrt(Math.sqrt((middle + half) / Math.max(middle - half, Number.MIN_VALUE)));
  const [a, b] = [radius * ratio, radius / ratio];
  const h = ((a - b) / (a + b)) * ((a - b) / (a + b));
  return Math.PI * (a + b) * (1 + (3 * h) / (10 + Math.sqrt(4 - 3 * h)));
}

/** Harmonics ±2 to ±5 and ±6 to ±40 of the border as a complex curve; ±1 are its ellipse. */
function harmonics({ x, y }: LesionBorder): { lobulation: number; spiculation: number } {
  const [re, im] = [x.slice(), y.slice()];
  fourierTransform(re, im, [borderPoints], "forward");
  const power = (harmonic: number) => {
    const at = (harmonic + borderPoints) % borderPoints;
    return re[at] * re[at] + im[at] * im[at];
  };
  const circle = Math.max(power(1), power(-1));
  const amplitude = (from: number, to: number) => {
    let sum = 0;
    for (let harmonic = from; harmonic <= to; harmonic++) sum += power(harmonic) + power(-harmonic);
    return Math.sqrt(sum / circle);
  };
  return { lobulation: amplitude(2, 5), spiculation: amplitude(6, 40) };
}

/** By how much the border turns at each point in radians, above 0 where it is convex. */
function turningAngles({ x, y }: LesionBorder): Float64Array {
  return x.map((at, k) => {
    const [before, after] = [(k + borderPoints - 1) % borderPoints, (k + 1) % borderPoints];
    const [ux, uy, vx, vy] = [at - x[before], y[k] - y[before], x[after] - at, y[after] - y[k]];
    return atan2(ux * vy - uy * vx, ux * vx + uy * vy);
  });
}

function countConcavities(turns: Float64Array): number {
  const start = Math.max(
    0,
    turns.findIndex((turn) => turn > 0),
  );
  let [concavities, inwards] = [0, 0];
  for (let k = 0; k < turns.length; k++) {
    const turn = turns[(start + k) % turns.length];
    inwards = turn < 0 ? inwards - turn : 0;
    const next = turns[(start + k + 1) % turns.length];
    if (inwards > concaveTurn && next >= 0) concavities++;
  }
  return concavities;
}
