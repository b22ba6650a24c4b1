import { constants, gunzipSync } from "node:zlib";
import { FormatError } from "@sentinode/core/radiomics";

/** Compressed bytes that hold any header; they inflate to 17 MB at most. */
const headBytes = 16_384;

/** Inflated bytes beyond those that the header announces: padding that some programs write. */
const allowedSurplus = 1024 * 1024;

/** Whether bytes are compressed by gzip. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The beginning of a file that may be compressed, enough for its header.
 *
 * @throws {FormatError} Damaged compressed data.
 */
export function beginningOf(bytes: Uint8Array, file: string): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  return inflate(file, () =>
    gunzipSync(bytes.subarray(0, headBytes), { finishFlush: constants.Z_SYNC_FLUSH }),
  );
}

/**
 * The bytes of a file that may be compressed.
 *
 * @param announced Bytes that the header announces: memory is given for little more, whatever the data inflate to.
 * @throws {FormatError} Damaged compressed data, or more of them than announced.
 */
export function inflateAnnounced(bytes: Uint8Array, announced: number, file: string): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  return inflate(file, () => gunzipSync(bytes, { maxOutputLength: announced + allowedSurplus }));
}

function inflate(file: string, work: () => Uint8Array): Uint8Array {
  try {
    return work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw new FormatError(
        `${file}: its compressed data hold more than its header announces; the file is damaged or a decompression bomb; export it again`,
      );
    throw new FormatError(`${file}: its compressed data are damaged or end too soon; export it again`);
  }
}
