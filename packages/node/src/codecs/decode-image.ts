import { type Finding, FormatError } from "@sentinode/core/radiomics";
import { decodeBmp } from "./decode-bmp.ts";
import type { DecodedImage, ImageFormat } from "./decoded-image.ts";
import { decodePng } from "./decode-png.ts";
import { decodePnm } from "./decode-pnm.ts";

const MAGIC: readonly (readonly [format: ImageFormat, magic: readonly number[]])[] = [
  ["PNG", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["JPEG", [0xff, 0xd8, 0xff]],
  ["TIFF", [0x49, 0x49, 0x2a, 0x00]],
  ["TIFF", [0x4d, 0x4d, 0x00, 0x2a]],
  ["TIFF", [0x49, 0x49, 0x2b, 0x00]],
  ["TIFF", [0x4d, 0x4d, 0x00, 0x2b]],
  ["BMP", [0x42, 0x4d]],
];

/** Endings that go with each format. */
const ENDINGS: Readonly<Record<ImageFormat, RegExp>> = {
  PNG: /\.a?png$/i,
  JPEG: /\.(jpe?g|jpe|jfif)$/i,
  TIFF: /\.tiff?$/i,
  BMP: /\.(bmp|dib)$/i,
  PNM: /\.(pgm|ppm|pnm)$/i,
};

/** Formats that are known and not read, with what to do. */
const OTHERS: readonly (readonly [name: string, magic: RegExp])[] = [
  ["a GIF image, which keeps too few colours for measurements; export the frame as PNG", /^GIF8/],
  ["a WebP image, which changes grey levels; export the frame as PNG", /^RIFF.{4}WEBP/s],
  ["a ZIP archive or workbook; name an image in it", /^PK/],
  ["a PDF document; export the image as PNG", /^%PDF/],
];

/**
 * The format that the bytes of a file begin like, or null; the file's ending is not believed.
 *
 * @example imageFormat(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)) // => "JPEG"
 */
export function imageFormat(bytes: Uint8Array): ImageFormat | null {
  const known = MAGIC.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte))?.[0];
  if (known !== undefined) return known;
  return bytes[0] === 0x50 && bytes[1] >= 0x31 && bytes[1] <= 0x36 && isSpace(bytes[2]) ? "PNM" : null;
}

/**
 * Whether bytes are DICOM, by the mark behind the preamble or the file's ending.
 */
export function isDicom(bytes: Uint8Array, file: string): boolean {
  return Buffer.from(bytes.subarray(128, 132)).toString("latin1") === "DICM" || /\.(dcm|dicom)$/i.test(file);
}

/**
 * The first frame of an image file: PNG, JPEG, TIFF, BMP, PGM or PPM.
 *
 * @param file Name for messages.
 * @throws {FormatError} Another format, or damaged bytes.
 * @throws {InputError} An image above the limits of size.
 */
export async function decodeImage(bytes: Uint8Array, file: string): Promise<DecodedImage> {
  const format = imageFormat(bytes);
  if (format === null) throw new FormatError(`${file}: ${otherFormat(bytes, file)}`);
  const decoded = await decodeAs(format, bytes, file);
  return { ...decoded, findings: [...endingFindings(format, file), ...decoded.findings] };
}

async function decodeAs(format: ImageFormat, bytes: Uint8Array, file: string): Promise<DecodedImage> {
  switch (format) {
    case "PNG":
      return decodePng(bytes, file);
    case "BMP":
      return decodeBmp(bytes, file);
    case "PNM":
      return decodePnm(bytes, file);
    case "JPEG":
    case "TIFF":
      return await decodeNatively(bytes, format, file);
  }
}

/**
 * The native decoder loads when it is needed; among worker threads it works apart, where a crash would end all of them.
 */
async function decodeNatively(
  bytes: Uint8Array,
  format: "JPEG" | "TIFF",
  file: string,
): Promise<DecodedImage> {
  const { isMainThread } = await import("node:worker_threads");
  if (isMainThread)
    return await (await import("./decode-with-sharp.ts")).decodeWithSharp(bytes, format, file);
  return await (await import("./decode-apart.ts")).decodeApart({ bytes, format, file });
}

function otherFormat(bytes: Uint8Array, file: string): string {
  if (isDicom(bytes, file))
    return "DICOM files are not read by this version; export the frame as PNG without annotations";
  const start = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  const known = OTHERS.find(([, magic]) => magic.test(start))?.[0];
  return `needs an image (PNG, JPEG, TIFF, BMP, PGM, PPM); got ${known ?? "bytes of no known image format; the file is corrupt or has a wrong ending; export it again"}`;
}

function endingFindings(format: ImageFormat, file: string): Finding[] {
  const claimed = Object.entries(ENDINGS).find(([, ending]) => ending.test(file))?.[0];
  if (claimed === undefined || claimed === format) return [];
  const message = `${file}: the ending says ${claimed}, the content is ${format}; it was read as ${format}`;
  return [{ code: "image-ending-differs", severity: "warning", message }];
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x23 || (byte >= 0x09 && byte <= 0x0d);
}
