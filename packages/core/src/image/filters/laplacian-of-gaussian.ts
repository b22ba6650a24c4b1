import { exp } from "../../math/elementary.ts";
import { type Image } from "../image.ts";
import { type Block, readBlock } from "./block.ts";
import { type Wanted, rangesRead } from "./cascade.ts";
import { type Kernel, correlateAxis, reachOf } from "./correlate.ts";
import { type LaplacianOfGaussianFilter } from "./image-filter.ts";
import { lengthInPixels } from "./length.ts";
import { recursiveLaplacian } from "./recursive-gaussian.ts";
import { sumOfSecondDerivatives } from "./second-derivatives.ts";

/** A sampled Gaussian and its second derivative along one axis. */
interface GaussianPair {
  readonly smooth: Kernel;
  readonly second: Kernel;
}

/**
 * The response to a Laplacian of Gaussian.
 *
 * @throws {InputError} Sigma is in mm and the image states no spacing.
 * @source IBSI reference manual on filters, 3.2 (L6PA): the sampled kernel, cut off to a box. Being a sum of products of
 *   one-dimensional kernels, it is applied along the axes one after the other.
 */
export function laplacianResponse(image: Image, filter: LaplacianOfGaussianFilter, wanted: Wanted): Block {
  const sigmas = lengthInPixels(filter.sigma, image, "a Laplacian of Gaussian in mm").slice(
    0,
    filter.dimensions,
  );
  const block =
    filter.method === "recursive"
      ? recursiveLaplacian(image, sigmas, wanted)
      : truncatedLaplacian(image, { sigmas, truncateSigmas: filter.truncateSigmas }, wanted);
  if (filter.scaleNormalised) {
    const factor = sigmas[0] * sigmas[0];
    for (let k = 0; k < block.values.length; k++) block.values[k] *= factor;
  }
  return block;
}

interface TruncatedKernel {
  readonly sigmas: readonly number[];
  readonly truncateSigmas: number;
}

function truncatedLaplacian(
  image: Image,
  { sigmas, truncateSigmas }: TruncatedKernel,
  wanted: Wanted,
): Block {
  const pairs = sigmas.map((sigma) => gaussianPair(sigma, truncateSigmas));
  const reach = pairs.map(({ smooth }) => reachOf(smooth));
  const pass = (block: Block, kernel: Kernel, axis: number) =>
    correlateAxis(block, kernel, wanted.ranges[axis], {
      axis: axis as 0 | 1 | 2,
      size: wanted.dimensions[axis],
      boundary: wanted.boundary,
    });
  return sumOfSecondDerivatives(readBlock(image, rangesRead(wanted, reach)), sigmas.length, {
    smooth: (block, axis) => pass(block, pairs[axis].smooth, axis),
    second: (block, axis) => pass(block, pairs[axis].second, axis),
  });
}

function gaussianPair(sigma: number, truncateSigmas: number): GaussianPair {
  const half = Math.floor(truncateSigmas * sigma + 0.5);
  const offsets = Array.from({ length: 2 * half + 1 }, (_, k) => k - half);
  const variance = sigma * sigma;
  const density = offsets.map((x) => exp((-x * x) / (2 * variance)) / (sigma * Math.sqrt(2 * Math.PI)));
  return {
    smooth: { weights: density, origin: half },
    second: {
      weights: density.map(
        (weight, k) => ((offsets[k] * offsets[k] - variance) / (variance * variance)) * weight,
      ),
      origin: half,
    },
  };
}
