import { sin } from "../math/elementary.ts";
import { lengthInPixels } from "../image/filters/length.ts";
import type { Image, Length } from "../image/image.ts";
import { type BoundingBox, boundingBox } from "../image/mask.ts";
import type { OutlinedImage } from "../image/perturb.ts";
import type { Perturbation } from "../image/perturbation.ts";
import { cropImage } from "../image/region.ts";
import type { FamilyName } from "./catalogue.ts";
import type { RadiomicsSettings } from "./settings.ts";

/** Families that see the pixels of the region and nothing around it. */
const withinRegion: ReadonlySet<FamilyName> = new Set<FamilyName>([
  "firstOrder",
  "histogram",
  "intensityVolumeHistogram",
  "shape2d",
  "shape2dPixels",
  "morphology",
  "glcm",
  "glrlm",
  "glszm",
  "gldzm",
  "ngtdm",
  "ngldm",
]);

/** Pixels beyond which a cubic spline through an image does not feel a change, and some for rounding. */
const splineMargin = 40;

/** A contour is displaced by so many standard deviations at most, to speak of. */
const furthestDeviations = 4.5;

/**
 * The part of an image on which a perturbed version can be made in its stead.
 *
 * @returns The image itself where settings look further: at whole images (normalisation, resampling, whose grid is centred)
 *   or as far as a filter or a family reaches.
 * @throws {InputError} A length is in mm and the image states no spacing.
 */
export function surroundingsOf(
  { image, mask }: OutlinedImage,
  settings: RadiomicsSettings,
  steps: readonly Perturbation[],
): OutlinedImage {
  const box = boundingBox(mask);
  const filters = settings.filters ?? [];
  const looksFurther =
    settings.normalise !== undefined ||
    settings.resample !== undefined ||
    filters.some(({ kind }) => kind !== "none") ||
    settings.families.some((family) => !withinRegion.has(family));
  if (box === null || looksFurther) return { image, mask };
  const rings = (settings.rings ?? []).map((width) => inPixels(width, image));
  const margin = Math.ceil(Math.max(0, ...rings) + reachOf(steps, image, box)) + splineMargin;
  const wider = widened(box, margin, image);
  const { dimensions, values } = cropImage({ ...mask, spacingMm: null }, wider);
  return { image: cropImage(image, wider), mask: { dimensions, values: new Uint8Array(values) } };
}

/** How far the outline can get, in pixels. */
function reachOf(steps: readonly Perturbation[], image: Image, box: BoundingBox): number {
  let reach = 0;
  for (const step of steps) {
    const radius = reach + Math.max(box.width, box.height, box.depth);
    reach += stepReach(step, image, radius);
  }
  return reach;
}

/** @param radius At least half the diagonal of the region, in pixels. */
function stepReach(step: Perturbation, image: Image, radius: number): number {
  switch (step.kind) {
    case "rotate": {
      const [x, y] = image.spacingMm ?? [1, 1];
      const stretch = Math.max(x / y, y / x);
      return 2 * stretch * radius * Math.abs(sin((step.degrees * Math.PI) / 360));
    }
    case "translate":
      return Math.max(...step.px.map(Math.abs));
    case "grow":
      return "share" in step.by
        ? 2 * radius * (Math.sqrt(1 + Math.max(0, step.by.share)) - 1)
        : Math.max(0, inPixels(step.by, image));
    case "contour":
      return (
        furthestDeviations *
        ("share" in step.deviation ? step.deviation.share * radius : inPixels(step.deviation, image))
      );
    case "noise":
    case "speckle":
      return 0;
  }
}

function inPixels(length: Length, image: Image): number {
  return Math.max(...lengthInPixels(length, image, "a perturbation in mm"));
}

function widened(box: BoundingBox, margin: number, { dimensions }: Image): BoundingBox {
  const [x, width] = span(box.x, box.width, margin, dimensions[0]);
  const [y, height] = span(box.y, box.height, margin, dimensions[1]);
  const [z, depth] = span(box.z, box.depth, margin, dimensions[2]);
  return { x, y, z, width, height, depth };
}

function span(start: number, length: number, margin: number, size: number): [first: number, count: number] {
  const first = Math.max(0, start - margin);
  return [first, Math.min(size, start + length + margin) - first];
}
