import { FormatError } from "@sentinode/core/radiomics";
import { checkImageSize, damagedImage } from "./decoded-image.ts";

/** How a BMP stores its pixels. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** Whether the first stored row is the upper one; usually it is the lower one. */
  readonly isTopDown: boolean;
  readonly bitsPerPixel: 1 | 4 | 8 | 16 | 24 | 32;
  readonly compression: "none" | "rle8" | "rle4" | "bit-fields";
  /** R, G, B of each colour; empty for more than 8 bits a pixel. */
  readonly palette: Uint8Array;
  /** Bits of red, green, blue and alpha in a pixel of 16 or 32 bits; alpha 0 where there is none. */
  readonly masks: readonly [red: number, green: number, blue: number, alpha: number];
  /** Offset of the pixels in the file. */
  readonly start: number;
}

const COMPRESSIONS: ReadonlyMap<number, BmpHeader["compression"]> = new Map([
  [0, "none"],
  [1, "rle8"],
  [2, "rle4"],
  [3, "bit-fields"],
  [6, "bit-fields"],
]);

/** Bits a pixel that each compression allows. */
const DEPTHS: Readonly<Record<BmpHeader["compression"], readonly number[]>> = {
  none: [1, 4, 8, 16, 24, 32],
  rle8: [8],
  rle4: [4],
  "bit-fields": [16, 32],
};

const FILE_HEADER = 14;
const CORE_HEADER = 12;

/**
 * The header, palette and channel masks of a BMP.
 *
 * @param file Name for messages.
 * @throws {FormatError} A header that is cut off or has impossible values, an embedded JPEG or PNG.
 * @throws {InputError} An image above the limits of size.
 * @source Microsoft, BITMAPFILEHEADER, BITMAPCOREHEADER, BITMAPINFOHEADER, BITMAPV5HEADER.
 */
export function readBmpHeader(bytes: Uint8Array, file: string): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FILE_HEADER + CORE_HEADER)
    throw damagedImage(file, "BMP", "it ends inside its header, so it is truncated");
  const size = view.getUint32(14, true);
  if ((size !== CORE_HEADER && (size < 40 || size > 124)) || bytes.length < FILE_HEADER + size)
    throw damagedImage(file, "BMP", "its header has a size that does not exist, or is truncated");
  const fields = size === CORE_HEADER ? coreFields(view) : infoFields(view);
  const compression = compressionOf(fields.compression, fields.bitsPerPixel, file);
  const height = Math.abs(fields.height);
  checkImageSize(file, fields.width, height);
  const bitsPerPixel = fields.bitsPerPixel as BmpHeader["bitsPerPixel"];
  const masksBehindHeader = size === 40 && compression === "bit-fields" ? 12 : 0;
  return {
    width: fields.width,
    height,
    isTopDown: fields.height < 0,
    bitsPerPixel,
    compression,
    masks: channelMasks(view, { bitsPerPixel, compression }, size),
    palette: readPalette(view, { ...fields, at: FILE_HEADER + size + masksBehindHeader }),
    start: view.getUint32(10, true),
  };
}

/** Fields of the header of OS/2 and Windows 2: 16 bits each, palette entries of 3 bytes. */
function coreFields(view: DataView) {
  const at = (offset: number) => view.getUint16(offset, true);
  return {
    width: at(18),
    height: at(20),
    bitsPerPixel: at(24),
    compression: 0,
    entryBytes: 3 as const,
    used: 0,
  };
}

/** Fields of the headers since Windows 3; a negative height means that the upper row comes first. */
function infoFields(view: DataView) {
  return {
    width: view.getInt32(18, true),
    height: view.getInt32(22, true),
    bitsPerPixel: view.getUint16(28, true),
    compression: view.getUint32(30, true),
    entryBytes: 4 as const,
    used: view.getUint32(46, true),
  };
}

function compressionOf(code: number, bitsPerPixel: number, file: string): BmpHeader["compression"] {
  const compression = COMPRESSIONS.get(code);
  if (compression === undefined)
    throw new FormatError(
      `${file}: the BMP file is compressed by method ${code}, which is not read; export it as PNG`,
    );
  if (!DEPTHS[compression].includes(bitsPerPixel))
    throw damagedImage(
      file,
      "BMP",
      `its header says ${bitsPerPixel} bits a pixel with compression ${compression}, which does not exist`,
    );
  return compression;
}

function channelMasks(
  view: DataView,
  header: Pick<BmpHeader, "bitsPerPixel" | "compression">,
  size: number,
): BmpHeader["masks"] {
  if (header.compression !== "bit-fields")
    return header.bitsPerPixel === 16 ? [0x7c00, 0x03e0, 0x001f, 0] : [0x00ff0000, 0x0000ff00, 0x000000ff, 0];
  // The masks stand at the same place inside longer headers as behind the header of 40 bytes.
  const at = (field: number) =>
    view.byteLength >= 54 + 4 * field + 4 ? view.getUint32(54 + 4 * field, true) : 0;
  return [at(0), at(1), at(2), size >= 56 ? at(3) : 0];
}

interface PalettePlace {
  readonly at: number;
  readonly entryBytes: 3 | 4;
  /** Number of colours, 0 for as many as the bits allow. */
  readonly used: number;
  readonly bitsPerPixel: number;
}

/** Colours are stored as blue, green, red; those beyond the end of the file do not exist. */
function readPalette(view: DataView, { at, entryBytes, used, bitsPerPixel }: PalettePlace): Uint8Array {
  if (bitsPerPixel > 8) return new Uint8Array(0);
  const full = 1 << bitsPerPixel;
  const fits = Math.floor((view.byteLength - at) / entryBytes);
  const count = Math.max(0, Math.min(used === 0 ? full : used, full, fits));
  const palette = new Uint8Array(3 * count);
  for (let i = 0; i < count; i++)
    for (let channel = 0; channel < 3; channel++)
      palette[3 * i + channel] = view.getUint8(at + i * entryBytes + 2 - channel);
  return palette;
}
