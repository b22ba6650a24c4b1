import type { Image, Mask } from "../image/image.ts";
import { boundingBox } from "../image/mask.ts";
import { glyphAdvance, glyphHeight, isInked } from "./number-glyphs.ts";
import { viridis } from "./viridis.ts";

/** A picture: red, green and blue of each pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  /** Values at the lower and the upper end of the colour bar; null where the map has none. */
  readonly range: readonly [least: number, most: number] | null;
}

type Colour = readonly [red: number, green: number, blue: number];

const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];

/** Sides of a picture of about so many pixels are drawn. */
const wantedSide = 480;
const outlineWidth = 2;
const barWidth = 16;
/** Space around the bar, and picture pixels a side of a glyph's pixel. */
const gap = 8;
const glyphScale = 2;

/**
 * A feature map in colour over the grey image around the lesion, outlined in white, with a colour bar at its right: the
 * largest value stands at its upper end, the least at its lower end.
 *
 * @param mask On the grid of the image.
 * @param map On the grid of the image, NaN where there is no value: the image is seen there.
 */
export function drawFeatureMap(image: Image, mask: Mask, map: Image): Picture {
  const view = viewOf(image, mask);
  const range = rangeOf(map.values);
  const labels = range === null ? [] : range.map((value) => String(Number(value.toPrecision(3))));
  const labelWidth = Math.max(barWidth, ...labels.map((label) => label.length * glyphAdvance * glyphScale));
  const width = view.width * view.scale + labelWidth + 2 * gap;
  const height = view.height * view.scale;
  const picture: Canvas = { width, height, rgb: new Uint8Array(3 * width * height).fill(255) };
  drawView(picture, view, { image, mask, map, range });
  if (range !== null) drawBar(picture, view.width * view.scale + gap, labels);
  return { ...picture, range };
}

interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
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

interface Drawn {
  readonly image: Image;
  readonly mask: Mask;
  readonly map: Image;
  readonly range: Picture["range"];
}

function drawView(picture: Canvas, view: View, { image, mask, map, range }: Drawn): void {
  const { x, y, scale, start } = view;
  const grey = greyScale(image);
  const pixelAt = (column: number, row: number) =>
    start + (y + Math.floor(row / scale)) * image.dimensions[0] + x + Math.floor(column / scale);
  const [columns, rows] = [view.width * scale, view.height * scale];
  const isInside = (column: number, row: number) =>
    column >= 0 && column < columns && row >= 0 && row < rows && mask.values[pixelAt(column, row)] !== 0;
  const isOutline = (column: number, row: number) =>
    [-outlineWidth, 0, outlineWidth].some((dy) =>
      [-outlineWidth, 0, outlineWidth].some((dx) => isInside(column + dx, row + dy)),
    );
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const p = pixelAt(column, row);
      const value = map.values[p];
      const hasColour = range !== null && !Number.isNaN(value);
      const isRim = mask.values[p] === 0 && isOutline(column, row);
      paint(
        picture,
        [column, row],
        isRim ? white : hasColour ? viridis(shareOf(value, range)) : grey(image.values[p]),
      );
    }
}

function drawBar(picture: Canvas, left: number, [least, most]: readonly string[]): void {
  const glyphs = glyphHeight * glyphScale;
  const [top, bottom] = [glyphs + gap, picture.height - glyphs - gap];
  for (let row = top; row < bottom; row++)
    for (let column = left; column < left + barWidth; column++)
      paint(picture, [column, row], viridis((bottom - 1 - row) / Math.max(1, bottom - 1 - top)));
  write(picture, [left, gap / 2], most);
  write(picture, [left, picture.height - glyphs - gap / 2], least);
}

function write(picture: Canvas, [left, top]: readonly [x: number, y: number], text: string): void {
  for (let row = 0; row < glyphHeight * glyphScale; row++)
    for (let column = 0; column < text.length * glyphAdvance * glyphScale; column++)
      if (isInked(text, Math.floor(row / glyphScale), Math.floor(column / glyphScale)))
        paint(picture, [left + column, top + row], black);
}

/** Pixels beyond the picture, of a lesion too small for a bar, are left out. */
function paint(
  { width, height, rgb }: Canvas,
  [x, y]: readonly [x: number, y: number],
  colour: Colour,
): void {
  if (x >= 0 && x < width && y >= 0 && y < height) rgb.set(colour, 3 * (y * width + x));
}

function shareOf(value: number, [least, most]: readonly [least: number, most: number]): number {
  return most > least ? (value - least) / (most - least) : 0.5;
}

function rangeOf(values: Image["values"]): [number, number] | null {
  let [least, most] = [Infinity, -Infinity];
  for (let p = 0; p < values.length; p++) {
    if (values[p] < least) least = values[p];
    if (values[p] > most) most = values[p];
  }
  return least <= most ? [least, most] : null;
}

function greyScale(image: Image): (value: number) => Colour {
  const [least, most] = rangeOf(image.values) ?? [0, 1];
  const factor = most > least ? 255 / (most - least) : 0;
  return (value) => {
    const level = Math.round((value - least) * factor);
    return [level, level, level];
  };
}
