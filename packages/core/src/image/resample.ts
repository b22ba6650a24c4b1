import { InputError } from "../errors.ts";
import { type Dimensions, type Image, type Mask, type Spacing } from "./image.ts";
import { type AxisSampling, sampleAxis } from "./interpolate.ts";
import { type Interpolation, type Resampling } from "./resampling.ts";

/** A share of a mask pixel that is so little below the wanted one counts as reaching it: rounding. */
const roundingShare = 1e-9;

/**
 * An image on a grid of other spacing.
 *
 * @returns Beyond the outermost centres the outermost pixels go on; whole numbers where they are asked for.
 * @throws {InputError} The image states no spacing.
 * @source IBSI reference manual 2.4 (VTM2), grids aligned by their centres (3WE3), rounding (68QD).
 */
export function resampleImage(image: Image, resampling: Resampling): Image {
  const sampled = resampleValues(image, resampling, resampling.image);
  if (resampling.roundIntensities)
    for (let p = 0; p < sampled.values.length; p++) sampled.values[p] = Math.round(sampled.values[p]);
  return sampled;
}

/**
 * A mask on the grid of {@link resampleImage}.
 *
 * @param spacingMm Of the mask's image.
 * @returns Inside where the interpolated mask reaches `partialVolume`.
 * @throws {InputError} There is no spacing, or nothing of the mask is left.
 */
export function resampleMask(mask: Mask, spacingMm: Spacing | null, resampling: Resampling): Mask {
  const sampled = resampleValues({ ...mask, spacingMm }, resampling, resampling.mask);
  const threshold = Math.max(resampling.partialVolume, Number.MIN_VALUE) - roundingShare;
  const values = Uint8Array.from(sampled.values, (share) => (share >= threshold ? 1 : 0));
  if (!values.includes(1))
    throw new InputError(
      "resampling needs to leave a pixel of the region; none is left on the new grid; choose smaller pixels",
    );
  return { dimensions: sampled.dimensions, values };
}

function resampleValues(
  { dimensions, spacingMm, values }: Image,
  { spacingMm: wanted, alignment }: Resampling,
  method: Interpolation,
): Image & { readonly values: Float64Array } {
  if (spacingMm === null)
    throw new InputError(
      "resampling needs the size of a pixel; the image states none; state the spacing, or do not resample",
    );
  let [size, sampled]: [Dimensions, Float64Array] = [dimensions, Float64Array.from(values)];
  const spacing = [...spacingMm];
  for (const axis of [0, 1, 2] as const) {
    const goal = wanted[axis] ?? spacing[axis];
    const sampling = axisSampling(dimensions[axis], spacing[axis], goal, alignment);
    spacing[axis] = goal;
    if (sampling === null) continue;
    sampled = sampleAxis(sampled, size, axis, { ...sampling, method });
    const [x, y, z] = size.map((old, at) => (at === axis ? sampling.count : old));
    size = [x, y, z];
  }
  const [x, y, z] = spacing;
  return { dimensions: size, spacingMm: [x, y, z], values: sampled };
}

/** Where the new centres lie between the old ones; null where the grid stays. */
function axisSampling(
  size: number,
  spacing: number,
  goal: number,
  alignment: Resampling["alignment"],
): Omit<AxisSampling, "method"> | null {
  const step = goal / spacing;
  // A grid that fits exactly must not gain a pixel by rounding.
  const count = Math.max(1, Math.ceil(size / step - 1e-9));
  const first = alignment === "centre" ? (size - 1 - step * (count - 1)) / 2 : (step - 1) / 2;
  return step === 1 ? null : { count, first, step };
}
