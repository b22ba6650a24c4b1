import { InputError } from "../../errors.ts";
import type { Image } from "../image.ts";
import { type Block, blockSize, pixelsOf, readBlock, wholeImage, widened } from "./block.ts";
import type { Wanted } from "./cascade.ts";
import type { GradientFilter } from "./image-filter.ts";

/**
 * The magnitude of the gradient by central differences; the image is continued by its outermost pixels.
 *
 * @throws {InputError} Differences a mm are wanted and the image states no spacing.
 * @source ITK's GradientMagnitudeImageFilter, which PyRadiomics uses.
 */
export function gradientResponse(image: Image, { dimensions, perMm }: GradientFilter, wanted: Wanted): Block {
  const spacing = perMm ? spacingOf(image) : [1, 1, 1];
  const { ranges } = wanted;
  const reach = Array.from({ length: dimensions }, () => [1, 1] as const);
  const source = readBlock(wholeImage(image), widened(ranges, reach), { ...wanted, boundary: "nearest" });
  const squares = new Float64Array(pixelsOf(ranges));
  const [rowLength, rowsOfSlice] = blockSize(source.ranges);
  const steps = [1, rowLength, rowLength * rowsOfSlice];
  const [width, height, depth] = blockSize(ranges);
  for (let axis = 0; axis < dimensions; axis++) {
    const [step, half] = [steps[axis], 0.5 / spacing[axis]];
    for (let z = 0, target = 0; z < depth; z++)
      for (let y = 0; y < height; y++) {
        const slice = dimensions === 3 ? z + 1 : z;
        const start = (slice * rowsOfSlice + y + 1) * rowLength + 1;
        for (let x = 0; x < width; x++, target++) {
          const difference = half * (source.values[start + x + step] - source.values[start + x - step]);
          squares[target] += difference * difference;
        }
      }
  }
  for (let k = 0; k < squares.length; k++) squares[k] = Math.sqrt(squares[k]);
  return { ranges, values: squares };
}

function spacingOf({ spacingMm }: Image): readonly number[] {
  if (spacingMm === null)
    throw new InputError(
      "a gradient per mm needs the size of a pixel; the image states none; state the spacing, or take it per pixel",
    );
  return spacingMm;
}
