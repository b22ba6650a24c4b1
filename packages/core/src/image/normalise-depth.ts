import { InputError } from "../errors.ts";
import { exp, log } from "../math/elementary.ts";
import type { Image } from "./image.ts";

/**
 * Grey levels in percent of the usual level of their depth, which is the row: the geometric mean, over rows nearby, of
 * the mean level of a row's tissue (pixels above 0).
 *
 * @param smoothing Share of the image's height over which rows are averaged, in (0, 1].
 * @returns Unchanged where each row is multiplied by c exp(b y), since a mean over as many rows above as below keeps a
 *   straight line; differences within a row, and between rows nearby, stay. Shape of the image.
 * @throws {InputError} The image has no tissue, or the smoothing is not in (0, 1].
 */
export function flattenDepths({ dimensions, values }: Image, smoothing: number): Float64Array {
  if (!(smoothing > 0 && smoothing <= 1))
    throw new InputError(
      `normalisation of depth needs a share of the height above 0 and up to 1; got ${smoothing}`,
    );
  const [width, height, depth] = dimensions;
  const flattened = new Float64Array(values.length);
  const halfWindow = Math.floor((smoothing * height) / 2);
  let tissueRows = 0;
  for (let z = 0; z < depth; z++) {
    const logLevels = Float64Array.from({ length: height }, (_, y) =>
      logMeanLevel(values, (z * height + y) * width, width),
    );
    for (let y = 0; y < height; y++) {
      const start = (z * height + y) * width;
      const hasTissue = !Number.isNaN(logLevels[y]);
      // A row without tissue is black, or holds what no level can be given to.
      const factor = hasTissue ? 100 / exp(meanAround(logLevels, y, halfWindow)) : 1;
      if (hasTissue) tissueRows++;
      for (let p = start; p < start + width; p++) flattened[p] = factor * values[p];
    }
  }
  if (tissueRows === 0)
    throw new InputError("normalisation of depth needs tissue; no pixel is above 0; check the image");
  return flattened;
}

/** NaN where the row has no tissue. */
function logMeanLevel(values: Image["values"], start: number, width: number): number {
  let [sum, pixels] = [0, 0];
  for (let p = start; p < start + width; p++)
    if (values[p] > 0 && values[p] < Infinity) {
      sum += values[p];
      pixels++;
    }
  return pixels === 0 ? NaN : log(sum / pixels);
}

/** The mean of a row and of pairs of rows as far above as below; a pair that lacks one is left out. */
function meanAround(logLevels: Float64Array, y: number, halfWindow: number): number {
  let [sum, rows] = [logLevels[y], 1];
  const furthest = Math.min(halfWindow, y, logLevels.length - 1 - y);
  for (let away = 1; away <= furthest; away++) {
    const pair = logLevels[y - away] + logLevels[y + away];
    if (Number.isNaN(pair)) continue;
    sum += pair;
    rows += 2;
  }
  return sum / rows;
}
