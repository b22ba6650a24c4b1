import { endianness } from "node:os";
import { FormatError, type Image } from "@sentinode/core/radiomics";

/** How a volume stores its samples. */
export type SampleType =
  "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64" | "float32" | "float64";

const arrays = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** Stored samples and what makes intensities of them. */
export interface StoredSamples {
  readonly type: SampleType;
  readonly littleEndian: boolean;
  /** Intensity = slope * sample + intercept. */
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Bytes that a stored sample takes.
 *
 * @example bytesPerSample("int16") // => 2
 */
export function bytesPerSample(type: SampleType): number {
  return arrays[type].BYTES_PER_ELEMENT;
}

/**
 * Intensities from stored samples.
 *
 * @param bytes At least as many as the samples take.
 * @returns Bytes and unsigned 16-bit numbers that need no scaling as they are, all else in double precision.
 * @throws {FormatError} Fewer bytes than samples.
 */
export function readSamples(
  bytes: Uint8Array,
  count: number,
  { type, littleEndian, slope, intercept }: StoredSamples,
  file: string,
): Image["values"] {
  const needed = count * bytesPerSample(type);
  if (bytes.length < needed)
    throw new FormatError(
      `${file}: the image needs ${needed} bytes; got ${bytes.length}, so it is truncated; export it again`,
    );
  const stored = new arrays[type](inHostOrder(bytes.subarray(0, needed), type, littleEndian));
  const isPlain = slope === 1 && intercept === 0;
  if (isPlain && (stored instanceof Uint8Array || stored instanceof Uint16Array)) return stored;
  const values =
    stored instanceof BigInt64Array || stored instanceof BigUint64Array
      ? Float64Array.from(stored, Number)
      : new Float64Array(stored);
  if (!isPlain) for (let k = 0; k < count; k++) values[k] = slope * values[k] + intercept;
  return values;
}

/** A copy, since samples need an address that their size divides, with the bytes of each in the order of this machine. */
function inHostOrder(bytes: Uint8Array, type: SampleType, littleEndian: boolean): ArrayBuffer {
  const copy = new Uint8Array(bytes);
  if (littleEndian !== (endianness() === "LE")) swapBytes(copy, bytesPerSample(type));
  return copy.buffer;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  const swapped = Buffer.from(bytes.buffer);
  if (size === 2) swapped.swap16();
  else if (size === 4) swapped.swap32();
  else if (size === 8) swapped.swap64();
}
