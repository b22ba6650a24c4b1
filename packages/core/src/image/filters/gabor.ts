import { InputError } from "../../errors.ts";
import { cos, exp, sin } from "../../math/elementary.ts";
import { fourierTransform, smoothSize } from "../../math/fft.ts";
import type { Image } from "../image.ts";
import { type Block, blockSize } from "./block.ts";
import { boundaryIndex } from "./boundary.ts";
import type { Wanted } from "./cascade.ts";
import type { GaborFilter } from "./image-filter.ts";
import { lengthInPixels, lengthInSlice } from "./length.ts";

/** Where the Gaussian of the kernel is cut off, in standard deviations: it is 4e-6 of its maximum there. */
const truncateSigmas = 5;
const negligible = 1e-6;

/** Gabor kernels in pixels of a slice. */
interface GaborKernels {
  readonly sigma: number;
  readonly wavelength: number;
  readonly aspectRatio: number;
  /** Orientations in radians, clockwise. */
  readonly angles: readonly number[];
  readonly pooling: "average" | "max";
}

/** The axes of a slice, and the axis across slices. */
type Plane = readonly [along: number, down: number, across: number];

const axial: Plane = [0, 1, 2];

/**
 * The modulus of the response to Gabor filters in slices.
 *
 * @throws {InputError} A length is in mm and the image states no spacing, or pixels are not square (not cubes, for
 *   orthogonal planes).
 * @source IBSI reference manual on filters, 3.4 (Q88H).
 */
export function gaborResponse(image: Image, filter: GaborFilter, wanted: Wanted): Block {
  const kernels = kernelsOf(image, filter);
  const planes: Plane[] = filter.planes === "axial" ? [axial] : [axial, [0, 2, 1], [1, 2, 0]];
  const values = new Float64Array(blockSize(wanted.ranges).reduce((product, size) => product * size, 1));
  for (const plane of planes) addPlane({ image, kernels, plane, wanted }, planes.length, values);
  return { ranges: wanted.ranges, values };
}

function kernelsOf(
  image: Image,
  { sigma, wavelength, aspectRatio, orientation, pooling, planes }: GaborFilter,
): GaborKernels {
  const what = "a Gabor filter in mm";
  if (planes === "orthogonal") {
    const [x, , z] = lengthInPixels(sigma, image, what);
    if (Math.abs(x - z) > 1e-6 * x)
      throw new InputError(
        "Gabor filters in orthogonal planes need cubic pixels; those of the image are not; resample the image",
      );
  }
  return {
    sigma: lengthInSlice(sigma, image, what),
    wavelength: lengthInSlice(wavelength, image, what),
    aspectRatio,
    angles: anglesOf(orientation),
    pooling: pooling === "max" ? "max" : "average",
  };
}

/** Orientations half a turn apart have one modulus, so that those below 180° stand for all. */
function anglesOf(orientation: GaborFilter["orientation"]): number[] {
  const radians = (degrees: number) => (degrees / 180) * Math.PI;
  if ("degrees" in orientation) return [radians(orientation.degrees)];
  const { everyDegrees } = orientation;
  const count = Math.ceil(360 / everyDegrees - 1e-9);
  const isEven = Math.abs((180 / everyDegrees) % 1) < 1e-9;
  return Array.from({ length: isEven ? count / 2 : count }, (_, k) => radians(k * everyDegrees));
}

interface PlaneTask {
  readonly image: Image;
  readonly kernels: GaborKernels;
  readonly plane: Plane;
  readonly wanted: Wanted;
}

/** Adds the pooled responses in the slices of one plane, divided by the number of planes. */
function addPlane({ image, kernels, plane, wanted }: PlaneTask, planes: number, into: Float64Array): void {
  const [along, down, across] = plane;
  const box = blockSize(wanted.ranges);
  const reach = Math.ceil(truncateSigmas * Math.max(kernels.sigma, kernels.sigma / kernels.aspectRatio));
  const sizes = [smoothSize(box[along] + 2 * reach), smoothSize(box[down] + 2 * reach)];
  const transforms = kernelTransforms(kernels, reach, sizes);
  const strides = [1, box[0], box[0] * box[1]];
  for (let slice = 0; slice < box[across]; slice++) {
    const pixels = paddedSlice(image, { plane, wanted, slice, reach }, sizes);
    const imaginary = new Float64Array(pixels.length);
    fourierTransform(pixels, imaginary, sizes, "forward");
    const pooled = new Float64Array(box[along] * box[down]);
    for (const kernel of transforms) {
      const response = product({ re: pixels, im: imaginary }, kernel);
      fourierTransform(response.re, response.im, sizes, "inverse");
      pool(response, {
        pooled,
        width: box[along],
        rowLength: sizes[0],
        reach,
        isMax: kernels.pooling === "max",
      });
    }
    const share = 1 / ((kernels.pooling === "max" ? 1 : transforms.length) * planes);
    for (let v = 0, k = 0; v < box[down]; v++)
      for (let u = 0; u < box[along]; u++, k++)
        into[u * strides[along] + v * strides[down] + slice * strides[across]] += share * pooled[k];
  }
}

interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Transforms of exp(-(x'² + γ² y'²) / 2σ²) exp(2πi x' / λ), its centre at the origin of the periodic grid, for all angles.
 *
 * A kernel at -x is the conjugate of that at x, so that its transform is real: two kernels share a transform.
 */
function kernelTransforms(kernels: GaborKernels, reach: number, sizes: readonly number[]): Float64Array[] {
  const { angles } = kernels;
  const transforms: Float64Array[] = [];
  for (let k = 0; k < angles.length; k += 2) {
    const [re, im] = [new Float64Array(sizes[0] * sizes[1]), new Float64Array(sizes[0] * sizes[1])];
    addKernel({ ...kernels, angle: angles[k] }, reach, sizes, { re, im });
    // i times the second kernel.
    if (k + 1 < angles.length)
      addKernel({ ...kernels, angle: angles[k + 1] }, reach, sizes, { re: im, im: re, imSign: -1 });
    fourierTransform(re, im, sizes, "forward");
    transforms.push(re, im);
  }
  return transforms.slice(0, angles.length);
}

/** Adds a kernel to a grid; its imaginary part with a sign. */
function addKernel(
  {
    sigma,
    wavelength,
    aspectRatio,
    angle,
  }: Omit<GaborKernels, "angles" | "pooling"> & { readonly angle: number },
  reach: number,
  sizes: readonly number[],
  { re, im, imSign = 1 }: Complex & { readonly imSign?: 1 | -1 },
): void {
  const [c, s] = [cos(angle), sin(angle)];
  for (let y = -reach; y <= reach; y++)
    for (let x = -reach; x <= reach; x++) {
      const [turnedX, turnedY] = [x * c + y * s, -x * s + y * c];
      const distance = turnedX * turnedX + aspectRatio * aspectRatio * turnedY * turnedY;
      const envelope = exp(-distance / (2 * sigma * sigma));
      if (envelope < negligible) continue;
      const phase = (2 * Math.PI * turnedX) / wavelength;
      const at = ((y + sizes[1]) % sizes[1]) * sizes[0] + ((x + sizes[0]) % sizes[0]);
      re[at] += envelope * cos(phase);
      im[at] += imSign * envelope * sin(phase);
    }
}

interface SliceToRead {
  readonly plane: Plane;
  readonly wanted: Wanted;
  readonly slice: number;
  readonly reach: number;
}

/** A slice of the wanted ranges with the kernel's reach around it. */
function paddedSlice(
  { dimensions, values }: Image,
  { plane: [along, down, across], wanted, slice, reach }: SliceToRead,
  [rowLength, rows]: readonly number[],
): Float64Array {
  const { ranges, boundary } = wanted;
  const strides = [1, dimensions[0], dimensions[0] * dimensions[1]];
  const line = (axis: number) =>
    Array.from({ length: ranges[axis][1] - ranges[axis][0] + 2 * reach }, (_, k) =>
      boundaryIndex(ranges[axis][0] - reach + k, dimensions[axis], boundary),
    );
  const [us, vs] = [line(along), line(down)];
  const pixels = new Float64Array(rowLength * rows);
  const start = (ranges[across][0] + slice) * strides[across];
  vs.forEach((v, row) => {
    if (v < 0) return;
    for (let k = 0; k < us.length; k++)
      if (us[k] >= 0)
        pixels[row * rowLength + k] = values[start + v * strides[down] + us[k] * strides[along]];
  });
  return pixels;
}

function product(image: Complex, kernel: Float64Array): Complex {
  const [re, im] = [new Float64Array(kernel.length), new Float64Array(kernel.length)];
  for (let k = 0; k < kernel.length; k++) {
    re[k] = image.re[k] * kernel[k];
    im[k] = image.im[k] * kernel[k];
  }
  return { re, im };
}

interface Pool {
  readonly pooled: Float64Array;
  readonly width: number;
  readonly rowLength: number;
  readonly reach: number;
  readonly isMax: boolean;
}

function pool({ re, im }: Complex, { pooled, width, rowLength, reach, isMax }: Pool): void {
  for (let k = 0, row = reach; k < pooled.length; row++)
    for (let x = reach; x < reach + width; x++, k++) {
      const at = row * rowLength + x;
      const modulus = Math.sqrt(re[at] * re[at] + im[at] * im[at]);
      if (!isMax) pooled[k] += modulus;
      else if (modulus > pooled[k]) pooled[k] = modulus;
    }
}
