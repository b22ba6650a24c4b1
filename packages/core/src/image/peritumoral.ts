import { InputError } from "../errors.ts";
import { distanceTransform } from "./distance-transform.ts";
import { lengthInPixels } from "./filters/length.ts";
import type { Image, Length, Mask } from "./image.ts";

/**
 * The ring of tissue around a lesion: pixels outside it whose centres lie no further from it than the width.
 *
 * The black surround of a frame, pixels of level 0 that reach its edge, is no tissue and is left out.
 *
 * @param width Above 0; in slices, as ultrasound frames are.
 * @throws {InputError} The width is in mm and the image states no spacing, or no tissue lies in the ring.
 */
export function ringAround(lesion: Mask, width: Length, image: Image): Mask {
  const [x, y] = lengthInPixels(width, image, "a ring in mm");
  const [columns, rows, slices] = lesion.dimensions;
  const surround = blackSurround(image);
  const ring = new Uint8Array(lesion.values.length);
  let pixels = 0;
  for (let slice = 0; slice < slices; slice++) {
    const [start, end] = [slice * columns * rows, (slice + 1) * columns * rows];
    // In units of the width, so that pixels that are not square are measured in mm.
    const distance = distanceTransform([columns, rows, 1], lesion.values.subarray(start, end), [
      1 / x,
      1 / y,
      1,
    ]);
    for (let p = start; p < end; p++) {
      if (lesion.values[p] !== 0 || distance[p - start] > 1 + 1e-9 || surround[p] !== 0) continue;
      ring[p] = 1;
      pixels++;
    }
  }
  if (pixels === 0)
    throw new InputError(
      "a ring around the lesion needs pixels of tissue; none lie within its width; widen the ring or check the outline",
    );
  return { dimensions: lesion.dimensions, values: ring };
}

/** 1 for pixels of level 0 that are connected, by rows and columns of zeros, to the edge of their slice. */
export function blackSurround({ dimensions: [width, height, depth], values }: Image): Uint8Array {
  const surround = new Uint8Array(values.length);
  const waiting: number[] = [];
  const visit = (p: number) => {
    if (values[p] !== 0 || surround[p] !== 0) return;
    surround[p] = 1;
    waiting.push(p);
  };
  for (let z = 0; z < depth; z++) {
    const start = z * width * height;
    for (let x = 0; x < width; x++) {
      visit(start + x);
      visit(start + (height - 1) * width + x);
    }
    for (let y = 0; y < height; y++) {
      visit(start + y * width);
      visit(start + y * width + width - 1);
    }
  }
  for (let p = waiting.pop(); p !== undefined; p = waiting.pop()) {
    const [x, y] = [p % width, Math.floor(p / width) % height];
    if (x > 0) visit(p - 1);
    if (x + 1 < width) visit(p + 1);
    if (y > 0) visit(p - width);
    if (y + 1 < height) visit(p + width);
  }
  return surround;
}
