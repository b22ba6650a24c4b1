import { InputError } from "../errors.ts";
import { checkSize } from "./check-region.ts";
import { distanceTransform } from "./distance-transform.ts";
import { fieldOfView } from "./field-of-view.ts";
import { lengthInPixels } from "./filters/length.ts";
import type { Image, Length, Mask } from "./image.ts";
import { type BoundingBox, boundingBox } from "./mask.ts";

/**
 * The ring of tissue around a lesion: pixels outside it whose centres lie no further than the width from the centre of
 * one of its pixels. The ring ends at the edge of the image, and where the field of view of a fan does.
 *
 * @param lesion On the grid of the image.
 * @param width Above 0; in slices, as ultrasound frames are.
 * @throws {InputError} The sizes differ, the width is not above 0 or in mm where the image states no spacing, the mask is
 *   empty, or no tissue lies in the ring.
 */
export function ringAround(lesion: Mask, width: Length, image: Image): Mask {
  checkSize(image, lesion, "the mask");
  const [reachX, reachY] = lengthInPixels(width, image, "a ring in mm");
  if (!(reachX > 0 && Number.isFinite(reachX)))
    throw new InputError("a ring around the lesion needs a width above 0; got another; change the width");
  const ring = new Uint8Array(lesion.values.length);
  const box = boundingBox(lesion);
  if (box === null) throw new InputError("a ring needs a lesion; the mask is empty; outline the lesion");
  const tissue = fieldOfView(image, lesion);
  const [columns, rows] = lesion.dimensions;
  const around = widenedBox(box, [reachX, reachY], [columns, rows]);
  const inside = new Uint8Array(around.width * around.height);
  let pixels = 0;
  for (let z = box.z; z < box.z + box.depth; z++) {
    const first = (z * rows + around.y) * columns + around.x;
    for (let y = 0; y < around.height; y++)
      inside.set(
        lesion.values.subarray(first + y * columns, first + y * columns + around.width),
        y * around.width,
      );
    // In units of the width, so that pixels that are not square are measured in mm.
    const distance = distanceTransform([around.width, around.height, 1], inside, [1 / reachX, 1 / reachY, 1]);
    for (let y = 0, from = 0; y < around.height; y++)
      for (let x = 0, p = first + y * columns; x < around.width; x++, p++, from++) {
        if (inside[from] !== 0 || distance[from] > 1 + 1e-9 || tissue[p] === 0) continue;
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

/** A box with so many pixels more on each side, within the slice. */
function widenedBox(
  box: BoundingBox,
  [reachX, reachY]: readonly [number, number],
  [columns, rows]: readonly [number, number],
): BoundingBox {
  const [x, y] = [Math.max(0, box.x - Math.ceil(reachX)), Math.max(0, box.y - Math.ceil(reachY))];
  const width = Math.min(columns, box.x + box.width + Math.ceil(reachX)) - x;
  const height = Math.min(rows, box.y + box.height + Math.ceil(reachY)) - y;
  return { ...box, x, y, width, height };
}
