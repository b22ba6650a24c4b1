/**
 * A 128-bit hash of a text under a 128-bit key: MurmurHash3_x86_128 over the text's UTF-16 units, low byte first.
 *
 * @param text Any text.
 * @param key Four 32-bit words that start the four lanes; four times the same word is the published function's seed.
 * @returns Four 32-bit words.
 * @source A. Appleby, MurmurHash3.cpp (public domain).
 * @example hash128("", Uint32Array.of(0, 0, 0, 0)) // => [0, 0, 0, 0]
 */
export function hash128(text: string, key: Uint32Array): Uint32Array {
  const bytes = littleEndianUnits(text);
  const h = Uint32Array.of(key[0], key[1], key[2], key[3]);
  const blocks = bytes.length >> 4;
  for (let block = 0; block < blocks; block++) mixBlock(h, bytes, block * 16);
  mixTail(h, bytes, blocks * 16);
  for (let lane = 0; lane < 4; lane++) h[lane] ^= bytes.length;
  spread(h);
  for (let lane = 0; lane < 4; lane++) h[lane] = finalMix(h[lane]);
  spread(h);
  return h;
}

const MULTIPLIERS = Uint32Array.of(0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93);
const ADDENDS = Uint32Array.of(0x561ccd1b, 0x0bcaa747, 0x96cd1c35, 0x32ac3b17);
const KEY_ROTATIONS = [15, 16, 17, 18] as const;
const STATE_ROTATIONS = [19, 17, 15, 13] as const;

function littleEndianUnits(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i] = unit & 0xff;
    bytes[2 * i + 1] = unit >>> 8;
  }
  return bytes;
}

function rotateLeft(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

/** Lane i is multiplied with constant i, rotated, and multiplied with constant i + 1. */
function mixLane(word: number, lane: number): number {
  return Math.imul(
    rotateLeft(Math.imul(word, MULTIPLIERS[lane]), KEY_ROTATIONS[lane]),
    MULTIPLIERS[(lane + 1) % 4],
  );
}

function mixBlock(h: Uint32Array, bytes: Uint8Array, start: number): void {
  for (let lane = 0; lane < 4; lane++) {
    const at = start + 4 * lane;
    const word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    h[lane] ^= mixLane(word, lane);
    const turned = rotateLeft(h[lane], STATE_ROTATIONS[lane]) + h[(lane + 1) % 4];
    h[lane] = Math.imul(turned, 5) + ADDENDS[lane];
  }
}

function mixTail(h: Uint32Array, bytes: Uint8Array, start: number): void {
  const tail = new Uint32Array(4);
  for (let at = start; at < bytes.length; at++)
    tail[(at - start) >> 2] |= bytes[at] << (8 * ((at - start) & 3));
  for (let lane = 0; lane < 4; lane++)
    if (start + 4 * lane < bytes.length) h[lane] ^= mixLane(tail[lane], lane);
}

function spread(h: Uint32Array): void {
  h[0] += h[1] + h[2] + h[3];
  for (let lane = 1; lane < 4; lane++) h[lane] += h[0];
}

function finalMix(word: number): number {
  let x = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
