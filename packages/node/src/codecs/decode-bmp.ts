import type { RasterSamples } from "@sentinode/core/radiomics";
import { type BmpHeader, readBmpHeader } from "./bmp-header.ts";
import { damagedImage, type DecodedImage } from "./decoded-image.ts";
import { runLengthIndices } from "./bmp-run-length.ts";

/**
 * The pixels of a BMP as older ultrasound machines export it: 1 to 32 bits, palettes, run lengths, bit-fields.
 *
 * @param file Name for messages.
 * @returns RGB, upper row first; RGBA only where the header names bits of alpha and a pixel uses them.
 * @throws {FormatError} Damaged or truncated bytes, or a pixel that refers to a colour that the palette does not have.
 * @throws {InputError} An image above the limits of size.
 */
export function decodeBmp(bytes: Uint8Array, file: string): DecodedImage {
  const header = readBmpHeader(bytes, file);
  if (header.start > bytes.length)
    throw damagedImage(file, "BMP", "its pixels lie beyond its end, so it is truncated");
  const raster =
    header.bitsPerPixel <= 8 ? paletteRaster(bytes, header, file) : directRaster(bytes, header, file);
  return { format: "BMP", raster, bits: 8, frames: 1, findings: [] };
}

/** Offset of a row of the picture in a file without run lengths; rows fill up to 4 bytes. */
function rowStarts(bytes: Uint8Array, header: BmpHeader, file: string): (row: number) => number {
  const rowBytes = Math.ceil((header.width * header.bitsPerPixel) / 32) * 4;
  const needed =
    header.start + (header.height - 1) * rowBytes + Math.ceil((header.width * header.bitsPerPixel) / 8);
  if (bytes.length < needed)
    throw damagedImage(file, "BMP", `it needs ${needed} bytes; got ${bytes.length}, so it is truncated`);
  return (row) => header.start + (header.isTopDown ? row : header.height - 1 - row) * rowBytes;
}

function paletteRaster(bytes: Uint8Array, header: BmpHeader, file: string): RasterSamples {
  const { width, height, palette } = header;
  const indices =
    header.compression === "none"
      ? packedIndices(bytes, header, file)
      : runLengthIndices(bytes, header, file);
  const samples = new Uint8Array(3 * indices.length);
  for (let pixel = 0; pixel < indices.length; pixel++) {
    const entry = 3 * indices[pixel];
    if (entry >= palette.length)
      throw damagedImage(
        file,
        "BMP",
        `a pixel refers to colour ${indices[pixel]} of a palette of ${palette.length / 3}`,
      );
    samples[3 * pixel] = palette[entry];
    samples[3 * pixel + 1] = palette[entry + 1];
    samples[3 * pixel + 2] = palette[entry + 2];
  }
  return { width, height, channels: 3, bitDepth: 8, samples };
}

function packedIndices(bytes: Uint8Array, header: BmpHeader, file: string): Uint8Array {
  const { width, height, bitsPerPixel } = header;
  const startOf = rowStarts(bytes, header, file);
  const indices = new Uint8Array(width * height);
  const ones = (1 << bitsPerPixel) - 1;
  for (let y = 0; y < height; y++) {
    const start = startOf(y);
    for (let x = 0; x < width; x++) {
      const bit = x * bitsPerPixel;
      indices[y * width + x] = (bytes[start + (bit >> 3)] >> (8 - bitsPerPixel - (bit & 7))) & ones;
    }
  }
  return indices;
}

function directRaster(bytes: Uint8Array, header: BmpHeader, file: string): RasterSamples {
  const { width, height, bitsPerPixel } = header;
  const startOf = rowStarts(bytes, header, file);
  const channels = header.masks.map(channelReader);
  const pixelBytes = bitsPerPixel / 8;
  const rgba = new Uint8Array(4 * width * height);
  let opacity = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0, at = startOf(y); x < width; x++, at += pixelBytes) {
      let pixel = 0;
      for (let byte = pixelBytes - 1; byte >= 0; byte--) pixel = pixel * 256 + bytes[at + byte];
      const to = 4 * (y * width + x);
      for (let channel = 0; channel < 4; channel++) rgba[to + channel] = channels[channel](pixel);
      opacity |= rgba[to + 3];
    }
  }
  // Many programs name bits of alpha and leave them 0 everywhere: such a picture is opaque.
  if (header.masks[3] !== 0 && opacity !== 0)
    return { width, height, channels: 4, bitDepth: 8, samples: rgba };
  const samples = new Uint8Array(3 * width * height);
  for (let from = 0, to = 0; to < samples.length; from += 4, to += 3)
    samples.set(rgba.subarray(from, from + 3), to);
  return { width, height, channels: 3, bitDepth: 8, samples };
}

/** Reads the bits of a mask from a pixel and spreads them over 0..255; a mask without bits gives 0. */
function channelReader(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const full = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / full);
}
