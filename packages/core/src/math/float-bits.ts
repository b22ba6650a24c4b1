const cell = new Float64Array(1);
const words = new Uint32Array(cell.buffer);
cell[0] = 1;
/** Which of the two 32-bit words holds sign and exponent depends on the byte order of the machine. */
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;
const LOW = 1 - HIGH;

/**
 * The upper 32 bits of a double: sign, 11 bits of biased exponent, the first 20 bits of the fraction.
 *
 * @param x Any double.
 * @returns A signed 32-bit integer, negative exactly where the sign bit is set.
 * @source IEEE 754-2019, section 3.4.
 * @example highWord(1) // => 1072693248
 */
export function highWord(x: number): number {
  cell[0] = x;
  return words[HIGH] | 0;
}

/**
 * The lower 32 bits of a double's fraction.
 *
 * @param x Any double.
 * @returns An unsigned 32-bit integer.
 * @example lowWord(0.1) // => 2576980378
 */
export function lowWord(x: number): number {
  cell[0] = x;
  return words[LOW];
}

/**
 * A double with its upper word replaced.
 *
 * @param x Gives the lower word.
 * @param high The new upper word, signed or unsigned.
 * @example withHighWord(1.5, 0x40080000) // => 3
 */
export function withHighWord(x: number, high: number): number {
  cell[0] = x;
  words[HIGH] = high;
  return cell[0];
}

/**
 * A double with the lower 32 bits of its fraction cleared, so that the product of two such numbers is nearly exact.
 *
 * @example withoutLowWord(1.5) // => 1.5
 */
export function withoutLowWord(x: number): number {
  cell[0] = x;
  words[LOW] = 0;
  return cell[0];
}

/** 2^-1074, 2^-1073, ..., 2^1023: a look-up is faster than writing the exponent's bits and reading them back. */
const POWERS = new Float64Array(2098);
for (let k = 0, power = 5e-324; k < POWERS.length; k++, power *= 2) POWERS[k] = power;

/**
 * Two to an integer power.
 *
 * @param k Integer in -1074..1023, which is not checked in this hot path.
 * @returns 2^k exactly.
 * @example powerOfTwo(-3) // => 0.125
 */
export function powerOfTwo(k: number): number {
  return POWERS[k + 1074];
}

/**
 * A number times two to an integer power.
 *
 * @param y A double of magnitude in [0.5, 4), so that no step but the last can leave the normal range.
 * @param k Integer in -1100..1025.
 * @returns y·2^k, rounded once, also where the result is subnormal or infinite.
 * @example scaleByPowerOfTwo(1.5, 4) // => 24
 */
export function scaleByPowerOfTwo(y: number, k: number): number {
  if (k >= -1021 && k <= 1023) return y * powerOfTwo(k);
  if (k > 1023) return y * powerOfTwo(k - 1023) * 8.98846567431158e307;
  return y * powerOfTwo(k + 1000) * 9.332636185032189e-302;
}
