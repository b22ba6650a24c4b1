import { InputError } from "../../errors.ts";
import { type Image } from "../image.ts";
import { type Block, blockSize, readBlock } from "./block.ts";
import { type Wanted, rangesRead } from "./cascade.ts";
import { correlateAxis } from "./correlate.ts";
import { type GradientFilter } from "./image-filter.ts";

/**
 * The magnitude of the gradient by central differences; the image is continued by its outermost pixels.
 *
 * @throws {InputError} Differences a mm are wanted and the image states no spacing.
 * @source ITK's GradientMagnitudeImageFilter, which PyRadiomics uses.
 */
export function gradientResponse(image: Image, { dimensions, perMm }: GradientFilter, wanted: Wanted): Block {
  const spacing = perMm ? spacingOf(image) : [1, 1, 1];
  const nearest: Wanted = { ...wanted, boundary: "nearest" };
  const reach = Array.from({ length: dimensions }, (): [number, number] => [1, 1]);
  const source = readBlock(image, rangesRead(nearest, reach));
  const squares = new Float64Array(blockSize(wanted.ranges).reduce((product, size) => product * size, 1));
  for (let axis = 0; axis < dimensions; axis++) {
    const half = 0.5 / spacing[axis];
    let block = source;
    for (let along = 0; along < dimensions; along++)
      block = correlateAxis(
        block,
        along === axis ? { weights: [-half, 0, half], origin: 1 } : { weights: [1], origin: 0 },
        wanted.ranges[along],
        { axis: along as 0 | 1 | 2, size: wanted.dimensions[along], boundary: "nearest" },
      );
    for (let k = 0; k < squares.length; k++) squares[k] += block.values[k] * block.values[k];
  }
  return { ranges: wanted.ranges, values: squares.map(Math.sqrt) };
}

function spacingOf({ spacingMm }: Image): readonly number[] {
  if (spacingMm === null)
    throw new InputError(
      "a gradient per mm needs the size of a pixel; the image states none; state the spacing, or take it per pixel",
    );
  return spacingMm;
}
