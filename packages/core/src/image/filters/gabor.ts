import { InputError } from "../../errors.ts";
import { cos, sin } from "../../math/elementary.ts";
import { type Complex, smoothSize } from "../../math/fft.ts";
import type { Image } from "../image.ts";
import { type Block, blockSize, pixelsOf } from "./block.ts";
import type { Wanted } from "./cascade.ts";
import { type GaborKernel, gaborBand } from "./gabor-band.ts";
import {
  type InSlice,
  type PlaneOfSlices,
  type SliceGrid,
  createBandResponse,
  sliceSpectrum,
} from "./gabor-slice.ts";
import type { GaborFilter } from "./image-filter.ts";
import { lengthInPixels, lengthInSlice } from "./length.ts";

/** How far the Gaussian of a kernel is taken to reach, in standard deviations: it is 4e-6 of its maximum there. */
const reachSigmas = 5;

const axial: PlaneOfSlices = [0, 1, 2];
const orthogonal: readonly PlaneOfSlices[] = [axial, [0, 2, 1], [1, 2, 0]];

/** Transforms of single slices that filters share, by all that these have in common. */
export type GaborSpectra = Map<string, Complex>;

/**
 * The modulus of the response to Gabor filters in slices, pooled over orientations and planes.
 *
 * @param spectra Kept by those who ask for several responses in the same ranges of an image.
 * @throws {InputError} A length is in mm and the image states no spacing, pixels are not square (not cubes, for orthogonal
 *   planes), or a length, aspect ratio or step of orientations is not above 0.
 * @source IBSI reference manual on filters, 3.4 (Q88H).
 */
export function gaborResponse(
  image: Image,
  filter: GaborFilter,
  wanted: Wanted,
  spectra: GaborSpectra = new Map(),
): Block {
  const kernels = kernelsOf(image, filter);
  const planes = filter.planes === "axial" ? [axial] : orthogonal;
  const values = new Float64Array(pixelsOf(wanted.ranges));
  const isMax = filter.pooling === "max";
  const share = 1 / (kernels.length * planes.length);
  for (const plane of planes) addPlane({ image, kernels, plane, wanted, isMax, spectra }, values, share);
  return { ranges: wanted.ranges, values };
}

function kernelsOf(image: Image, filter: GaborFilter): GaborKernel[] {
  const what = "a Gabor filter in mm";
  if (filter.planes === "orthogonal") checkCubic(filter, image, what);
  const sigma = lengthInSlice(filter.sigma, image, what);
  const wavelength = lengthInSlice(filter.wavelength, image, what);
  const { aspectRatio } = filter;
  if (!(sigma > 0 && wavelength > 0 && aspectRatio > 0))
    throw new InputError(
      `a Gabor filter needs a sigma, a wavelength and an aspect ratio above 0; got ${sigma} px, ${wavelength} px and ${aspectRatio}`,
    );
  return anglesOf(filter.orientation).map((degrees) => ({
    sigma,
    wavelength,
    aspectRatio,
    angle: (degrees / 180) * Math.PI,
  }));
}

function checkCubic({ sigma, wavelength }: GaborFilter, image: Image, what: string): void {
  for (const length of [sigma, wavelength]) {
    const [x, , z] = lengthInPixels(length, image, what);
    if (Math.abs(x - z) > 1e-6 * x)
      throw new InputError(
        "Gabor filters in orthogonal planes need cubic pixels; those of the image are not; resample the image",
      );
  }
}

/** Orientations half a turn apart have one modulus, so that those below 180° stand for all. */
function anglesOf(orientation: GaborFilter["orientation"]): number[] {
  if ("degrees" in orientation) return [orientation.degrees];
  const { everyDegrees } = orientation;
  if (!(everyDegrees > 0))
    throw new InputError(`Gabor filters need orientations more than 0 degrees apart; got ${everyDegrees}`);
  const count = Math.ceil(360 / everyDegrees - 1e-9);
  const isEven = Math.abs((180 / everyDegrees) % 1) < 1e-9;
  return Array.from({ length: isEven ? count / 2 : count }, (_, k) => k * everyDegrees);
}

interface PlaneTask {
  readonly image: Image;
  readonly kernels: readonly GaborKernel[];
  readonly plane: PlaneOfSlices;
  readonly wanted: Wanted;
  readonly isMax: boolean;
  readonly spectra: GaborSpectra;
}

/** Adds the pooled responses in the slices of one plane, times a share; or takes the larger ones. */
function addPlane(task: PlaneTask, into: Float64Array, share: number): void {
  const { image, kernels, plane, wanted, isMax, spectra } = task;
  const box = blockSize(wanted.ranges);
  const strides = [1, box[0], box[0] * box[1]];
  const [along, down, across] = plane;
  const grid = sliceGrid(plane, [box[along], box[down]], reachOf(kernels));
  const bands = kernels.map((kernel) => gaborBand(kernel, grid.sizes));
  const respond = createBandResponse(grid, bands);
  const pooled = new Float64Array(box[along] * box[down]);
  for (let slice = 0; slice < box[across]; slice++) {
    const key = [plane, grid.reach, wanted.boundary].join();
    const spectrum = spectra.get(key) ?? sliceSpectrum(image, wanted, grid, slice);
    // A volume has too many slices to keep them.
    if (box[across] === 1) spectra.set(key, spectrum);
    pooled.fill(0);
    for (const band of bands) poolModulus(respond(spectrum, band), pooled, isMax);
    for (let v = 0, k = 0; v < box[down]; v++)
      for (let u = 0; u < box[along]; u++, k++) {
        const at = u * strides[along] + v * strides[down] + slice * strides[across];
        into[at] = isMax ? Math.max(into[at], pooled[k]) : into[at] + share * pooled[k];
      }
  }
}

function sliceGrid(plane: PlaneOfSlices, kept: InSlice, reach: InSlice): SliceGrid {
  const sizes = [smoothSize(kept[0] + 2 * reach[0]), smoothSize(kept[1] + 2 * reach[1])] as const;
  return { plane, kept, reach, sizes };
}

/** Pixels that kernels reach along the axes of a slice. */
function reachOf(kernels: readonly GaborKernel[]): InSlice {
  let [x, y] = [0, 0];
  for (const { sigma, aspectRatio, angle } of kernels) {
    const [c, s] = [sigma * cos(angle), sigma * sin(angle)];
    x = Math.max(x, Math.sqrt(c * c + (s * s) / (aspectRatio * aspectRatio)));
    y = Math.max(y, Math.sqrt(s * s + (c * c) / (aspectRatio * aspectRatio)));
  }
  return [Math.ceil(reachSigmas * x - 1e-9), Math.ceil(reachSigmas * y - 1e-9)];
}

function poolModulus({ re, im }: Complex, pooled: Float64Array, isMax: boolean): void {
  for (let k = 0; k < pooled.length; k++) {
    const modulus = Math.sqrt(re[k] * re[k] + im[k] * im[k]);
    if (!isMax) pooled[k] += modulus;
    else if (modulus > pooled[k]) pooled[k] = modulus;
  }
}
