import { crc32 } from "node:zlib";
import { FormatError, InputError } from "@sentinode/core";
import { Inflate } from "fflate";
import { limits } from "./limits.ts";
import { printed, type ZipEntry } from "./zip-directory.ts";

/** An archive that is being read; `inflated` counts the bytes of all its entries. */
export interface OpenArchive {
  readonly bytes: Uint8Array;
  readonly file: string;
  inflated: number;
}

/** Compressed bytes that are inflated at a time: deflate gives at most 1,032 times as many. */
const STEP = 8192;

/**
 * Inflates an entry piece by piece.
 *
 * @param take Called with each piece; the piece is not reused.
 * @throws {InputError} The data inflate beyond the limits of size or ratio: a decompression bomb.
 * @throws {FormatError} The data are damaged, their checksum or their size is not the declared one, or the declared size
 *   is beyond the limit.
 */
export function inflateEntry(archive: OpenArchive, entry: ZipEntry, take: (piece: Uint8Array) => void): void {
  const { file } = archive;
  if (entry.declaredSize > limits.inflatedBytes)
    throw new FormatError(
      `${file}: the entry ${printed(entry.name)} declares a size of ${entry.declaredSize} bytes; the limit is ${limits.inflatedBytes}; the file is too large or its ZIP directory is corrupt`,
    );
  let [size, crc] = [0, 0];
  const count = (piece: Uint8Array) => {
    size += piece.length;
    archive.inflated += piece.length;
    crc = crc32(piece, crc);
    checkInflation(archive, entry, size);
    take(piece);
  };
  const data = archive.bytes.subarray(entry.dataStart, entry.dataStart + entry.compressedSize);
  if (entry.method === "stored") count(data);
  else inflate(data, count, () => damaged(file, entry, "its compressed data are corrupt or end too soon"));
  if (size !== entry.declaredSize)
    throw damaged(file, entry, `size mismatch: ${size} bytes, ${entry.declaredSize} declared`);
  if (crc !== entry.crc) throw damaged(file, entry, "its checksum (CRC) is wrong, so bytes are corrupt");
}

function inflate(data: Uint8Array, count: (piece: Uint8Array) => void, damage: () => FormatError): void {
  let refusal: unknown = null;
  const stream = new Inflate((piece) => {
    if (refusal !== null || piece.length === 0) return;
    try {
      count(piece);
    } catch (error) {
      refusal = error;
    }
  });
  try {
    for (let start = 0; start < data.length && refusal === null; start += STEP) {
      stream.push(data.subarray(start, start + STEP), start + STEP >= data.length);
    }
  } catch {
    refusal ??= damage();
  }
  if (refusal !== null) throw refusal as Error;
}

function checkInflation({ file, inflated }: OpenArchive, entry: ZipEntry, size: number): void {
  if (inflated > limits.inflatedBytes)
    throw new InputError(
      `${file}: inflating ${printed(entry.name)} exceeds the limit of ${limits.inflatedBytes} bytes; the file is too large or a decompression bomb`,
    );
  if (size > limits.ratioFreeBytes && size > limits.inflationRatio * entry.compressedSize)
    throw new InputError(
      `${file}: ${printed(entry.name)} inflates to more than ${limits.inflationRatio} times its size, which is the limit; the file looks like a decompression bomb; save it again`,
    );
}

function damaged(file: string, entry: ZipEntry, what: string): FormatError {
  return new FormatError(
    `${file}: the entry ${printed(entry.name)} of the ZIP archive is damaged: ${what}; save the file again`,
  );
}
