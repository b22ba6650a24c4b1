import { CODE_CELLS, codeText, cosineCode } from "./cosine-code.ts";
import { type Box, meanCells, type SummedSlice, summedSlice } from "./fingerprint-patch.ts";
import type { Image, Mask } from "./image.ts";

/** What is kept of an image to find copies of it: small, plain JSON, and no longer an image that a person could read. */
export interface ImageFingerprint {
  /** Columns and rows of `levels`; the longer side has {@link THUMBNAIL_SIDE}. */
  readonly columns: number;
  readonly rows: number;
  /** Mean levels of the cells, row by row, one character a cell: 64 steps from the darkest to the brightest cell. */
  readonly levels: string;
  /** The lesion's bounding box in cells: left, top, right, bottom. */
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
  /** Cosine codes of the whole frame and of the lesion's bounding box, as hexadecimal digits. */
  readonly frame: string;
  readonly lesion: string;
}

/** Cells of the longer side of a thumbnail. */
export const THUMBNAIL_SIDE = 96;

/** One character a step. */
const STEPS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/** The step of each character, by its code. */
const STEP_OF = new Uint8Array(128);
for (let step = 0; step < STEPS.length; step++) STEP_OF[STEPS.charCodeAt(step)] = step;

/**
 * The fingerprint of an image with an outlined lesion, by which copies are found that were cropped, mirrored, turned by
 * right angles, scaled, compressed or changed in gain. Of a volume: of the slice with the largest outline.
 *
 * @param mask On the grid of the image.
 * @returns Null where nothing is outlined or the slice has one grey level.
 */
export function imageFingerprint(image: Image, mask: Mask): ImageFingerprint | null {
  const outline = largestOutline(mask);
  if (outline === null) return null;
  const { z, box } = outline;
  const slice = summedSlice(image, z);
  const { width, height } = slice;
  const scale = THUMBNAIL_SIDE / Math.max(width, height);
  const [columns, rows] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const whole = { left: 0, top: 0, right: width, bottom: height };
  const levels = thumbnailLevels(meanCells(slice, whole, columns, rows));
  if (levels === null) return null;
  const [across, down] = [columns / width, rows / height];
  return {
    columns,
    rows,
    levels,
    box: [box.left * across, box.top * down, box.right * across, box.bottom * down],
    frame: codeOf(slice, whole),
    lesion: codeOf(slice, box),
  };
}

/** Levels of the cells of a fingerprint, 0..63. */
export function thumbnailOf({ levels }: ImageFingerprint): Uint8Array {
  const cells = new Uint8Array(levels.length);
  for (let cell = 0; cell < cells.length; cell++) cells[cell] = STEP_OF[levels.charCodeAt(cell)];
  return cells;
}

function codeOf(slice: SummedSlice, box: Box): string {
  return codeText(cosineCode(meanCells(slice, box, CODE_CELLS, CODE_CELLS)));
}

function thumbnailLevels(cells: Float64Array): string | null {
  let [darkest, brightest] = [Infinity, -Infinity];
  for (const level of cells) {
    if (level < darkest) darkest = level;
    if (level > brightest) brightest = level;
  }
  if (!(brightest > darkest)) return null;
  const scale = (STEPS.length - 1) / (brightest - darkest);
  return Array.from(cells, (level) => STEPS[Math.round((level - darkest) * scale)]).join("");
}

/** The slice with the most pixels inside, with the box around them. */
function largestOutline({
  dimensions: [width, height, depth],
  values,
}: Mask): { z: number; box: Box } | null {
  const plane = width * height;
  let [largest, most] = [-1, 0];
  for (let z = 0; z < depth; z++) {
    let inside = 0;
    for (let p = z * plane; p < (z + 1) * plane; p++) inside += values[p];
    if (inside > most) [largest, most] = [z, inside];
  }
  if (largest < 0) return null;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0, p = largest * plane; y < height; y++)
    for (let x = 0; x < width; x++, p++) {
      if (values[p] === 0) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  return { z: largest, box: { left, top, right, bottom } };
}
