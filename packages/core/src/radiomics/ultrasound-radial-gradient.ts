import { type LesionBorder, borderPoints } from "./ultrasound-border.ts";
import type { LesionFrame } from "./ultrasound-frame.ts";

/** Half the distance over which the gradient is taken, in R; at least a pixel. */
const reach = 0.05;

/**
 * The normalised radial gradient: how far the gradient along the border of a lesion points away from its centre.
 *
 * @returns From -1, a bright disc, to 1, a dark disc in brighter tissue; about 0 where the border is nowhere seen. Null
 *   where the level does not change along the border.
 * @source Horsch et al. 2002, Medical Physics 29:157-164; Kupinski & Giger 1998, IEEE TMI 17:510-517: the sum of
 *   gradients projected on the radial direction over the sum of their lengths.
 */
export function normalisedRadialGradient(frame: LesionFrame, { x, y }: LesionBorder): number | null {
  const [stepX, stepY] = frame.pixel.map((size) => Math.max(1, Math.round((reach * frame.radius) / size)));
  const [centreX, centreY] = [meanOf(x), meanOf(y)];
  let [radial, total] = [0, 0];
  for (let point = 0; point < borderPoints; point++) {
    const column = Math.round(x[point] / frame.pixel[0]);
    const row = Math.round(y[point] / frame.pixel[1]);
    const gradientX =
      (levelAt(frame, column + stepX, row) - levelAt(frame, column - stepX, row)) /
      (2 * stepX * frame.pixel[0]);
    const gradientY =
      (levelAt(frame, column, row + stepY) - levelAt(frame, column, row - stepY)) /
      (2 * stepY * frame.pixel[1]);
    const [dx, dy] = [x[point] - centreX, y[point] - centreY];
    const distance = Math.sqrt(dx * dx + dy * dy);
    const length = Math.sqrt(gradientX * gradientX + gradientY * gradientY);
    if (!(length > 0) || distance === 0) continue;
    radial += (gradientX * dx + gradientY * dy) / distance;
    total += length;
  }
  return total === 0 ? null : radial / total;
}

/** NaN outside the frame and in its surround. */
function levelAt({ grey, inside, tissue, width, height }: LesionFrame, column: number, row: number): number {
  if (column < 0 || column >= width || row < 0 || row >= height) return NaN;
  const p = row * width + column;
  return inside[p] === 0 && tissue[p] === 0 ? NaN : grey[p];
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
