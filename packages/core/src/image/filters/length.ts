import { InputError } from "../../errors.ts";
import type { Image, Length } from "../image.ts";

/**
 * A length in pixels along each axis of an image.
 *
 * @param what How a message calls it, e.g. `a sigma in mm`.
 * @throws {InputError} The length is in mm and the image states no spacing.
 * @example lengthInPixels({ mm: 3 }, { spacingMm: [1.5, 1.5, 3] }, "a sigma in mm") // => [2, 2, 1]
 * @example lengthInPixels({ px: 3 }, { spacingMm: null }, "a sigma") // => [3, 3, 3]
 */
export function lengthInPixels(
  length: Length,
  { spacingMm }: Pick<Image, "spacingMm">,
  what: string,
): [x: number, y: number, z: number] {
  if ("px" in length) return [length.px, length.px, length.px];
  if (spacingMm === null)
    throw new InputError(
      `${what} needs the size of a pixel; the image states none; state the spacing, or give the length in px`,
    );
  return [length.mm / spacingMm[0], length.mm / spacingMm[1], length.mm / spacingMm[2]];
}

/**
 * A length in pixels of a slice, the same along x and y.
 *
 * @throws {InputError} The length is in mm and the image states no spacing, or pixels are not square.
 * @example lengthInSlice({ mm: 3 }, { spacingMm: [1.5, 1.5, 3] }, "a sigma in mm") // => 2
 */
export function lengthInSlice(length: Length, image: Pick<Image, "spacingMm">, what: string): number {
  const [x, y] = lengthInPixels(length, image, what);
  if (Math.abs(x - y) > 1e-6 * x)
    throw new InputError(
      `${what} needs square pixels; those of the image are not; resample the image, or give the length in px`,
    );
  return x;
}
