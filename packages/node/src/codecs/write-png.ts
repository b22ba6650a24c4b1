import { crc32 } from "node:zlib";
import { type Image, InputError, type Mask } from "@sentinode/core/radiomics";
import { zlibSync } from "fflate";
import { writeFileAtomically } from "../files/write-file-atomically.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * Writes an image as an 8-bit grey PNG.
 *
 * @param path Final place; its folder exists.
 * @throws As {@link encodePng}.
 */
export async function writePng(path: string, image: Pick<Image, "dimensions" | "values">): Promise<void> {
  await writeFileAtomically(path, encodePng(image));
}

/**
 * Writes a mask as a PNG, white on black.
 *
 * @param path Final place; its folder exists.
 */
export async function writeMaskPng(path: string, { dimensions, values }: Mask): Promise<void> {
  await writePng(path, { dimensions, values: values.map((inside) => (inside === 0 ? 0 : 255)) });
}

/**
 * The bytes of an 8-bit grey PNG: the same for the same image on every machine, since the compressor is JavaScript.
 *
 * @param image One frame of whole levels from 0 to 255.
 * @throws {InputError} Several frames, or a level that is not a whole number from 0 to 255.
 * @source W3C PNG specification (third edition); rows are unfiltered, since speckle has no neighbours to predict it.
 */
export function encodePng({ dimensions, values }: Pick<Image, "dimensions" | "values">): Uint8Array {
  const [width, height, depth] = dimensions;
  if (depth !== 1 || values.length !== width * height)
    throw new InputError(
      `a PNG needs one frame; got ${depth} frames and ${values.length} pixels for ${width} × ${height}`,
    );
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    to++;
    for (let x = 0; x < width; x++, from++, to++) {
      rows[to] = values[from];
      if (rows[to] !== values[from])
        throw new InputError(
          "a PNG of 8 bits needs whole levels from 0 to 255; got another level; scale and round first",
        );
    }
  }
  return assemblePng(width, height, GREY, rows);
}

/**
 * The bytes of an 8-bit colour PNG.
 *
 * @param rgb Red, green and blue of each pixel, row by row.
 */
export function encodeColourPng(width: number, height: number, rgb: Uint8Array): Uint8Array {
  const rows = new Uint8Array((3 * width + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(rgb.subarray(3 * width * y, 3 * width * (y + 1)), (3 * width + 1) * y + 1);
  return assemblePng(width, height, COLOUR, rows);
}

/** Colour types of the format. */
const GREY = 0;
const COLOUR = 2;

/** @param rows Each with its filter type, 0, in front. */
function assemblePng(width: number, height: number, colourType: number, rows: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = colourType;
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", zlibSync(rows, { level: 6 })),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

function chunk(type: string, content: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + content.length);
  bytes.writeUInt32BE(content.length, 0);
  bytes.write(type, 4, "latin1");
  bytes.set(content, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length);
  return bytes;
}
