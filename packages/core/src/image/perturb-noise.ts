import type { Random } from "../math/random.ts";
import type { Image, Mask } from "./image.ts";
import { boundingBox } from "./mask.ts";
import { noiseLevel } from "./noise-level.ts";
import { blackSurround } from "./field-of-view.ts";

/**
 * The grey levels of an image with white Gaussian noise.
 *
 * @param levels Standard deviation, at least 0; `estimated`: that of the noise in the box of the region.
 * @returns Not rounded; the black surround of a frame stays black.
 */
export function addNoise(
  image: Image,
  mask: Mask,
  levels: number | "estimated",
  random: Random,
): Float64Array {
  const box = boundingBox(mask);
  const deviation = levels === "estimated" ? (box === null ? 0 : noiseLevel(image, box)) : levels;
  const noise = drawNormals(image, random);
  for (let p = 0; p < noise.length; p++) noise[p] = image.values[p] + deviation * noise[p];
  return noise;
}

/**
 * The grey levels of an image times 1 + share · standard normal.
 *
 * @param share At least 0.
 * @returns Not rounded; the black surround of a frame stays black.
 */
export function addSpeckle(image: Image, share: number, random: Random): Float64Array {
  const noise = drawNormals(image, random);
  for (let p = 0; p < noise.length; p++) noise[p] = image.values[p] * (1 + share * noise[p]);
  return noise;
}

/** A standard normal number for each pixel, 0 in the black surround. */
function drawNormals(image: Image, random: Random): Float64Array {
  const surround = blackSurround(image);
  const normals = new Float64Array(surround.length);
  for (let p = 0; p < normals.length; p++) if (surround[p] === 0) normals[p] = random.normal();
  return normals;
}
