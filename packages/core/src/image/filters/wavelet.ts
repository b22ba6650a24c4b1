import { InputError } from "../../errors.ts";
import type { Image } from "../image.ts";
import { type Block, type Ranges, blockImage, blockSize, rangesOf, readBlock, wholeImage } from "./block.ts";
import type { Range } from "./boundary.ts";
import { type Reach, type Wanted, createCascade, rangesRead } from "./cascade.ts";
import { type Kernel, reachOf, reversedKernel } from "./correlate.ts";
import type { FilterDimensions, WaveletFilter, WaveletName } from "./image-filter.ts";
import { closePool, createKernelTurner, poolResponse, turnsOf } from "./right-angle-turns.ts";
import { lowPassCoefficients } from "./wavelet-coefficients.ts";

/** Low-pass and high-pass kernel of a level of the stationary transform. */
interface KernelPair {
  readonly L: Kernel;
  readonly H: Kernel;
}

/**
 * The decomposition kernels of a wavelet at a level, spread by zeros (à trous).
 *
 * @param level From 1.
 * @source IBSI reference manual on filters, 3.5 (25BO); Mallat's quadrature mirror: h[k] = (-1)^(k + 1) l[n - 1 - k].
 */
export function waveletKernels(wavelet: WaveletName, level: number): KernelPair {
  const low = lowPassCoefficients[wavelet];
  const high = low.map((_, k) => (k % 2 === 0 ? -1 : 1) * low[low.length - 1 - k]);
  const step = 1 << (level - 1);
  // Convolution is correlation with the kernel reversed.
  const kernel = (coefficients: readonly number[]): Kernel => ({
    weights: spread(coefficients.toReversed(), step),
    origin: step * (coefficients.length / 2 - 1),
  });
  return { L: kernel(low), H: kernel(high) };
}

function spread(weights: readonly number[], step: number): number[] {
  const spreadOut = Array<number>((weights.length - 1) * step + 1).fill(0);
  weights.forEach((weight, k) => (spreadOut[k * step] = weight));
  return spreadOut;
}

/**
 * Responses to bands of one wavelet: all of one level, boundary, kind and number of dimensions, so that they share the
 * passes along x, then along y. A turned band is that of the turned transform, all its levels included.
 *
 * @throws {InputError} A band without one letter a dimension.
 */
export function createWaveletBands(
  whole: Image,
  { dimensions, wavelet, level, decimated, scheme }: WaveletFilter,
  { ranges, ...extent }: Wanted,
): (band: WaveletFilter) => Block {
  const repeats = scheme === "pyradiomics";
  const levels = Array.from({ length: level }, (_, k) => waveletKernels(wavelet, repeats ? 1 : k + 1));
  const step = 1 << level;
  const image = repeats && extent.boundary === "periodic" ? withEvenLines(whole, dimensions) : whole;
  const wanted: Wanted = { ...extent, ranges, dimensions: image.dimensions };
  const goal = decimated ? { ...wanted, ranges: fromMultiples(wanted.ranges, step, dimensions) } : wanted;
  const session: Transform = { image, levels, dimensions, wanted: goal, cascades: new Map() };
  const turnKernels = createKernelTurner();
  return ({ band, pooling }) => {
    if (band.length !== dimensions)
      throw new InputError(
        `a wavelet band in ${dimensions} dimensions needs as many letters; got ${band}; write e.g. ${"LH".padEnd(dimensions, "L")}`,
      );
    const last = levels[level - 1];
    const kernels = Array.from(band, (letter) => (letter === "L" ? last.L : last.H));
    const turns = turnsOf(dimensions, pooling);
    let pooled: Float64Array | null = null;
    for (const turn of turns) {
      const respond = cascadeOf(session, turn.reversed);
      pooled = poolResponse(pooled, respond(turnKernels(kernels, turn)).values, pooling);
    }
    const block = { ranges: goal.ranges, values: closePool(pooled!, turns.length, pooling) };
    return decimated ? repeatDecimated(block, wanted.ranges, step, dimensions) : block;
  };
}

/** An image whose lines of odd length, along the axes of a transform, have their first pixel once more at their end. */
function withEvenLines(image: Image, dimensions: FilterDimensions): Image {
  const [width, height, depth] = image.dimensions.map((size, axis) =>
    axis < dimensions ? size + (size % 2) : size,
  );
  if (image.dimensions.every((size, axis) => size === [width, height, depth][axis])) return image;
  const ranges = rangesOf({ x: 0, y: 0, z: 0, width, height, depth });
  const block = readBlock(wholeImage(image), ranges, { dimensions: image.dimensions, boundary: "periodic" });
  return blockImage(block, image.spacingMm);
}

interface Transform {
  readonly image: Image;
  readonly levels: readonly KernelPair[];
  readonly dimensions: FilterDimensions;
  readonly wanted: Wanted;
  /** Last levels, by which axes the levels before them are reversed along. */
  readonly cascades: Map<string, (kernels: readonly Kernel[]) => Block>;
}

function cascadeOf(
  transform: Transform,
  reversed: readonly boolean[],
): (kernels: readonly Kernel[]) => Block {
  const { levels, dimensions, wanted, cascades } = transform;
  const key = levels.length === 1 ? "" : reversed.join();
  let cascade = cascades.get(key);
  if (cascade === undefined) {
    const reach = reachBothWays(levels[levels.length - 1], dimensions);
    cascade = createCascade(approximate(transform, reversed), wanted, reach);
    cascades.set(key, cascade);
  }
  return cascade;
}

/** The low-pass responses of all levels but the last, on what the last one reads; each is continued like the image. */
function approximate({ image, levels, dimensions, wanted }: Transform, reversed: readonly boolean[]): Block {
  const reaches = levels.map((pair) => reachBothWays(pair, dimensions));
  const goals = [wanted];
  for (const reach of reaches.slice(1).toReversed())
    goals.unshift({ ...wanted, ranges: rangesRead(goals[0], reach) });
  let block = readBlock(wholeImage(image), rangesRead(goals[0], reaches[0]), wanted);
  levels.slice(0, -1).forEach(({ L }, k) => {
    const kernels = reversed.map((isReversed) => (isReversed ? reversedKernel(L) : L));
    block = createCascade(block, goals[k], reaches[k])(kernels);
  });
  return block;
}

/** Reach of a kernel and of the kernel reversed, which pooled bands use too. */
function reachBothWays({ L }: KernelPair, dimensions: number): Reach {
  const reach = Math.max(...reachOf(L));
  return Array.from({ length: dimensions }, () => [reach, reach]);
}

/** Ranges that begin at multiples of a step, where decimated responses are. */
function fromMultiples(ranges: Ranges, step: number, dimensions: number): Ranges {
  const [x, y, z] = ranges.map(([first, last], axis): Range =>
    axis < dimensions ? [first - (first % step), last] : [first, last],
  );
  return [x, y, z];
}

/** Every response that decimation keeps, drawn over the pixels that it stands for. */
function repeatDecimated(block: Block, ranges: Ranges, step: number, dimensions: number): Block {
  const [width, height, depth] = blockSize(ranges);
  const [rowLength, rows] = blockSize(block.ranges);
  const values = new Float64Array(width * height * depth);
  const at = (axis: number, k: number) => {
    const coordinate = ranges[axis][0] + k;
    return (axis < dimensions ? coordinate - (coordinate % step) : coordinate) - block.ranges[axis][0];
  };
  for (let z = 0, target = 0; z < depth; z++)
    for (let y = 0; y < height; y++) {
      const start = (at(2, z) * rows + at(1, y)) * rowLength;
      for (let x = 0; x < width; x++) values[target++] = block.values[start + at(0, x)];
    }
  return { ranges, values };
}
