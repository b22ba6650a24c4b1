import { type Finding, InputError } from "../errors.ts";
import type { Dimensions, Mask } from "./image.ts";

/** A mask made from a picture of one, and how. */
export interface ThresholdedMask {
  readonly mask: Mask;
  /** Level from which a pixel is inside. */
  readonly threshold: number;
  /** Pixels strictly between 0 and the largest level; 0 for a picture of two levels. */
  readonly intermediate: number;
  readonly findings: readonly Finding[];
}

/**
 * The pixels at or above a threshold as a mask; without one, half of the picture's largest level.
 *
 * @param levels Grey levels of the picture of a mask, at least 0; shape [width * height * depth].
 * @param threshold Level from which a pixel is inside, above 0; null: half of the largest level.
 * @returns The mask, empty where no level reaches the threshold; soft edges are counted in a warning.
 * @throws {InputError} The number of levels does not fit the dimensions, or the threshold is not above 0.
 * @example thresholdMask([3, 1, 1], Uint8Array.of(0, 127, 255), null).mask.values // => [0, 0, 1]
 */
export function thresholdMask(
  dimensions: Dimensions,
  levels: Uint8Array | Uint16Array,
  threshold: number | null,
): ThresholdedMask {
  const pixels = dimensions[0] * dimensions[1] * dimensions[2];
  if (levels.length !== pixels)
    throw new InputError(`a mask of ${dimensions.join(" × ")} needs ${pixels} levels; got ${levels.length}`);
  if (threshold !== null && !(threshold > 0))
    throw new InputError(`a mask's threshold needs to be above 0; got ${threshold}`);
  let largest = 0;
  for (let pixel = 0; pixel < pixels; pixel++) if (levels[pixel] > largest) largest = levels[pixel];
  const used = threshold ?? (largest === 0 ? 1 : largest / 2);
  const values = new Uint8Array(pixels);
  let intermediate = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const level = levels[pixel];
    if (level >= used) values[pixel] = 1;
    if (level > 0 && level < largest) intermediate++;
  }
  return {
    mask: { dimensions, values },
    threshold: used,
    intermediate,
    findings: softEdges(intermediate, used),
  };
}

function softEdges(intermediate: number, threshold: number): Finding[] {
  if (intermediate === 0) return [];
  const pixels = intermediate === 1 ? "1 pixel has a level" : `${intermediate} pixels have levels`;
  return [
    {
      code: "mask-soft-edges",
      severity: "warning",
      message: `a mask needs two levels; ${pixels} between background and foreground; levels of ${threshold} or more were taken as inside (threshold)`,
    },
  ];
}
