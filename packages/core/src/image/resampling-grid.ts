import { InputError } from "../errors.ts";
import type { Image, Mask, Spacing } from "./image.ts";
import { boundingBox } from "./mask.ts";
import type { Resampling } from "./resampling.ts";

/** The centres of the new pixels along an axis: `count` of them, the first at `first`, each `step` further, in old pixels. */
export interface AxisGrid {
  readonly count: number;
  readonly first: number;
  readonly step: number;
}

/** The grid on which an image is sampled anew. */
export interface ResamplingGrid {
  readonly axes: readonly [x: AxisGrid, y: AxisGrid, z: AxisGrid];
  readonly spacingMm: Spacing;
}

/** First pixel and number of pixels of a region along an axis. */
interface Extent {
  readonly start: number;
  readonly size: number;
}

/** Steps that are so near to 1 differ by the digits of a header: the grid stays. */
const equalSteps = 1e-6;

/** A size that is so little above a whole number of pixels is that number: rounding. */
const equalSizes = 1e-9;

/**
 * The grid of other spacing on an image and its region.
 *
 * @returns Null where the image has that spacing already. Along an axis there are n s / s' pixels, rounded up.
 * @throws {InputError} The image states no spacing, the wanted one is not above 0, or the mask is empty.
 * @source IBSI reference manual 2.4 (VTM2): size of the new grid, and alignment by centres (3WE3).
 */
export function resamplingGrid(
  { dimensions, spacingMm }: Pick<Image, "dimensions" | "spacingMm">,
  mask: Mask,
  resampling: Resampling,
): ResamplingGrid | null {
  if (spacingMm === null)
    throw new InputError(
      "resampling needs the size of a pixel; the image states none; state the spacing, or do not resample",
    );
  const box = boundingBox(mask);
  if (box === null) throw new InputError("resampling needs a region; the mask is empty; outline the lesion");
  const extents: Extent[] = [
    { start: box.x, size: box.width },
    { start: box.y, size: box.height },
    { start: box.z, size: box.depth },
  ];
  const spacings = spacingMm.map((spacing, axis) => newSpacing(spacing, resampling, axis, extents[axis]));
  if (spacings.every((spacing, axis) => spacing === spacingMm[axis])) return null;
  const [x, y, z] = spacings.map((spacing, axis) => {
    const whole = wholeAxis(dimensions[axis], spacing / spacingMm[axis], resampling.alignment);
    return resampling.marginPx === undefined ? whole : partOfAxis(whole, extents[axis], resampling.marginPx);
  });
  return { axes: [x, y, z], spacingMm: [spacings[0], spacings[1], spacings[2]] };
}

function newSpacing(
  spacing: number,
  { spacingMm, alignment }: Resampling,
  axis: number,
  { size }: Extent,
): number {
  const wanted = spacingMm[axis];
  if (wanted === null || (alignment === "corner" && size === 1)) return spacing;
  if (!(wanted > 0 && Number.isFinite(wanted)))
    throw new InputError(`resampling needs a spacing above 0 mm; got ${wanted}; correct the settings`);
  return Math.abs(wanted / spacing - 1) < equalSteps ? spacing : wanted;
}

function wholeAxis(size: number, step: number, alignment: Resampling["alignment"]): AxisGrid {
  const count = Math.max(1, Math.ceil(size / step - equalSizes));
  const first = alignment === "centre" ? (size - 1 - step * (count - 1)) / 2 : (step - 1) / 2;
  return { count, first, step };
}

/** The new pixels that cover a region, with half an old pixel and a margin around it, as PyRadiomics chooses them. */
function partOfAxis({ count, first, step }: AxisGrid, { start, size }: Extent, marginPx: number): AxisGrid {
  const shift = first - (step - 1) / 2;
  const lower = Math.max(0, Math.floor((start - 0.5 - shift) / step - marginPx));
  const upper = Math.min(count - 1, Math.ceil((start + size - 0.5 - shift) / step + marginPx));
  return { count: upper - lower + 1, first: first + lower * step, step };
}
