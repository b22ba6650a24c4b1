import { log } from "../math/elementary.ts";
import type { Image, Mask } from "./image.ts";

/** A measure of how a frame was taken: scanner, settings, processing; never of the lesion. */
export interface FrameStatistic {
  readonly name: string;
  readonly label: string;
}

/** What {@link frameStatistics} measures, in its order. */
export const frameStatisticList: readonly FrameStatistic[] = [
  { name: "pixel-size", label: "Size of a pixel (log mm)" },
  { name: "width", label: "Width of the frame (log pixels)" },
  { name: "height", label: "Height of the frame (log pixels)" },
  { name: "mean", label: "Mean grey level around the lesion (log)" },
  { name: "spread", label: "Spread of grey levels around the lesion (log)" },
  { name: "black", label: "Share of black pixels outside the lesion" },
  { name: "saturated", label: "Share of saturated pixels around the lesion" },
  { name: "fine-across", label: "Contrast of neighbours across the beam (log, of the spread)" },
  { name: "fine-along", label: "Contrast of neighbours along the beam (log, of the spread)" },
  { name: "grain-across", label: "Size of the speckle across the beam (log)" },
  { name: "grain-along", label: "Size of the speckle along the beam (log)" },
  { name: "depth", label: "Grey level far against near, in spreads" },
];

/** Distances in pixels at which grey levels are compared. */
const LAGS = [1, 3] as const;

/**
 * How a frame was taken, told from what is shown around the lesion, in the order of {@link frameStatisticList}: for watching
 * whether later images come as those did that a model learned from.
 *
 * @param lesion On the grid of the image.
 * @returns Finite numbers; null where a statistic does not exist, e.g. the size of a pixel that no file states, or grey
 *   levels of a frame that is all lesion or all of one level.
 */
export function frameStatistics(image: Image, lesion: Mask): readonly (number | null)[] {
  const [width, height] = image.dimensions;
  const around = shownAround(image, lesion);
  const grey = greyMoments(image, around);
  const contrast = LAGS.map((lag) => ({
    across: meanSquaredDifference(image, around, { x: lag, y: 0 }),
    along: meanSquaredDifference(image, around, { x: 0, y: lag }),
  }));
  const [near, far] = contrast;
  return [
    image.spacingMm === null ? null : log(image.spacingMm[0]),
    log(width),
    log(height),
    logOrNull(grey.mean),
    logOrNull(grey.variance) === null ? null : log(grey.variance) / 2,
    blackShare(image, lesion),
    grey.saturated,
    logRatio(near.across, grey.variance),
    logRatio(near.along, grey.variance),
    logRatio(near.across, far.across),
    logRatio(near.along, far.along),
    grey.variance > 0 ? depthTrend(image, around) / Math.sqrt(grey.variance) : null,
  ].map((value) => (value === null || Number.isFinite(value) ? value : null));
}

/** 1 for pixels outside the lesion that are not black: black is surround, shadow or nothing to tell. */
function shownAround({ values }: Image, lesion: Mask): Uint8Array {
  const around = new Uint8Array(values.length);
  for (let p = 0; p < around.length; p++) if (lesion.values[p] === 0 && values[p] > 0) around[p] = 1;
  return around;
}

/** Null where the lesion is all of the frame. */
function blackShare({ values }: Image, lesion: Mask): number | null {
  let [count, black] = [0, 0];
  for (let p = 0; p < values.length; p++) {
    if (lesion.values[p] !== 0) continue;
    count++;
    if (values[p] <= 0) black++;
  }
  return count === 0 ? null : black / count;
}

interface GreyMoments {
  readonly mean: number;
  readonly variance: number;
  readonly saturated: number;
}

function greyMoments({ values }: Image, around: Uint8Array): GreyMoments {
  const white = values instanceof Uint8Array ? 255 : values instanceof Uint16Array ? 65535 : Infinity;
  let [count, sum, squares, saturated] = [0, 0, 0, 0];
  for (let p = 0; p < around.length; p++) {
    if (around[p] === 0) continue;
    const value = values[p];
    count++;
    sum += value;
    squares += value * value;
    if (value >= white) saturated++;
  }
  const mean = sum / count;
  const variance = count < 2 ? NaN : Math.max(0, squares / count - mean * mean);
  return { mean, variance, saturated: saturated / count };
}

/** Mean squared difference of grey levels that lie a step apart, both around the lesion: twice the variogram. */
function meanSquaredDifference(
  { dimensions: [width, height], values }: Image,
  around: Uint8Array,
  step: { readonly x: number; readonly y: number },
): number {
  const offset = step.y * width + step.x;
  const plane = width * height;
  let [count, squares] = [0, 0];
  for (let start = 0; start < values.length; start += plane)
    for (let y = 0; y + step.y < height; y++)
      for (let p = start + y * width, end = p + width - step.x; p < end; p++) {
        if (around[p] === 0 || around[p + offset] === 0) continue;
        const difference = values[p] - values[p + offset];
        squares += difference * difference;
        count++;
      }
  return squares / count;
}

/** Mean grey level of the lower third of the rows minus that of the upper third. */
function depthTrend({ dimensions: [width, height], values }: Image, around: Uint8Array): number {
  const third = Math.floor(height / 3);
  const mean = (from: number, to: number) => {
    let [count, sum] = [0, 0];
    for (let start = 0; start < values.length; start += width * height)
      for (let p = start + from * width; p < start + to * width; p++) {
        if (around[p] === 0) continue;
        sum += values[p];
        count++;
      }
    return sum / count;
  };
  return mean(height - third, height) - mean(0, third);
}

function logRatio(first: number, second: number): number | null {
  return first > 0 && second > 0 ? log(first / second) : null;
}

function logOrNull(value: number): number | null {
  return value > 0 ? log(value) : null;
}
