import { InputError } from "../errors.ts";
import type { Dimensions, Image, Mask } from "./image.ts";
import { type AxisSampling, sampleAxis, tapReach } from "./interpolate.ts";
import { cropImage } from "./region.ts";
import type { Resampling } from "./resampling.ts";
import type { ResamplingGrid } from "./resampling-grid.ts";

/** A share of a mask pixel that is so little below the wanted one counts as reaching it: rounding. */
const roundingShare = 1e-9;

/**
 * An image on another grid.
 *
 * @returns Beyond the outermost centres the outermost pixels go on, splines mirrored; whole numbers where asked for.
 * @source IBSI reference manual 2.4 (VTM2); rounding (68QD).
 */
export function resampleImage(
  image: Image,
  grid: ResamplingGrid,
  { image: method, roundIntensities }: Pick<Resampling, "image" | "roundIntensities">,
): Image {
  const sampled = sampleGrid(image, grid, { method, beyond: "continued" });
  if (roundIntensities === true) roundAll(sampled.values);
  if (roundIntensities === "as-stored" && isWhole(image.values)) truncateAll(sampled.values);
  return sampled;
}

/**
 * A mask on another grid.
 *
 * @returns Inside where the interpolated mask reaches `partialVolume`; outside beyond the edge of the old grid.
 * @throws {InputError} Nothing of the mask is left.
 * @source IBSI reference manual 2.4: interpolation of the region of interest, partial volume threshold 0.5.
 */
export function resampleMask(
  mask: Mask,
  grid: ResamplingGrid,
  { mask: method, partialVolume }: Pick<Resampling, "mask" | "partialVolume">,
): Mask {
  const { dimensions, values: shares } = sampleGrid({ ...mask, spacingMm: null }, grid, {
    method,
    beyond: "zero",
  });
  const least = Math.max(partialVolume - roundingShare, roundingShare);
  const values = new Uint8Array(shares.length);
  let inside = 0;
  for (let p = 0; p < shares.length; p++)
    if (shares[p] >= least) {
      values[p] = 1;
      inside++;
    }
  if (inside === 0)
    throw new InputError(
      "resampling needs to leave a pixel of the region; none is left on the new grid; choose smaller pixels",
    );
  return { dimensions, values };
}

function sampleGrid(
  image: Image,
  { axes, spacingMm }: ResamplingGrid,
  how: Pick<AxisSampling, "method" | "beyond">,
): Image & { readonly values: Float64Array } {
  const spans = axes.map(({ first, step, count }, axis) => {
    const reach = tapReach(how.method);
    const start = Math.max(0, Math.floor(first) - reach);
    const end = Math.min(image.dimensions[axis] - 1, Math.ceil(first + step * (count - 1)) + reach);
    return { start, size: end - start + 1 };
  });
  const [x, y, z] = spans;
  const cropped = cropImage(image, {
    x: x.start,
    y: y.start,
    z: z.start,
    width: x.size,
    height: y.size,
    depth: z.size,
  });
  let [size, values]: [Dimensions, Float64Array] = [cropped.dimensions, Float64Array.from(cropped.values)];
  for (const axis of [0, 1, 2] as const) {
    const { first, ...grid } = axes[axis];
    const sampling = { ...grid, ...how, first: first - spans[axis].start };
    if (isIdentity(sampling, size[axis])) continue;
    values = sampleAxis(values, size, axis, sampling);
    const [width, height, depth] = size.map((old, at) => (at === axis ? sampling.count : old));
    size = [width, height, depth];
  }
  return { dimensions: size, spacingMm, values };
}

function isIdentity({ count, first, step }: AxisSampling, size: number): boolean {
  return step === 1 && first === 0 && count === size;
}

function isWhole(values: Image["values"]): boolean {
  if (values instanceof Uint8Array || values instanceof Uint16Array) return true;
  for (let p = 0; p < values.length; p++) if (values[p] !== Math.trunc(values[p])) return false;
  return true;
}

function roundAll(values: Float64Array): void {
  for (let p = 0; p < values.length; p++) values[p] = Math.round(values[p]);
}

function truncateAll(values: Float64Array): void {
  for (let p = 0; p < values.length; p++) values[p] = Math.trunc(values[p]);
}
