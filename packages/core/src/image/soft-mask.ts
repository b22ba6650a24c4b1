import { type Finding, InputError } from "../errors.ts";
import type { Dimensions, Mask } from "./image.ts";
import { firstInside } from "./mask.ts";

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
  const counts = countGreyLevels(levels);
  const largest = counts.findLastIndex((count, level) => level > 0 && count > 0);
  const used = threshold ?? (largest <= 0 ? 1 : largest / 2);
  const values = new Uint8Array(pixels);
  for (let at = firstInside(levels, 0, pixels); at >= 0; at = firstInside(levels, at, pixels))
    for (; at < pixels && levels[at] !== 0; at++) if (levels[at] >= used) values[at] = 1;
  const intermediate = largest <= 0 ? 0 : pixels - counts[0] - counts[largest];
  return {
    mask: { dimensions, values },
    threshold: used,
    intermediate,
    findings: softEdges(intermediate, used),
  };
}

/**
 * How many pixels have each grey level.
 *
 * @returns One count a level that the array can hold.
 * @example countGreyLevels(Uint8Array.of(0, 2, 2)).slice(0, 4) // => [1, 0, 2, 0]
 */
export function countGreyLevels(levels: Uint8Array | Uint16Array): Uint32Array {
  const counts = new Uint32Array(levels.BYTES_PER_ELEMENT === 1 ? 256 : 65_536);
  let inside = 0;
  // Pictures of masks are mostly zeros, which are passed over several at a time.
  for (let at = firstInside(levels, 0, levels.length); at >= 0; at = firstInside(levels, at, levels.length))
    for (; at < levels.length && levels[at] !== 0; at++, inside++) counts[levels[at]]++;
  counts[0] = levels.length - inside;
  return counts;
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
