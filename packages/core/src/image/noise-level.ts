import { median } from "../math/statistics.ts";
import type { Image } from "./image.ts";
import type { BoundingBox } from "./mask.ts";

/** The 0.75 quantile of the standard normal distribution: the median of |z|. */
const normalQuartile = 0.674489750196082;

/**
 * The standard deviation of the noise in a part of an image, estimated from what differs between neighbours in a way
 * that neither slopes nor straight edges do.
 *
 * @param box Inside the image.
 * @returns In grey levels; 0 where the part is less than 3 pixels wide or high.
 * @source The operator of Immerkær 1996, Computer Vision and Image Understanding 64:300-302, whose response to white
 *   noise of standard deviation s has 6 s; the robust scale of Donoho & Johnstone 1994, Biometrika 81:425-455.
 */
export function noiseLevel({ dimensions: [width, height], values }: Image, box: BoundingBox): number {
  const [right, bottom] = [box.x + box.width - 1, box.y + box.height - 1];
  const responses = new Float64Array(Math.max(0, box.width - 2) * Math.max(0, box.height - 2) * box.depth);
  let count = 0;
  for (let z = box.z; z < box.z + box.depth; z++)
    for (let y = box.y + 1; y < bottom; y++)
      for (let x = box.x + 1; x < right; x++) {
        const at = (z * height + y) * width + x;
        const response =
          4 * values[at] -
          2 * (values[at - 1] + values[at + 1] + values[at - width] + values[at + width]) +
          values[at - width - 1] +
          values[at - width + 1] +
          values[at + width - 1] +
          values[at + width + 1];
        if (Number.isFinite(response)) responses[count++] = Math.abs(response);
      }
  return count === 0 ? 0 : median(responses.subarray(0, count)) / (6 * normalQuartile);
}
