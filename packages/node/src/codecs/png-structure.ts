import { crc32 } from "node:zlib";
import { type Finding, FormatError } from "@sentinode/core/radiomics";
import { checkImageSize, damagedImage, frameFindings } from "./decoded-image.ts";

/** What the pixels of a PNG are made of. */
export type PngColour = "grey" | "rgb" | "palette" | "grey-alpha" | "rgb-alpha";

/** A PNG whose chunks are whole and in order; nothing is inflated yet. */
export interface PngStructure {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 1 | 2 | 4 | 8 | 16;
  readonly colour: PngColour;
  readonly isInterlaced: boolean;
  /** R, G, B of each entry; null without PLTE. */
  readonly palette: Uint8Array | null;
  /** Content of tRNS; null without. */
  readonly transparency: Uint8Array | null;
  /** Contents of the IDAT chunks. */
  readonly data: readonly Uint8Array[];
  /** Frames of an animation, 1 for a still image. */
  readonly frames: number;
  readonly findings: readonly Finding[];
}

/** Colour type of IHDR, and the bit depths that it allows. */
const COLOURS: ReadonlyMap<number, readonly [PngColour, readonly number[]]> = new Map([
  [0, ["grey", [1, 2, 4, 8, 16]]],
  [2, ["rgb", [8, 16]]],
  [3, ["palette", [1, 2, 4, 8]]],
  [4, ["grey-alpha", [8, 16]]],
  [6, ["rgb-alpha", [8, 16]]],
]);

interface Chunk {
  readonly type: string;
  readonly content: Uint8Array;
}

const SIGNATURE_LENGTH = 8;

/**
 * Checks a PNG from its first to its last chunk before anything is decoded.
 *
 * @param file Name for messages.
 * @returns Parts of the still image; an animation comes with a warning that counts its frames.
 * @throws {FormatError} A chunk that is cut off, has a wrong checksum, is missing, out of order or unknown and critical,
 *   or a header with impossible values.
 * @throws {InputError} An image above the limits of size.
 * @source W3C PNG specification (third edition), sections 5 and 11.
 */
export function readPngStructure(bytes: Uint8Array, file: string): PngStructure {
  const { chunks, trailing } = readChunks(bytes, file);
  if (chunks[0]?.type !== "IHDR")
    throw damagedImage(file, "PNG", "it does not begin with the header chunk IHDR");
  const header = readHeader(chunks[0].content, file);
  checkOrder(chunks, header.colour, file);
  const content = (type: string) => chunks.find((chunk) => chunk.type === type)?.content ?? null;
  const animation = content("acTL");
  const frames = animation !== null && animation.length >= 4 ? Math.max(1, view(animation).getUint32(0)) : 1;
  return {
    ...header,
    palette: checkedPalette(content("PLTE"), file),
    transparency: content("tRNS"),
    data: chunks.filter(({ type }) => type === "IDAT").map((chunk) => chunk.content),
    frames,
    findings: [...frameFindings(file, "animated PNG (APNG)", frames), ...trailingFindings(file, trailing)],
  };
}

/** Chunks up to IEND, checksums verified. */
function readChunks(bytes: Uint8Array, file: string): { chunks: Chunk[]; trailing: number } {
  const chunks: Chunk[] = [];
  const numbers = view(bytes);
  let at = SIGNATURE_LENGTH;
  while (at + 12 <= bytes.length) {
    const length = numbers.getUint32(at);
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString("latin1");
    if (!/^[A-Za-z]{4}$/.test(type))
      throw damagedImage(file, "PNG", "a chunk has no valid name, so bytes are corrupt");
    if (at + 12 + length > bytes.length) break;
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== numbers.getUint32(at + 8 + length))
      throw damagedImage(
        file,
        "PNG",
        `the checksum (CRC) of its chunk ${type} is wrong, so bytes are corrupt`,
      );
    if (!KNOWN.has(type) && /^[A-Z]/.test(type))
      throw new FormatError(
        `${file}: the PNG file has a critical chunk that PNG does not know (${type}); export it again`,
      );
    chunks.push({ type, content: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
    if (type === "IEND") return { chunks, trailing: bytes.length - at };
    if (chunks.length === 1 && type === "IHDR") readHeader(chunks[0].content, file);
  }
  throw damagedImage(file, "PNG", "it ends before its last chunk, so it is truncated");
}

const KNOWN = new Set(["IHDR", "PLTE", "IDAT", "IEND"]);

function readHeader(content: Uint8Array, file: string) {
  if (content.length !== 13)
    throw damagedImage(file, "PNG", `its header needs 13 bytes; got ${content.length}`);
  const numbers = view(content);
  const [width, height, bitDepth, interlace] = [
    numbers.getUint32(0),
    numbers.getUint32(4),
    content[8],
    content[12],
  ];
  const [colour, depths] = COLOURS.get(content[9]) ?? [null, []];
  if (colour === null || !depths.includes(bitDepth))
    throw damagedImage(
      file,
      "PNG",
      `its header says colour type ${content[9]} with ${bitDepth} bits, which does not exist`,
    );
  if (content[10] !== 0 || content[11] !== 0 || interlace > 1)
    throw damagedImage(
      file,
      "PNG",
      "its header names a compression, filter or interlace method that does not exist",
    );
  checkImageSize(file, width, height);
  return {
    width,
    height,
    bitDepth: bitDepth as PngStructure["bitDepth"],
    colour,
    isInterlaced: interlace === 1,
  };
}

function checkOrder(chunks: readonly Chunk[], colour: PngColour, file: string): void {
  const places = (wanted: string) => chunks.flatMap(({ type }, place) => (type === wanted ? [place] : []));
  const [headers, palettes, data] = [places("IHDR"), places("PLTE"), places("IDAT")];
  const problem =
    headers.length > 1 || palettes.length > 1 || places("tRNS").length > 1
      ? "a chunk that may occur once occurs twice"
      : data.length === 0
        ? "it has no image data (IDAT), so it is incomplete"
        : data.at(-1)! - data[0] !== data.length - 1
          ? "its image data (IDAT) are not in one piece"
          : colour === "palette" && (palettes.length === 0 || palettes[0] > data[0])
            ? "its palette (PLTE) is missing"
            : null;
  if (problem !== null) throw damagedImage(file, "PNG", problem);
}

function checkedPalette(palette: Uint8Array | null, file: string): Uint8Array | null {
  if (palette !== null && (palette.length === 0 || palette.length % 3 !== 0 || palette.length > 768))
    throw damagedImage(
      file,
      "PNG",
      `its palette needs 1 to 256 colours of 3 bytes; got ${palette.length} bytes`,
    );
  return palette;
}

function trailingFindings(file: string, trailing: number): Finding[] {
  if (trailing === 0) return [];
  const message = `${file}: ${trailing} bytes follow the end of the PNG image; they were not read`;
  return [{ code: "image-trailing-bytes", severity: "warning", message }];
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
