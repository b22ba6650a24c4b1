import { type Finding, FormatError } from "@sentinode/core/radiomics";
import { checkImageSize, damagedImage, type DecodedImage } from "./decoded-image.ts";

interface PnmHeader {
  readonly isText: boolean;
  readonly channels: 1 | 3;
  readonly width: number;
  readonly height: number;
  readonly maximum: number;
  /** Offset of the first sample. */
  readonly start: number;
}

/**
 * The pixels of a PGM or PPM file: P2 and P3 (text), P5 and P6 (binary), up to 16 bits.
 *
 * @param file Name for messages.
 * @returns Samples as stored, on the scale 0..maximum that the header states.
 * @throws {FormatError} A bitmap (P1, P4), an unreadable header, fewer samples than pixels, a sample above the maximum.
 * @throws {InputError} An image above the limits of size.
 * @source Netpbm manual, pages pgm(5) and ppm(5).
 */
export function decodePnm(bytes: Uint8Array, file: string): DecodedImage {
  const header = readHeader(bytes, file);
  checkImageSize(file, header.width, header.height);
  const bitDepth = header.maximum > 255 ? 16 : 8;
  const count = header.width * header.height * header.channels;
  const samples = header.isText ? textSamples(bytes, header, count) : binarySamples(bytes, header, count);
  if (samples === null)
    throw damagedImage(file, "PNM", `it needs ${count} samples; got fewer, so it is truncated`);
  if (header.maximum !== 2 ** bitDepth - 1 && samples.some((sample) => sample > header.maximum))
    throw damagedImage(
      file,
      "PNM",
      `a sample is above the maximum of ${header.maximum} that the header states`,
    );
  const { width, height, channels } = header;
  return {
    format: "PNM",
    raster: { width, height, channels, bitDepth, samples },
    bits: 32 - Math.clz32(header.maximum),
    frames: 1,
    findings: scaleFindings(file, header.maximum),
  };
}

function readHeader(bytes: Uint8Array, file: string): PnmHeader {
  // A header with comments is short; what lies behind it may be binary.
  const text = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  const kind = text.slice(0, 2);
  if (kind === "P1" || kind === "P4")
    throw new FormatError(`${file}: a bitmap of 1 bit (${kind}) is not read; convert it to PNG or PGM`);
  const gap = "(?:\\s|#[^\\n]*\\n)+";
  const fields = new RegExp(
    `^P[2356]${gap}(\\d{1,9})${gap}(\\d{1,9})${gap}(\\d{1,5})(?:#[^\\n]*\\n|\\s)`,
  ).exec(text);
  if (!fields) throw damagedImage(file, "PNM", "its header cannot be read");
  const [width, height, maximum] = fields.slice(1).map(Number);
  if (maximum < 1 || maximum > 65_535)
    throw damagedImage(file, "PNM", `its maximum must lie between 1 and 65535; got ${maximum}`);
  const isText = kind === "P2" || kind === "P3";
  return {
    isText,
    channels: kind === "P2" || kind === "P5" ? 1 : 3,
    width,
    height,
    maximum,
    start: fields[0].length,
  };
}

function binarySamples(
  bytes: Uint8Array,
  { maximum, start }: PnmHeader,
  count: number,
): Uint8Array | Uint16Array | null {
  const isWide = maximum > 255;
  if (bytes.length < start + count * (isWide ? 2 : 1)) return null;
  if (!isWide) return bytes.slice(start, start + count);
  const samples = new Uint16Array(count);
  for (let i = 0, at = start; i < count; i++, at += 2) samples[i] = (bytes[at] << 8) | bytes[at + 1];
  return samples;
}

function textSamples(
  bytes: Uint8Array,
  { maximum, start }: PnmHeader,
  count: number,
): Uint8Array | Uint16Array | null {
  // Every sample takes a digit and a separator, so a short file is refused before memory is given.
  if (bytes.length - start < 2 * count - 1) return null;
  const samples = new (maximum > 255 ? Uint16Array : Uint8Array)(count);
  let [found, number] = [0, -1];
  for (let at = start; at <= bytes.length && found < count; at++) {
    const byte = at < bytes.length ? bytes[at] : 0x20;
    if (byte >= 0x30 && byte <= 0x39) number = Math.min(65_536, Math.max(0, number) * 10 + byte - 0x30);
    else if (number >= 0) {
      if (number > maximum) return null;
      samples[found++] = number;
      number = -1;
    }
  }
  return found === count ? samples : null;
}

function scaleFindings(file: string, maximum: number): Finding[] {
  if (maximum === 255 || maximum === 65_535) return [];
  const message = `${file}: grey levels run from 0 to ${maximum} and were kept on this scale`;
  return [{ code: "image-scale", severity: "info", message }];
}
