import type { Image, Mask } from "../../image/image.ts";
import type { OutlinedImage } from "../../image/perturb.ts";
import { cos } from "../../math/elementary.ts";

/** An image and its outline, mirrored left to right. */
export function mirrored({ image, mask }: OutlinedImage): OutlinedImage {
  const [width, height] = image.dimensions;
  const take = (from: ArrayLike<number>, to: Uint8Array): Uint8Array => {
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) to[y * width + x] = from[y * width + width - 1 - x];
    return to;
  };
  return {
    image: { ...image, values: take(image.values, new Uint8Array(width * height)) },
    mask: { ...mask, values: take(mask.values, new Uint8Array(width * height)) },
  };
}

/**
 * An image and its outline without a border.
 *
 * @param px Pixels cut off at each side; fewer where the outline would be cut.
 */
export function cropped({ image, mask }: OutlinedImage, px: number): OutlinedImage {
  const [width, height] = image.dimensions;
  const cut = Math.max(0, Math.min(px, freeBorder(mask)));
  const dimensions = [width - 2 * cut, height - 2 * cut, 1] as const;
  const take = (from: ArrayLike<number>): Uint8Array => {
    const to = new Uint8Array(dimensions[0] * dimensions[1]);
    for (let y = 0; y < dimensions[1]; y++)
      for (let x = 0; x < dimensions[0]; x++) to[y * dimensions[0] + x] = from[(y + cut) * width + x + cut];
    return to;
  };
  return {
    image: { ...image, dimensions, values: take(image.values) },
    mask: { dimensions, values: take(mask.values) },
  };
}

/**
 * An image as a lossy file keeps it: cosine coefficients of blocks of 8 by 8 pixels, rounded to steps that grow with
 * their frequency.
 *
 * @param step Of the lowest frequency in grey levels; 4 is a fine file, 16 a coarse one.
 */
export function recompressed({ image, mask }: OutlinedImage, step: number): OutlinedImage {
  const [width, height] = image.dimensions;
  const values = Uint8Array.from(image.values);
  const block = new Float64Array(64);
  for (let top = 0; top + 8 <= height; top += 8)
    for (let left = 0; left + 8 <= width; left += 8) {
      for (let p = 0; p < 64; p++) block[p] = values[(top + (p >> 3)) * width + left + (p & 7)];
      transform(block, false);
      for (let p = 0; p < 64; p++) {
        const size = step * (1 + 0.5 * ((p >> 3) + (p & 7)));
        block[p] = size * Math.round(block[p] / size);
      }
      transform(block, true);
      for (let p = 0; p < 64; p++)
        values[(top + (p >> 3)) * width + left + (p & 7)] = Math.min(255, Math.max(0, Math.round(block[p])));
    }
  return { image: { ...image, values } satisfies Image, mask };
}

/** Pixels between the outline and the nearest side of the image, less two. */
function freeBorder({ dimensions: [width, height], values }: Mask): number {
  let nearest = Math.min(width, height);
  for (let p = 0; p < values.length; p++) {
    if (values[p] === 0) continue;
    const x = p % width;
    const y = (p - x) / width;
    nearest = Math.min(nearest, x, y, width - 1 - x, height - 1 - y);
  }
  return nearest - 2;
}

/** Orthonormal cosines: entry (k, i) at 8 k + i. */
const cosines = Float64Array.from({ length: 64 }, (_, entry) => {
  const [k, i] = [entry >> 3, entry & 7];
  return (k === 0 ? Math.sqrt(1 / 8) : 0.5) * cos((Math.PI * (2 * i + 1) * k) / 16);
});

/** The cosine transform of a block, or its inverse, in place. */
function transform(block: Float64Array, inverse: boolean): void {
  const line = new Float64Array(8);
  for (const [start, step] of [
    [8, 1],
    [1, 8],
  ])
    for (let n = 0; n < 8; n++) {
      for (let k = 0; k < 8; k++) {
        let sum = 0;
        for (let i = 0; i < 8; i++)
          sum += cosines[inverse ? 8 * i + k : 8 * k + i] * block[n * start + i * step];
        line[k] = sum;
      }
      for (let k = 0; k < 8; k++) block[n * start + k * step] = line[k];
    }
}
