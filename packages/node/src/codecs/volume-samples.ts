import { gunzipSync } from "node:zlib";
import { FormatError, type Image, InputError } from "@sentinode/core/radiomics";
import { limits } from "../files/limits.ts";

/** How a volume stores its samples. */
export type SampleType =
  "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64" | "float32" | "float64";

const sampleBytes: Readonly<Record<SampleType, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float32: 4,
  float64: 8,
};

/** Stored samples and what makes intensities of them. */
export interface StoredSamples {
  readonly type: SampleType;
  readonly littleEndian: boolean;
  /** Intensity = slope * sample + intercept. */
  readonly slope: number;
  readonly intercept: number;
}

/** The error for bytes of a volume that cannot be used. */
export function damagedVolume(file: string, format: string, cause: string): FormatError {
  return new FormatError(`${file}: the ${format} file is damaged: ${cause}; export it again`);
}

/**
 * The bytes of a file that may be compressed by gzip.
 *
 * @throws {FormatError} Damaged compressed data.
 * @throws {InputError} More bytes than the limit.
 */
export function inflateGzip(bytes: Uint8Array, file: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: limits.volumeBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw new InputError(
        `${file}: inflating it exceeds the limit of ${limits.volumeBytes} bytes; the file is too large or a decompression bomb`,
      );
    throw new FormatError(`${file}: its compressed data are damaged or end too soon; export it again`);
  }
}

/**
 * Refuses volumes that are empty or too large, before memory is given.
 *
 * @throws {FormatError} A side that is not a whole number of at least 1.
 * @throws {InputError} A volume above the limits.
 */
export function checkVolumeSize(file: string, dimensions: readonly number[]): void {
  if (dimensions.some((size) => !Number.isInteger(size) || size < 1))
    throw new FormatError(
      `${file}: an image needs at least one voxel; its header says ${dimensions.join(" × ")}`,
    );
  const voxels = dimensions.reduce((product, size) => product * size, 1);
  if (voxels > limits.volumeVoxels)
    throw new InputError(
      `${file}: the image is too large; got ${dimensions.join(" × ")} voxels, the limit is ${limits.volumeVoxels}; crop it`,
    );
}

/**
 * Intensities from stored samples.
 *
 * @returns Bytes and unsigned 16-bit numbers that need no scaling as they are, all else in double precision.
 * @throws {FormatError} Fewer bytes than samples.
 */
export function readSamples(
  bytes: Uint8Array,
  count: number,
  { type, littleEndian, slope, intercept }: StoredSamples,
  file: string,
): Image["values"] {
  const size = sampleBytes[type];
  if (bytes.length < count * size)
    throw new FormatError(
      `${file}: the image needs ${count * size} bytes; got ${bytes.length}, so it is truncated; export it again`,
    );
  const isPlain = slope === 1 && intercept === 0;
  if (isPlain && type === "uint8") return bytes.slice(0, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = readerOf(view, type, littleEndian);
  const values = isPlain && type === "uint16" ? new Uint16Array(count) : new Float64Array(count);
  for (let k = 0; k < count; k++) values[k] = slope * read(k * size) + intercept;
  return values;
}

function readerOf(view: DataView, type: SampleType, littleEndian: boolean): (at: number) => number {
  switch (type) {
    case "int8":
      return (at) => view.getInt8(at);
    case "uint8":
      return (at) => view.getUint8(at);
    case "int16":
      return (at) => view.getInt16(at, littleEndian);
    case "uint16":
      return (at) => view.getUint16(at, littleEndian);
    case "int32":
      return (at) => view.getInt32(at, littleEndian);
    case "uint32":
      return (at) => view.getUint32(at, littleEndian);
    case "int64":
      return (at) => Number(view.getBigInt64(at, littleEndian));
    case "uint64":
      return (at) => Number(view.getBigUint64(at, littleEndian));
    case "float32":
      return (at) => view.getFloat32(at, littleEndian);
    case "float64":
      return (at) => view.getFloat64(at, littleEndian);
  }
}
