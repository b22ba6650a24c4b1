import type { BmpHeader } from "./bmp-header.ts";
import { damagedImage } from "./decoded-image.ts";

/**
 * The palette indices of a BMP compressed by run lengths (RLE8, RLE4), upper row first.
 *
 * @param file Name for messages.
 * @returns One index a pixel; pixels that the stream leaves out are 0.
 * @throws {FormatError} A run that leaves the picture, or a stream without its end mark.
 * @source Microsoft, "Bitmap Compression": pairs of (count, value); count 0 escapes to 0 end of row, 1 end of picture,
 *   2 move right and up, and n >= 3 literal indices, padded to 16 bits.
 */
export function runLengthIndices(bytes: Uint8Array, header: BmpHeader, file: string): Uint8Array {
  const { width, height, compression } = header;
  const indices = new Uint8Array(width * height);
  const perByte = compression === "rle4" ? 2 : 1;
  let [x, y, at] = [0, 0, header.start];
  const put = (index: number) => {
    if (x >= width || y >= height)
      throw damagedImage(file, "BMP", "a run of pixels leaves the picture, so bytes are corrupt");
    indices[(header.isTopDown ? y : height - 1 - y) * width + x++] = index;
  };
  while (at + 1 < bytes.length) {
    const [count, code] = [bytes[at], bytes[at + 1]];
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(part(code, i, perByte));
    } else if (code === 0) [x, y] = [0, y + 1];
    else if (code === 1) return indices;
    else if (code === 2) {
      if (at + 1 >= bytes.length) break;
      [x, y, at] = [x + bytes[at], y + bytes[at + 1], at + 2];
    } else {
      const length = Math.ceil(code / perByte);
      if (at + length > bytes.length) break;
      for (let i = 0; i < code; i++) put(part(bytes[at + Math.floor(i / perByte)], i, perByte));
      at += length + (length % 2);
    }
  }
  throw damagedImage(file, "BMP", "its run lengths end without an end mark, so it is truncated");
}

/** The index of the i-th pixel in a byte: the byte itself, or its upper and lower half in turn. */
function part(byte: number, i: number, perByte: number): number {
  if (perByte === 1) return byte;
  return i % 2 === 0 ? byte >> 4 : byte & 15;
}
