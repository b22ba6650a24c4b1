import { basename } from "node:path";
import {
  checkRegion,
  connectedComponents,
  type Finding,
  FormatError,
  InputError,
  pixelCount,
} from "@sentinode/core";
import { imageFormat, isDicom } from "../codecs/decode-image.ts";
import { imageOfBytes, readImage, type ReadImage } from "../codecs/read-image.ts";
import { isVolumeName } from "../codecs/read-volume.ts";
import { maskOfBytes, readMask } from "../codecs/read-mask.ts";
import { checkArchive } from "../files/check-archive.ts";
import { limits } from "../files/limits.ts";
import { readBytes } from "../files/read-bytes.ts";
import { readZipDirectory } from "../files/zip-directory.ts";
import { checkColumns } from "../tables/check-columns.ts";
import { checkPatients } from "../tables/check-patients.ts";
import { tableOfBytes } from "../tables/read-table.ts";
import { tableTruth } from "../tables/table-truth.ts";

/** A file to check, alone or beside the image or mask that belongs to it. */
export interface FileCheckRequest {
  readonly file: string;
  /** Image that `file` is the mask of. */
  readonly image?: string;
  /** Mask that belongs to the image `file`. */
  readonly mask?: string;
  /** Output folder, as every command has one; a check writes nothing into it. */
  readonly out?: string;
}

/** The verdict on a file. */
export interface FileCheck {
  readonly status: "accept" | "accept-with-warning" | "error";
  /** Warnings and errors; each names the file. */
  readonly messages: readonly string[];
  /** What was read; empty for an error. */
  readonly truth: Readonly<Record<string, unknown>>;
}

/** What a check found, before it is judged. */
interface Inspection {
  readonly findings: readonly Finding[];
  readonly truth: Readonly<Record<string, unknown>>;
}

/**
 * Reads a table, image, mask or archive and says everything that is wrong with it; nothing is written.
 *
 * @returns Status `error` for a file that cannot be used, with every problem.
 * @throws {Error} Only what is a bug or a failure of the machine; whatever the file holds becomes a verdict.
 */
export async function checkFile(request: FileCheckRequest): Promise<FileCheck> {
  const file = basename(request.file);
  try {
    const { findings, truth } = await inspect(request, file);
    const messages = findings
      .filter(({ severity }) => severity !== "info")
      .map(({ message }) => naming(file, message));
    const isRefused = findings.some(({ severity }) => severity === "error");
    if (isRefused) return { status: "error", messages, truth: {} };
    return { status: messages.length > 0 ? "accept-with-warning" : "accept", messages, truth };
  } catch (error) {
    const problems =
      error instanceof InputError ? error.problems : error instanceof FormatError ? [error.message] : null;
    if (problems === null) throw error;
    return { status: "error", messages: problems.map((problem) => naming(file, problem)), truth: {} };
  }
}

async function inspect(request: FileCheckRequest, file: string): Promise<Inspection> {
  const bytes = await readBytes(request.file);
  if (request.image !== undefined) return await inspectMask(bytes, file, request.image);
  switch (kindOf(bytes, file)) {
    case "image":
      return await inspectImage(bytes, file, request.mask);
    case "archive":
      return inspectArchive(bytes, file);
    case "table":
      return inspectTable(bytes, file);
  }
}

/** Endings decide between text formats, bytes between binary ones. */
function kindOf(bytes: Uint8Array, file: string): "image" | "archive" | "table" {
  if (/\.(csv|tsv|tab|txt|xlsx|xlsm)$/i.test(file)) return "table";
  if (isVolumeName(file)) return "image";
  if (/\.(png|jpe?g|tiff?|bmp|p[gpn]m|gif|webp)$/i.test(file) || isDicom(bytes, file)) return "image";
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const names = readZipDirectory(bytes, file, limits.archiveEntries).map(({ name }) => name);
    return names.includes("[Content_Types].xml") ? "table" : "archive";
  }
  if (/\.zip$/i.test(file)) return "archive";
  return imageFormat(bytes) === null ? "table" : "image";
}

function inspectTable(bytes: Uint8Array, file: string): Inspection {
  const table = tableOfBytes(bytes, file);
  return {
    findings: [...table.findings, ...checkPatients(table), ...checkColumns(table)],
    truth: tableTruth(table),
  };
}

function inspectArchive(bytes: Uint8Array, file: string): Inspection {
  const { entries, inflatedBytes, findings } = checkArchive(bytes, file);
  return { findings, truth: { entries, bytes: inflatedBytes } };
}

async function inspectImage(bytes: Uint8Array, file: string, mask: string | undefined): Promise<Inspection> {
  const read = await imageOfBytes(bytes, file);
  if (mask === undefined) return { findings: read.findings, truth: imageTruth(read) };
  const outline = await readMask(mask);
  const region = checkRegion(read.image, outline.mask, basename(mask));
  const truth = { ...imageTruth(read), lesionPixels: pixelCount(outline.mask) };
  return { findings: [...read.findings, ...outline.findings, ...region], truth };
}

async function inspectMask(bytes: Uint8Array, file: string, imagePath: string): Promise<Inspection> {
  const { mask, findings } = await maskOfBytes(bytes, file);
  const { image } = await readImage(imagePath);
  const region = checkRegion(image, mask, file);
  const { sizes } = connectedComponents(mask, "corners");
  const [width, height] = mask.dimensions;
  const size = { width, height, rows: height, cols: width };
  const truth = { ...size, pixels: pixelCount(mask), components: sizes.length, largest: Math.max(...sizes) };
  return { findings: [...findings, ...region], truth };
}

function imageTruth({ image, bits, channels, frames, isGrey }: ReadImage): Readonly<Record<string, unknown>> {
  const [width, height] = image.dimensions;
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (const value of image.values) {
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const size = { width, height, rows: height, cols: width, frames, bits, samples: channels, gray: isGrey };
  return { ...size, min, max, mean: sum / image.values.length, spacingMm: image.spacingMm };
}

function naming(file: string, message: string): string {
  return message.includes(file) ? message : `${file}: ${message}`;
}
