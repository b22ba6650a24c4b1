import type { Image, Mask } from "../image/image.ts";
import { traceBorder } from "./ultrasound-border.ts";
import { type LesionEchoes, describeEchoes } from "./ultrasound-echoes.ts";
import { frameLesion } from "./ultrasound-frame.ts";
import { type LesionMargin, describeMargin } from "./ultrasound-margin.ts";
import {
  type BorderShape,
  type LesionOrientation,
  describeBorder,
  describeOrientation,
} from "./ultrasound-outline.ts";
import { type PosteriorEchoes, describePosterior } from "./ultrasound-posterior.ts";
import { normalisedRadialGradient } from "./ultrasound-radial-gradient.ts";

/** A lesion in a B-mode frame as a reader describes it: what lies behind it, its margin, echogenicity and border. */
export interface UltrasoundScene {
  readonly posterior: PosteriorEchoes | null;
  readonly margin: LesionMargin | null;
  readonly radialGradient: number | null;
  readonly echoes: LesionEchoes | null;
  readonly orientation: LesionOrientation;
  readonly border: BorderShape | null;
}

/**
 * What the ultrasound features of a lesion are computed from.
 *
 * The upper edge of the frame is taken for the skin, columns for the way of the sound. Distances are shares of the radius
 * R of the circle of the lesion's area, differences of echogenicity are in standard deviations of the tissue within R of
 * it: neither depends on the size of pixels, or on gain and dynamic range of log-compressed levels, which add to and
 * multiply them, as long as no level is clipped.
 *
 * @param mask On the grid of the image.
 * @returns Null where the region spans several slices.
 * @throws {InputError} The sizes differ, the mask is empty, or a level inside it is not finite.
 */
export function describeUltrasound(image: Image, mask: Mask): UltrasoundScene | null {
  const frame = frameLesion(image, mask);
  if (frame === null) return null;
  const border = traceBorder(frame);
  return {
    posterior: describePosterior(frame),
    margin: describeMargin(frame, border),
    radialGradient: normalisedRadialGradient(frame, border),
    echoes: describeEchoes(frame),
    orientation: describeOrientation(frame),
    border: describeBorder(frame, border),
  };
}
