import { inflateSync } from "node:zlib";
import type { RasterSamples } from "@sentinode/core/radiomics";
import { damagedImage, type DecodedImage } from "./decoded-image.ts";
import { expandPngSamples } from "./expand-png-samples.ts";
import { type PngColour, type PngStructure, readPngStructure } from "./png-structure.ts";

/** Samples a pixel as stored. */
export const storedChannels: Readonly<Record<PngColour, 1 | 2 | 3 | 4>> = {
  grey: 1,
  palette: 1,
  "grey-alpha": 2,
  rgb: 3,
  "rgb-alpha": 4,
};

/** A part of the image that is stored like an image of its own: every `dx`-th pixel of every `dy`-th row. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

const WHOLE: readonly Pass[] = [{ x: 0, y: 0, dx: 1, dy: 1 }];

/** Adam7: seven passes, each finer than the one before. */
const INTERLACED: readonly Pass[] = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];

/** Bytes after the last row that some encoders write; more is refused. */
const SLACK = 65_536;

/**
 * The pixels of a PNG, every sample as stored: no gamma, no colour profile, 16 bits stay 16 bits.
 *
 * @param file Name for messages.
 * @returns Palettes are resolved and transparent colours become alpha; the image of an animation is its still one.
 * @throws {FormatError} As `readPngStructure`; data that cannot be inflated or are shorter or longer than the image.
 * @throws {InputError} An image above the limits of size.
 * @source W3C PNG specification (third edition), sections 7 to 10.
 */
export function decodePng(bytes: Uint8Array, file: string): DecodedImage {
  const png = readPngStructure(bytes, file);
  const stored = storedSamples(png, file);
  const raster: RasterSamples = expandPngSamples(png, stored, file);
  return { format: "PNG", raster, bits: png.bitDepth, frames: png.frames, findings: png.findings };
}

function storedSamples(png: PngStructure, file: string): Uint8Array | Uint16Array {
  const channels = storedChannels[png.colour];
  const passes = png.isInterlaced ? INTERLACED : WHOLE;
  const sizes = passes.map((pass) => passSize(png, pass));
  const rowBytes = (width: number) => Math.ceil((width * channels * png.bitDepth) / 8);
  const expected = sizes.reduce((sum, { width, height }) => sum + height * (1 + rowBytes(width)), 0);
  const filtered = inflateAll(png.data, expected, file);
  const samples = new (png.bitDepth === 16 ? Uint16Array : Uint8Array)(png.width * png.height * channels);
  const pixelBytes = Math.max(1, (channels * png.bitDepth) / 8);
  let at = 0;
  sizes.forEach(({ width, height }, index) => {
    const length = rowBytes(width);
    const pass = passes[index];
    let previous = new Uint8Array(length);
    for (let y = 0; y < height; y++, at += 1 + length) {
      const row = filtered.subarray(at + 1, at + 1 + length);
      if (!unfilter({ row, previous, filter: filtered[at], pixelBytes }))
        throw damagedImage(file, "PNG", "a row has a filter that does not exist, so bytes are corrupt");
      const start = ((pass.y + y * pass.dy) * png.width + pass.x) * channels;
      unpackRow(row, png.bitDepth, { samples, start, width, channels, step: pass.dx * channels });
      previous = row;
    }
  });
  return samples;
}

/** Width and height of a pass; no rows where it has no column. */
function passSize(png: PngStructure, { x, y, dx, dy }: Pass): { width: number; height: number } {
  const width = Math.max(0, Math.ceil((png.width - x) / dx));
  return { width, height: width === 0 ? 0 : Math.max(0, Math.ceil((png.height - y) / dy)) };
}

function inflateAll(pieces: readonly Uint8Array[], expected: number, file: string): Uint8Array<ArrayBuffer> {
  let inflated: Buffer;
  try {
    inflated = inflateSync(Buffer.concat(pieces), { maxOutputLength: expected + SLACK });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ERR_BUFFER_TOO_LARGE")
      throw damagedImage(
        file,
        "PNG",
        "its data inflate to more than its size (a decompression bomb, or corrupt)",
      );
    throw damagedImage(
      file,
      "PNG",
      code === "Z_BUF_ERROR"
        ? "its image data end too soon, so it is truncated"
        : "its image data are corrupt",
    );
  }
  if (inflated.length < expected)
    throw damagedImage(
      file,
      "PNG",
      `its image data are too short; got ${inflated.length} of ${expected} bytes`,
    );
  return new Uint8Array(inflated.buffer as ArrayBuffer, inflated.byteOffset, inflated.length);
}

interface FilteredRow {
  readonly row: Uint8Array;
  readonly previous: Uint8Array;
  readonly filter: number;
  /** Distance to the byte on the left. */
  readonly pixelBytes: number;
}

/** Undoes a filter in place; false for a filter that does not exist. */
function unfilter({ row, previous, filter, pixelBytes }: FilteredRow): boolean {
  switch (filter) {
    case 0:
      return true;
    case 1:
      for (let i = pixelBytes; i < row.length; i++) row[i] += row[i - pixelBytes];
      return true;
    case 2:
      for (let i = 0; i < row.length; i++) row[i] += previous[i];
      return true;
    case 3:
      for (let i = 0; i < row.length; i++)
        row[i] += ((i >= pixelBytes ? row[i - pixelBytes] : 0) + previous[i]) >> 1;
      return true;
    case 4:
      unfilterPaeth(row, previous, pixelBytes);
      return true;
    default:
      return false;
  }
}

/** Adds the neighbour (left, above, above left) that is nearest to left + above - above left. */
function unfilterPaeth(row: Uint8Array, previous: Uint8Array, pixelBytes: number): void {
  for (let i = 0; i < pixelBytes && i < row.length; i++) row[i] += previous[i];
  for (let i = pixelBytes; i < row.length; i++) {
    const left = row[i - pixelBytes];
    const above = previous[i];
    const corner = previous[i - pixelBytes];
    const toLeft = Math.abs(above - corner);
    const toAbove = Math.abs(left - corner);
    const toCorner = Math.abs(left + above - 2 * corner);
    row[i] += toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
  }
}

/** Where the samples of a row go. */
interface RowTarget {
  readonly samples: Uint8Array | Uint16Array;
  readonly start: number;
  readonly width: number;
  readonly channels: number;
  /** Samples from one pixel of the row to the next. */
  readonly step: number;
}

function unpackRow(
  row: Uint8Array,
  bitDepth: number,
  { samples, start, width, channels, step }: RowTarget,
): void {
  if (bitDepth === 8 && step === channels) {
    samples.set(row, start);
    return;
  }
  for (let x = 0, stored = 0; x < width; x++) {
    for (let channel = 0; channel < channels; channel++, stored++)
      samples[start + x * step + channel] = storedSample(row, stored, bitDepth);
  }
}

function storedSample(row: Uint8Array, index: number, bitDepth: number): number {
  if (bitDepth === 8) return row[index];
  if (bitDepth === 16) return (row[2 * index] << 8) | row[2 * index + 1];
  const bit = index * bitDepth;
  return (row[bit >> 3] >> (8 - bitDepth - (bit & 7))) & ((1 << bitDepth) - 1);
}
