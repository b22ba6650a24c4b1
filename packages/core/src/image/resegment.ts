import { InputError } from "../errors.ts";
import type { Image, Mask } from "./image.ts";
import type { Resegmentation } from "./resampling.ts";

/**
 * The pixels of a region that take part in intensity features: those within the range, and within so many standard
 * deviations of the region's mean.
 *
 * @returns The mean and the (population) standard deviation are those of the whole region, before the range is applied.
 * @throws {InputError} No pixel is left.
 * @source IBSI reference manual 2.6 (IFBN): range re-segmentation (USB3) and outlier filtering (7ACA); where both are
 *   asked for, what both keep.
 * @example [...resegmentMask({ dimensions: [3, 1, 1], spacingMm: null, values: Uint8Array.of(1, 5, 9) }, { dimensions: [3, 1, 1], values: Uint8Array.of(1, 1, 1) }, { range: [2, null] }).values] // => [0, 1, 1]
 */
export function resegmentMask({ values }: Image, mask: Mask, { range, outlierSigmas }: Resegmentation): Mask {
  const [lower, upper] = range ?? [null, null];
  const [least, most] =
    outlierSigmas === undefined ? [-Infinity, Infinity] : bandOf(values, mask, outlierSigmas);
  const from = Math.max(lower ?? -Infinity, least);
  const to = Math.min(upper ?? Infinity, most);
  let left = 0;
  const kept = mask.values.map((inside, p) => {
    // Intensities that are not finite stay, so that they are reported where features are measured.
    if (inside === 0 || values[p] < from || values[p] > to) return 0;
    left++;
    return 1;
  });
  if (left === 0)
    throw new InputError(
      "re-segmentation needs to leave a pixel of the region; no intensity lies within its range; widen the range",
    );
  return { dimensions: mask.dimensions, values: kept };
}

/** Mean less and plus so many standard deviations of the region. */
function bandOf(values: Image["values"], mask: Mask, sigmas: number): [least: number, most: number] {
  let [count, sum] = [0, 0];
  for (let p = 0; p < values.length; p++) {
    if (mask.values[p] === 0 || !Number.isFinite(values[p])) continue;
    count++;
    sum += values[p];
  }
  const mean = sum / count;
  let squares = 0;
  for (let p = 0; p < values.length; p++)
    if (mask.values[p] !== 0 && Number.isFinite(values[p]))
      squares += (values[p] - mean) * (values[p] - mean);
  const deviation = Math.sqrt(squares / count);
  return [mean - sigmas * deviation, mean + sigmas * deviation];
}
