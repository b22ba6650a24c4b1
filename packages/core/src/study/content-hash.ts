import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * SHA-256 of a JSON value, whatever the order of its keys.
 *
 * @param value Anything that JSON can write.
 * @returns `sha256:` and 64 hexadecimal digits.
 * @source FIPS 180-4; keys sorted by UTF-16 code units as in RFC 8785.
 * @example contentHash({ b: 1, a: 2 }) === contentHash({ a: 2, b: 1 }) // => true
 */
export function contentHash(value: unknown): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(value))))}`;
}

/**
 * JSON without white space and with sorted keys.
 *
 * @example canonicalJson({ b: [1], a: undefined }) // => "{\"b\":[1]}"
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    const entries = Object.entries(inner);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return Object.fromEntries(entries);
  });
}
