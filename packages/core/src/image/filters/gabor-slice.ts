import { type Complex, createAxisTransform, fourierTransform } from "../../math/fft.ts";
import type { Image } from "../image.ts";
import { readBlock, wholeImage, withRange } from "./block.ts";
import type { Wanted } from "./cascade.ts";
import type { GaborBand } from "./gabor-band.ts";

/** The axes of a slice, the faster one first, and the axis across slices. */
export type PlaneOfSlices = readonly [along: number, down: number, across: number];

/** A number for each axis of a slice. */
export type InSlice = readonly [along: number, down: number];

/** The part of a slice where responses are wanted, and the grid that holds it with what kernels reach. */
export interface SliceGrid {
  readonly plane: PlaneOfSlices;
  readonly kept: InSlice;
  readonly reach: InSlice;
  /** At least kept + 2 reach. */
  readonly sizes: InSlice;
}

/**
 * The transform of a slice and of the pixels around it, on a grid that zeros fill up.
 *
 * @param slice From 0, the first that is wanted.
 */
export function sliceSpectrum(
  image: Image,
  wanted: Wanted,
  { plane: [along, down, across], reach, sizes }: SliceGrid,
  slice: number,
): Complex {
  const first = wanted.ranges[across][0] + slice;
  let ranges = withRange(wanted.ranges, across, [first, first + 1]);
  for (const [axis, pixels] of [
    [along, reach[0]],
    [down, reach[1]],
  ])
    ranges = withRange(ranges, axis, [ranges[axis][0] - pixels, ranges[axis][1] + pixels]);
  const { values } = readBlock(wholeImage(image), ranges, wanted);
  const spectrum = emptyComplex(sizes[0] * sizes[1]);
  const width = ranges[along][1] - ranges[along][0];
  for (let start = 0, to = 0; start < values.length; start += width, to += sizes[0])
    spectrum.re.set(values.subarray(start, start + width), to);
  fourierTransform(spectrum.re, spectrum.im, sizes, "forward");
  return spectrum;
}

/**
 * Responses to the bands of kernels. Only frequencies that a kernel lets pass are transformed back, and only to the
 * columns, then to the rows, that are wanted.
 *
 * @param bands All that responses will be asked for.
 * @returns A function whose responses, shape kept, stay until it is called again.
 */
export function createBandResponse(
  { kept: [keptWidth, keptHeight], reach, sizes: [width, height] }: SliceGrid,
  bands: readonly GaborBand[],
): (spectrum: Complex, band: GaborBand) => Complex {
  const mostRows = bands.reduce((most, { rows }) => Math.max(most, rows), 0);
  const lines = emptyComplex(width * mostRows);
  const response = emptyComplex(height * keptWidth);
  const result = part(response, reach[1] * keptWidth, keptHeight * keptWidth);
  const [alongX, alongY] = [createAxisTransform(width, "inverse"), createAxisTransform(height, "inverse")];
  return (spectrum, band) => {
    const passed = part(lines, 0, width * band.rows);
    multiplyByBand(spectrum, band, { width, height }, passed);
    alongX(passed, band.rows);
    turnRows(passed, band, { from: reach[0], width: keptWidth, height }, response);
    alongY(response, keptWidth);
    return result;
  };
}

/** Writes the frequencies of a band, times its weights, to lines along y: frequency (x, row) is at x * rows + row. */
function multiplyByBand(
  spectrum: Complex,
  { firstColumn, columns, firstRow, rows, weights }: GaborBand,
  { width, height }: { readonly width: number; readonly height: number },
  { re, im }: Complex,
): void {
  re.fill(0);
  im.fill(0);
  for (let column = 0; column < columns; column++) {
    const x = (firstColumn + column) % width;
    for (let row = 0, to = x * rows; row < rows; row++, to++) {
      const from = ((firstRow + row) % height) * width + x;
      const weight = weights[row * columns + column];
      re[to] = weight * spectrum.re[from];
      im[to] = weight * spectrum.im[from];
    }
  }
}

/** Writes the wanted columns of lines along y to a grid of all rows. */
function turnRows(
  lines: Complex,
  { firstRow, rows }: GaborBand,
  { from, width, height }: { readonly from: number; readonly width: number; readonly height: number },
  { re, im }: Complex,
): void {
  re.fill(0);
  im.fill(0);
  for (let row = 0; row < rows; row++) {
    const target = ((firstRow + row) % height) * width;
    for (let x = 0, at = from * rows + row; x < width; x++, at += rows) {
      re[target + x] = lines.re[at];
      im[target + x] = lines.im[at];
    }
  }
}

function emptyComplex(length: number): Complex {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

function part({ re, im }: Complex, start: number, length: number): Complex {
  return { re: re.subarray(start, start + length), im: im.subarray(start, start + length) };
}
