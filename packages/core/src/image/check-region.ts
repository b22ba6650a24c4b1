import { type Finding, InputError } from "../errors.ts";
import { connectedComponents } from "./components.ts";
import type { Dimensions, Image, Mask } from "./image.ts";
import { touchesBorder } from "./mask.ts";

/**
 * What a person should know about a region of interest before measuring it.
 *
 * @param name How messages call the mask, e.g. its file name.
 * @returns Warnings: several components (pixels that share a corner belong together), a region at the border, a
 *   region that is the whole image. Empty where there is nothing to say.
 * @throws {InputError} The sizes of image and mask differ, the mask is empty, or it holds a single pixel.
 * @example checkRegion({ dimensions: [3, 1, 1], spacingMm: null, values: new Uint8Array(3) }, { dimensions: [3, 1, 1], values: Uint8Array.of(0, 1, 1) }, "mask").length // => 1
 */
export function checkRegion(image: Image, mask: Mask, name: string): Finding[] {
  checkSize(image, mask, name);
  const { sizes } = connectedComponents(mask, "corners");
  const count = sizes.reduce((sum, size) => sum + size, 0);
  if (count === 0)
    throw new InputError(`${name} needs a region; the mask is empty (0 pixels); outline the lesion`);
  if (count === 1)
    throw new InputError(
      `${name} needs a region of at least 2 pixels; got 1 pixel, too small; outline the lesion`,
    );
  const findings = componentFindings(sizes, count, name);
  if (count === mask.values.length)
    findings.push({
      code: "mask-whole-image",
      severity: "warning",
      message: `${name} needs to outline the lesion; it covers the whole image (100 % of the pixels); check that it is not the image itself`,
    });
  else if (touchesBorder(mask))
    findings.push({
      code: "mask-touches-border",
      severity: "warning",
      message: `${name} touches the border of the image; the lesion may be cut, so that its size and shape are those of the visible part`,
    });
  return findings;
}

/**
 * Refuses a mask that is not on the grid of its image.
 *
 * @throws {InputError} The dimensions differ, or an array has another length than its dimensions say.
 */
export function checkSize(image: Image, mask: Mask, name: string): void {
  if (image.dimensions.some((size, axis) => size !== mask.dimensions[axis]))
    throw new InputError(
      `${name} needs the size of its image, ${printed(image.dimensions)}; got ${printed(mask.dimensions)}; export the mask on the image's own grid`,
    );
  const pixels = image.dimensions[0] * image.dimensions[1] * image.dimensions[2];
  if (image.values.length !== pixels || mask.values.length !== pixels)
    throw new InputError(
      `an image of ${printed(image.dimensions)} needs ${pixels} pixels; got ${image.values.length} in the image, ${mask.values.length} in ${name}`,
    );
}

function printed([width, height, depth]: Dimensions): string {
  return depth === 1 ? `${width} × ${height}` : `${width} × ${height} × ${depth}`;
}

function componentFindings(sizes: readonly number[], count: number, name: string): Finding[] {
  if (sizes.length === 1) return [];
  const largest = Math.max(...sizes);
  const share = Math.round((1000 * largest) / count) / 10;
  return [
    {
      code: "mask-several-components",
      severity: "warning",
      message: `${name} needs one region; it has ${sizes.length} components, the largest with ${largest} of ${count} pixels (${share} %); all are measured together: remove specks, or keep them on purpose`,
    },
  ];
}
