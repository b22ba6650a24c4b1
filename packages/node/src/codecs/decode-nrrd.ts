import { inflateSync } from "node:zlib";
import { FormatError, type Dimensions, type Image, type Spacing } from "@sentinode/core/radiomics";
import {
  type SampleType,
  checkVolumeSize,
  damagedVolume,
  inflateGzip,
  readSamples,
} from "./volume-samples.ts";

const types: Readonly<Record<string, SampleType>> = Object.fromEntries(
  (
    [
      ["int8", ["signed char", "int8", "int8_t"]],
      ["uint8", ["uchar", "unsigned char", "uint8", "uint8_t"]],
      ["int16", ["short", "short int", "signed short", "signed short int", "int16", "int16_t"]],
      ["uint16", ["ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"]],
      ["int32", ["int", "signed int", "int32", "int32_t"]],
      ["uint32", ["uint", "unsigned int", "uint32", "uint32_t"]],
      ["int64", ["longlong", "long long", "long long int", "signed long long", "int64", "int64_t"]],
      ["uint64", ["ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"]],
      ["float32", ["float"]],
      ["float64", ["double"]],
    ] as const
  ).flatMap(([type, names]) => names.map((name) => [name, type])),
);

/**
 * The image of an NRRD file with its data attached.
 *
 * @param file Name for messages.
 * @returns The stored grid; the spacing is the length of the space directions, or the spacings.
 * @throws {FormatError} Other or damaged bytes, data in another file, an encoding or type that is not read.
 * @throws {InputError} An image above the limits of size.
 * @source Definition of NRRD file format, teem.sourceforge.net/nrrd/format.html.
 */
export function decodeNrrd(bytes: Uint8Array, file: string): Image {
  const { fields, start } = readHeader(bytes, file);
  const type = types[(fields.get("type") ?? "").toLowerCase()] as SampleType | undefined;
  if (type === undefined)
    throw new FormatError(
      `${file}: an NRRD image needs one number a voxel; its type is not read; export grey levels`,
    );
  if (fields.has("data file") || fields.has("datafile"))
    throw new FormatError(`${file}: the data lie in another file; export a single NRRD file`);
  const sizes = numbersOf(fields.get("sizes"));
  if (sizes.length < 2 || sizes.slice(3).some((size) => size > 1))
    throw new FormatError(`${file}: an NRRD image needs two or three dimensions; got ${sizes.length}`);
  const dimensions: Dimensions = [sizes[0], sizes[1], sizes[2] ?? 1];
  checkVolumeSize(file, dimensions);
  const count = dimensions[0] * dimensions[1] * dimensions[2];
  const littleEndian = fields.get("endian") !== "big";
  const data = bytes.subarray(start);
  const encoding = fields.get("encoding") ?? "raw";
  const values =
    encoding === "ascii" || encoding === "text" || encoding === "txt"
      ? textSamples(data, count, file)
      : readSamples(
          decompressed(data, encoding, file),
          count,
          { type, littleEndian, slope: 1, intercept: 0 },
          file,
        );
  return { dimensions, spacingMm: spacingOf(fields), values };
}

/** Whether bytes begin like an NRRD file. */
export function isNrrd(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 7)).toString("latin1").startsWith("NRRD000");
}

interface NrrdHeader {
  readonly fields: ReadonlyMap<string, string>;
  /** Offset of the data. */
  readonly start: number;
}

function readHeader(bytes: Uint8Array, file: string): NrrdHeader {
  if (!isNrrd(bytes)) throw damagedVolume(file, "NRRD", "its header cannot be read");
  const text = Buffer.from(bytes.subarray(0, 65_536)).toString("latin1");
  const end = /\r?\n\r?\n/.exec(text);
  if (end === null) throw damagedVolume(file, "NRRD", "its header does not end");
  const fields = new Map<string, string>();
  for (const line of text.slice(0, end.index).split(/\r?\n/).slice(1)) {
    const match = /^([^:#][^:]*):=?\s*(.*)$/.exec(line);
    if (match !== null) fields.set(match[1].trim().toLowerCase(), match[2].trim());
  }
  return { fields, start: end.index + end[0].length };
}

function decompressed(data: Uint8Array, encoding: string, file: string): Uint8Array {
  if (encoding === "raw") return data;
  if (encoding === "gzip" || encoding === "gz") {
    if (data[0] === 0x1f) return inflateGzip(data, file);
    try {
      return inflateSync(data, { maxOutputLength: data.length * 1032 + 1024 });
    } catch {
      throw damagedVolume(file, "NRRD", "its compressed data cannot be inflated");
    }
  }
  throw new FormatError(`${file}: an NRRD file needs raw, gzip or text data; got ${encoding}; export it raw`);
}

function textSamples(data: Uint8Array, count: number, file: string): Float64Array {
  const values = numbersOf(Buffer.from(data).toString("latin1"));
  if (values.length < count || values.slice(0, count).some(Number.isNaN))
    throw damagedVolume(file, "NRRD", `it needs ${count} numbers; got ${values.length}`);
  return Float64Array.from(values.slice(0, count));
}

function numbersOf(text: string | undefined): number[] {
  return (text ?? "")
    .split(/[\s,]+/)
    .filter((word) => word !== "")
    .map(Number);
}

function spacingOf(fields: ReadonlyMap<string, string>): Spacing | null {
  const directions = [...(fields.get("space directions") ?? "").matchAll(/\(([^)]*)\)/g)].map(([, vector]) =>
    Math.sqrt(numbersOf(vector).reduce((sum, x) => sum + x * x, 0)),
  );
  const [x, y, z = 1] = directions.length > 0 ? directions : numbersOf(fields.get("spacings"));
  return x > 0 && y > 0 && z > 0 ? [x, y, z] : null;
}
