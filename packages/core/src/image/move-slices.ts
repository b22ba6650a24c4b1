import { cos, sin } from "../math/elementary.ts";
import { splineCoefficients, splineWeights } from "./cubic-spline.ts";
import type { Image, Mask, Spacing } from "./image.ts";
import { type BoundingBox, boundingBox } from "./mask.ts";

/** Where a pixel of the new slice lies in the old one: x' = xx · x + xy · y + x0, y' alike. */
export interface PlaneMap {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

/** A share of a pixel that is so little below a half counts as one: rounding. */
const roundingShare = 1e-9;

/**
 * A rotation about a point, in millimetres where pixels are not square.
 *
 * @param degrees Counter-clockwise as seen, y pointing down.
 * @param centre In pixels.
 * @param spacing Null: pixels are square.
 * @example rotation(90, [1, 1], null).xy // => -1
 */
export function rotation(
  degrees: number,
  [x, y]: readonly [number, number],
  spacing: Spacing | null,
): PlaneMap {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [cos(angle), sin(angle)];
  const aspect = spacing === null ? 1 : spacing[1] / spacing[0];
  const [xy, yx] = [-s * aspect, s / aspect];
  return { xx: c, xy, x0: x - c * x - xy * y, yx, yy: c, y0: y - yx * x - c * y };
}

/**
 * A movement within slices.
 *
 * @example translation([0.25, 0]).x0 // => -0.25
 */
export function translation([x, y]: readonly [number, number]): PlaneMap {
  return { xx: 1, xy: 0, x0: -x, yx: 0, yy: 1, y0: -y };
}

/**
 * An image whose slices are sampled anew by cubic B-splines.
 *
 * @returns On the same grid, not rounded; beyond the outermost centres the outermost pixels go on.
 */
export function moveImage({ dimensions, values }: Image, map: PlaneMap): Float64Array {
  const [width, height, depth] = dimensions;
  const alongX = splineCoefficients(new Float64Array(values), width, 1);
  const coefficients = splineCoefficients(alongX, height, width);
  const moved = new Float64Array(values.length);
  const [columns, rows] = [mirrored(width), mirrored(height)];
  let target = 0;
  for (let z = 0; z < depth; z++) {
    const slice = z * width * height;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++, target++) {
        const atX = within(map.xx * x + map.xy * y + map.x0, width);
        const atY = within(map.yx * x + map.yy * y + map.y0, height);
        const [left, top] = [Math.floor(atX), Math.floor(atY)];
        const across = splineWeights(atX - left);
        const down = splineWeights(atY - top);
        let sum = 0;
        for (let j = 0; j < 4; j++) {
          const row = slice + rows[top + j] * width;
          sum +=
            down[j] *
            (across[0] * coefficients[row + columns[left]] +
              across[1] * coefficients[row + columns[left + 1]] +
              across[2] * coefficients[row + columns[left + 2]] +
              across[3] * coefficients[row + columns[left + 3]]);
        }
        moved[target] = sum;
      }
  }
  return moved;
}

/**
 * A mask whose slices are sampled anew, bilinearly.
 *
 * @returns Inside where at least half of the interpolated pixel is; what leaves the grid is cut off.
 */
export function moveMask(mask: Mask, map: PlaneMap): Mask {
  const { dimensions } = mask;
  const [width, height] = dimensions;
  const moved = new Uint8Array(mask.values.length);
  const box = boundingBox(mask);
  if (box === null) return { dimensions, values: moved };
  const stride = box.width + 2;
  const values = paddedSlices(mask, box);
  for (let z = 0; z < box.depth; z++) {
    let target = (box.z + z) * width * height;
    const slice = z * stride * (box.height + 2);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++, target++) {
        const atX = map.xx * x + map.xy * y + map.x0 - box.x + 1;
        const atY = map.yx * x + map.yy * y + map.y0 - box.y + 1;
        // Half a pixel beyond the box nothing reaches a share of one half.
        if (atX < 0.5 || atY < 0.5 || atX > box.width + 0.5 || atY > box.height + 0.5) continue;
        const [left, top] = [Math.floor(atX), Math.floor(atY)];
        const [fx, fy] = [atX - left, atY - top];
        const at = slice + top * stride + left;
        const above = (1 - fx) * values[at] + fx * values[at + 1];
        const below = (1 - fx) * values[at + stride] + fx * values[at + stride + 1];
        if ((1 - fy) * above + fy * below >= 0.5 - roundingShare) moved[target] = 1;
      }
  }
  return { dimensions, values: moved };
}

/** The slices of a box with a margin of one empty pixel. */
function paddedSlices({ dimensions: [width, height], values }: Mask, box: BoundingBox): Uint8Array {
  const stride = box.width + 2;
  const padded = new Uint8Array(stride * (box.height + 2) * box.depth);
  for (let z = 0; z < box.depth; z++)
    for (let y = 0; y < box.height; y++) {
      const source = ((box.z + z) * height + box.y + y) * width + box.x;
      const target = (z * (box.height + 2) + y + 1) * stride + 1;
      for (let x = 0; x < box.width; x++) padded[target + x] = values[source + x] === 0 ? 0 : 1;
    }
  return padded;
}

function within(position: number, size: number): number {
  return Math.min(size - 1, Math.max(0, position));
}

/** The pixel at each of the positions -1 to size + 1, mirrored about the outermost centres as splines are continued. */
function mirrored(size: number): Int32Array {
  return Int32Array.from({ length: size + 3 }, (_, k) => {
    if (size === 1) return 0;
    const at = Math.abs(k - 1) % (2 * (size - 1));
    return at < size ? at : 2 * (size - 1) - at;
  });
}
