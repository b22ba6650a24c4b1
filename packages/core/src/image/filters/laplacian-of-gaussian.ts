import { exp } from "../../math/elementary.ts";
import type { Image } from "../image.ts";
import { type Block, blockSize, pixelsOf, readBlock, wholeImage, widened } from "./block.ts";
import { type Wanted, rangesRead } from "./cascade.ts";
import { extendedLine } from "./extended-line.ts";
import type { LaplacianOfGaussianFilter } from "./image-filter.ts";
import { lengthInPixels } from "./length.ts";
import { recursiveLaplacian } from "./recursive-gaussian.ts";
import { sumOfSecondDerivatives } from "./second-derivatives.ts";
import { symmetricFilter } from "./symmetric-kernel.ts";
import { type Workspace, createWorkspace } from "./workspace.ts";

/**
 * The response to a Laplacian of Gaussian.
 *
 * @param workspace Kept by those who ask for responses to several.
 * @throws {InputError} Sigma is in mm and the image states no spacing.
 * @source IBSI reference manual on filters, 3.2 (L6PA): the sampled kernel, cut off to a box. Being a sum of products of
 *   one-dimensional kernels, it is applied along the axes one after the other.
 */
export function laplacianResponse(
  image: Image,
  filter: LaplacianOfGaussianFilter,
  wanted: Wanted,
  workspace: Workspace = createWorkspace(),
): Block {
  const sigmas = lengthInPixels(filter.sigma, image, "a Laplacian of Gaussian in mm").slice(
    0,
    filter.dimensions,
  );
  const isScaled = filter.scaleNormalised;
  const values =
    filter.method === "recursive"
      ? recursiveLaplacian(image, { sigmas, isScaled }, wanted, workspace)
      : truncatedLaplacian(image, gaussianKernels(sigmas, filter), wanted, workspace);
  return { ranges: wanted.ranges, values };
}

/** A sampled Gaussian and its second derivative, from the centre outwards. */
interface GaussianKernels {
  readonly smooth: Float64Array;
  readonly second: Float64Array;
}

function truncatedLaplacian(
  image: Image,
  kernels: readonly GaussianKernels[],
  wanted: Wanted,
  workspace: Workspace,
): Float64Array {
  const reach = kernels.map(({ smooth }): [number, number] => [smooth.length - 1, smooth.length - 1]);
  const ranges = rangesRead(wanted, reach);
  const room = workspace("source", pixelsOf(ranges));
  const { values } = readBlock(wholeImage(image), ranges, wanted, room);
  const goal = widened(wanted.ranges, reach);
  const axes = kernels.map(({ smooth, second }, axis) => {
    const edge = { size: wanted.dimensions[axis], boundary: wanted.boundary };
    const line = extendedLine(goal[axis], ranges[axis][0], edge);
    return {
      kept: wanted.ranges[axis][1] - wanted.ranges[axis][0],
      smooth: symmetricFilter(smooth, line),
      second: symmetricFilter(second, line),
    };
  });
  return sumOfSecondDerivatives({ values, sizes: blockSize(ranges) }, axes, workspace);
}

function gaussianKernels(
  sigmas: readonly number[],
  { truncateSigmas, scaleNormalised }: LaplacianOfGaussianFilter,
): GaussianKernels[] {
  return sigmas.map((sigma) => {
    const reach = Math.floor(truncateSigmas * sigma + 0.5);
    const variance = sigma * sigma;
    const smooth = Float64Array.from(
      { length: reach + 1 },
      (_, x) => exp((-x * x) / (2 * variance)) / (sigma * Math.sqrt(2 * Math.PI)),
    );
    const factor = scaleNormalised ? variance : 1;
    const second = smooth.map(
      (density, x) => ((factor * (x * x - variance)) / (variance * variance)) * density,
    );
    return { smooth, second };
  });
}
