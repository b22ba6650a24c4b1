import type { Image, Mask } from "../image/image.ts";
import { boundingBox } from "../image/mask.ts";
import { viridis } from "./viridis.ts";

/** A picture: red, green and blue of each pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  /** Values at the lower and the upper end of the colour bar; null where the map has none. */
  readonly range: readonly [least: number, most: number] | null;
}

/** Sides of a picture of about so many pixels are drawn. */
const wantedSide = 480;
const barWidth = 16;

/**
 * A feature map in colour over the grey image around the lesion, with a colour bar, dark for the least value, at its right.
 *
 * @param map On the grid of the image, NaN where there is no value.
 */
export function drawFeatureMap(image: Image, mask: Mask, map: Image): Picture {
  const view = viewOf(image, mask);
  const range = rangeOf(map.values);
  const { scale, x, y } = view;
  const [width, height] = [view.width * scale + 2 * barWidth, view.height * scale];
  const rgb = new Uint8Array(3 * width * height).fill(255);
  const grey = greyScale(image);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < view.width * scale; column++) {
      const p = (y + Math.floor(row / scale)) * image.dimensions[0] + x + Math.floor(column / scale);
      const value = map.values[view.start + p];
      const colour =
        range === null || Number.isNaN(value)
          ? grey(image.values[view.start + p])
          : viridis(range[1] > range[0] ? (value - range[0]) / (range[1] - range[0]) : 0.5);
      rgb.set(colour, 3 * (row * width + column));
    }
  for (let row = 0; row < height; row++)
    for (let column = width - barWidth; column < width; column++)
      rgb.set(viridis(1 - row / Math.max(1, height - 1)), 3 * (row * width + column));
  return { width, height, rgb, range };
}

interface View {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Picture pixels a side of an image pixel. */
  readonly scale: number;
  /** First pixel of the slice. */
  readonly start: number;
}

/** The lesion with a quarter of its size around it. */
function viewOf({ dimensions }: Image, mask: Mask): View {
  const box = boundingBox(mask) ?? { x: 0, y: 0, z: 0, width: dimensions[0], height: dimensions[1] };
  const margin = Math.ceil(Math.max(box.width, box.height) / 4);
  const [x, y] = [Math.max(0, box.x - margin), Math.max(0, box.y - margin)];
  const width = Math.min(dimensions[0], box.x + box.width + margin) - x;
  const height = Math.min(dimensions[1], box.y + box.height + margin) - y;
  const scale = Math.max(1, Math.round(wantedSide / Math.max(width, height)));
  return { x, y, width, height, scale, start: box.z * dimensions[0] * dimensions[1] };
}

function rangeOf(values: Image["values"]): [number, number] | null {
  let [least, most] = [Infinity, -Infinity];
  for (let p = 0; p < values.length; p++) {
    if (values[p] < least) least = values[p];
    if (values[p] > most) most = values[p];
  }
  return least <= most ? [least, most] : null;
}

function greyScale(image: Image): (value: number) => [number, number, number] {
  const [least, most] = rangeOf(image.values) ?? [0, 1];
  const factor = most > least ? 255 / (most - least) : 0;
  return (value) => {
    const level = Math.round((value - least) * factor);
    return [level, level, level];
  };
}
