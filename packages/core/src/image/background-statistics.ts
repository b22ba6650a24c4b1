import type { Image, Mask } from "./image.ts";

/** A measure of what a frame shows far from the lesion; of a model that lives on it, nothing has to do with the tumour. */
export interface BackgroundStatistic {
  readonly name: string;
  readonly label: string;
}

/** What {@link backgroundStatistics} measures, in its order; levels are shares of white. */
export const backgroundStatisticList: readonly BackgroundStatistic[] = [
  { name: "corner-top-left", label: "Mean level, top left corner" },
  { name: "corner-top-right", label: "Mean level, top right corner" },
  { name: "corner-bottom-left", label: "Mean level, bottom left corner" },
  { name: "corner-bottom-right", label: "Mean level, bottom right corner" },
  { name: "border-left", label: "Mean level, left border" },
  { name: "border-right", label: "Mean level, right border" },
  { name: "near-field", label: "Mean level, upper quarter" },
  { name: "near-field-spread", label: "Spread of levels, upper quarter" },
  { name: "far-field", label: "Mean level, lower quarter" },
  { name: "far-field-spread", label: "Spread of levels, lower quarter" },
  { name: "bright", label: "Share of pixels nearly white, as text and calipers are" },
  { name: "edges", label: "Share of steps of more than half of white, as text and calipers have" },
];

/** The lesion's box grows by this share of its sides on each side before it is left out. */
const MARGIN = 0.25;

/** Parts of the frame, in shares of width and height: from x, to x, from y, to y. */
const PLACES: readonly (readonly [number, number, number, number])[] = [
  [0, 0.1, 0, 0.1],
  [0.9, 1, 0, 0.1],
  [0, 0.1, 0.9, 1],
  [0.9, 1, 0.9, 1],
  [0, 0.05, 0, 1],
  [0.95, 1, 0, 1],
  [0, 1, 0, 0.25],
  [0, 1, 0.75, 1],
];

/** From here on a level counts as white. */
const NEARLY_WHITE = 0.98;

/**
 * What a frame shows outside the box of the lesion, enlarged by a quarter on each side, in the order of
 * {@link backgroundStatisticList}. Of a volume the first slice is asked.
 *
 * @param lesion On the grid of the image.
 * @returns Finite numbers; null where the lesion's box leaves nothing of a place.
 */
export function backgroundStatistics(image: Image, lesion: Mask): readonly (number | null)[] {
  const [width, height] = image.dimensions;
  const frame = { image, width, height, white: whiteOf(image), box: enlargedBox(lesion, width, height) };
  const places = PLACES.map(([left, right, top, bottom]) =>
    moments(frame, [
      Math.floor(left * width),
      Math.ceil(right * width),
      Math.floor(top * height),
      Math.ceil(bottom * height),
    ]),
  );
  const [near, far] = places.slice(6);
  return [
    ...places.slice(0, 6).map((place) => place?.mean ?? null),
    ...[near, far].flatMap((place) => [place?.mean ?? null, place?.spread ?? null]),
    ...marks(frame),
  ];
}

/** Left, right, top, bottom; the ends are excluded. */
type Box = readonly [left: number, right: number, top: number, bottom: number];

interface Frame {
  readonly image: Image;
  readonly width: number;
  readonly height: number;
  /** Level of white. */
  readonly white: number;
  readonly box: Box;
}

function whiteOf({ values }: Image): number {
  if (values instanceof Uint8Array) return 255;
  if (values instanceof Uint16Array) return 65535;
  let white = 0;
  for (let p = 0; p < values.length; p++) if (values[p] > white) white = values[p];
  return white > 0 ? white : 1;
}

function enlargedBox({ values }: Mask, width: number, height: number): Box {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let p = 0; p < width * height; p++) {
    if (values[p] === 0) continue;
    const [x, y] = [p % width, Math.floor(p / width)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  const [across, along] = [MARGIN * (right - left), MARGIN * (bottom - top)];
  return [left - across, right + across, top - along, bottom + along];
}

function isInBox([left, right, top, bottom]: Box, x: number, y: number): boolean {
  return x >= left && x < right && y >= top && y < bottom;
}

function moments(
  { image: { values }, width, white, box }: Frame,
  [left, right, top, bottom]: Box,
): { readonly mean: number; readonly spread: number } | null {
  let [count, sum, squares] = [0, 0, 0];
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      if (isInBox(box, x, y)) continue;
      const level = values[y * width + x] / white;
      count++;
      sum += level;
      squares += level * level;
    }
  if (count === 0) return null;
  const mean = sum / count;
  return { mean, spread: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}

/** Shares of nearly white pixels and of large steps to the right or down. */
function marks({ image: { values }, width, height, white, box }: Frame): readonly (number | null)[] {
  let [count, bright, edges] = [0, 0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (isInBox(box, x, y)) continue;
      const level = values[y * width + x];
      const right = x + 1 < width && !isInBox(box, x + 1, y) ? values[y * width + x + 1] : level;
      const below = y + 1 < height && !isInBox(box, x, y + 1) ? values[(y + 1) * width + x] : level;
      count++;
      if (level >= NEARLY_WHITE * white) bright++;
      if (Math.abs(right - level) > white / 2 || Math.abs(below - level) > white / 2) edges++;
    }
  return count === 0 ? [null, null] : [bright / count, edges / count];
}
