import { type Finding, FormatError, InputError, type RasterSamples } from "@sentinode/core/radiomics";
import type { Metadata, Sharp } from "sharp";
import { limits } from "../files/limits.ts";
import {
  checkImageSize,
  damagedImage,
  type DecodedImage,
  frameFindings,
  orientationFindings,
} from "./decoded-image.ts";

/** Colour spaces whose samples are grey or RGB as stored; others need a colour profile and would be converted. */
const SPACES = new Set(["b-w", "grey16", "srgb", "rgb", "rgb16"]);

/**
 * The pixels of a JPEG or TIFF: first page, stored orientation, colour profile ignored, 16 bits kept.
 *
 * @param file Name for messages.
 * @throws {FormatError} Damaged bytes, or a variant without grey or RGB samples of 8 or 16 bits.
 * @throws {InputError} An image above the limits of size.
 */
export async function decodeWithSharp(
  bytes: Uint8Array,
  format: "JPEG" | "TIFF",
  file: string,
): Promise<DecodedImage> {
  const open = await opener(bytes);
  const metadata = await attempt(open().metadata(), format, file);
  checkImageSize(file, metadata.width, metadata.height);
  const isWide = metadata.depth === "ushort";
  if (!SPACES.has(metadata.space) || (metadata.depth !== "uchar" && !isWide) || metadata.channels > 4)
    throw new FormatError(
      `${file}: the ${format} file needs grey or RGB samples of 8 or 16 bits; got ${metadata.space} of type ${metadata.depth}; export it as PNG`,
    );
  const pipeline = open()
    .toColourspace(outputSpace(metadata.channels, isWide))
    .raw({ depth: isWide ? "ushort" : "uchar" });
  const { data, info } = await attempt(pipeline.toBuffer({ resolveWithObject: true }), format, file);
  const samples = isWide
    ? new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length))
    : new Uint8Array(data);
  const raster: RasterSamples = {
    width: info.width,
    height: info.height,
    channels: info.channels,
    bitDepth: isWide ? 16 : 8,
    samples,
  };
  const frames = metadata.pages ?? 1;
  return {
    format,
    raster,
    bits: storedBits(metadata, isWide),
    frames,
    findings: metadataFindings(file, format, metadata),
  };
}

/** The decoder starts when it is first needed: most files are PNG and do without. */
async function opener(bytes: Uint8Array): Promise<() => Sharp> {
  // libvips writes warnings about damaged files to the terminal unless told otherwise before it starts.
  process.env["VIPS_WARNING"] ??= "0";
  const { default: sharp } = await import("sharp");
  sharp.cache(false);
  return () =>
    sharp(bytes, {
      limitInputPixels: limits.imagePixels,
      failOn: "warning",
      ignoreIcc: true,
      page: 0,
      pages: 1,
    });
}

async function attempt<Value>(work: Promise<Value>, format: "JPEG" | "TIFF", file: string): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (/pixel limit/i.test(message))
      throw new InputError(
        `${file}: the image is too large; the limit is ${limits.imagePixels} pixels and ${limits.imageSide} a side; crop it`,
      );
    const truncated = /premature|truncat|end of (file|input|image)|too short|not enough|read error/i.test(
      message,
    );
    throw damagedImage(
      file,
      format,
      truncated
        ? "its image data end too soon, so it is truncated"
        : "its header or image data are corrupt, or of a rare variant",
    );
  }
}

/** The space that keeps every sample; 8-bit grey with alpha needs RGB, since sharp's grey output drops alpha. */
function outputSpace(channels: number, isWide: boolean): "grey16" | "rgb16" | "b-w" | "srgb" {
  if (isWide) return channels <= 2 ? "grey16" : "rgb16";
  return channels === 1 ? "b-w" : "srgb";
}

function storedBits(metadata: Metadata, isWide: boolean): number {
  if (isWide) return 16;
  return metadata.bitsPerSample ?? 8;
}

function metadataFindings(file: string, format: string, metadata: Metadata): Finding[] {
  const findings = [
    ...frameFindings(file, format, metadata.pages ?? 1),
    ...orientationFindings(file, metadata.orientation),
  ];
  if (metadata.hasProfile)
    findings.push({
      code: "image-colour-profile-ignored",
      severity: "info",
      message: `${file}: the colour profile was not applied; grey levels are those that the file stores`,
    });
  return findings;
}
