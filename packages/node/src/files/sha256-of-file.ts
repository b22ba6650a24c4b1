import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/**
 * The SHA-256 of a file's bytes, read piece by piece.
 *
 * @returns 64 hexadecimal digits, lower case.
 */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/**
 * The SHA-256 of bytes in memory.
 *
 * @returns 64 hexadecimal digits, lower case.
 * @example sha256(new Uint8Array(0)).slice(0, 8) // => "e3b0c442"
 */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
