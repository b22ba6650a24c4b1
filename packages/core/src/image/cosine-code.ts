import { cos } from "../math/elementary.ts";
import { InputError } from "../errors.ts";

/** Sides of the grid that a code is made of, and of the square of lowest coefficients that it keeps. */
export const CODE_CELLS = 32;
const KEPT = 8;

/** The ways in which a copy of an image may lie: mirrored in x (1), in y (2), then with x and y exchanged first (4). */
export const ORIENTATIONS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * The signs of the lowest cosine coefficients of a picture, which survive compression, scaling, gain and contrast.
 *
 * @param cells Mean grey levels of 32 rows of 32 cells.
 * @returns Two 32-bit words; bit 8v + u is set where coefficient (u, v) is positive. The mean, coefficient (0, 0), is left out.
 * @throws {InputError} Another number of cells.
 * @source Zauner 2010, Implementation and benchmarking of perceptual image hash functions, 3.2.1 (the sign of DCT coefficients).
 */
export function cosineCode(cells: Float64Array): Uint32Array {
  if (cells.length !== CODE_CELLS * CODE_CELLS)
    throw new InputError(
      `a cosine code needs ${CODE_CELLS * CODE_CELLS} cells; got ${cells.length}; average the picture to ${CODE_CELLS} by ${CODE_CELLS}`,
    );
  const code = new Uint32Array(2);
  const alongRows = transformRows(cells, CODE_CELLS, CODE_CELLS);
  const coefficients = transformRows(alongRows, CODE_CELLS, KEPT);
  // Both passes transpose, so that coefficient (u, v) is at v * KEPT + u again.
  for (let bit = 1; bit < KEPT * KEPT; bit++) if (coefficients[bit] > 0) code[bit >> 5] |= 1 << (bit & 31);
  return code;
}

/** cos(pi (x + 1/2) u / n) at u * n + x. */
const WAVES = Float64Array.from({ length: KEPT * CODE_CELLS }, (_, i) =>
  cos((Math.PI * ((i % CODE_CELLS) + 0.5) * Math.floor(i / CODE_CELLS)) / CODE_CELLS),
);

/** The lowest cosine coefficients of each row, transposed: coefficient u of row r is at u * rows + r. */
function transformRows(values: Float64Array, columns: number, rows: number): Float64Array {
  const coefficients = new Float64Array(KEPT * rows);
  for (let row = 0; row < rows; row++)
    for (let u = 0; u < KEPT; u++) {
      let sum = 0;
      for (let x = 0; x < columns; x++) sum += values[row * columns + x] * WAVES[u * columns + x];
      coefficients[u * rows + row] = sum;
    }
  return coefficients;
}

/** Coefficients that are odd in u, and in v: those whose sign a mirror changes. */
const ODD_U = wordsWhere((u) => u % 2 === 1);
const ODD_V = wordsWhere((_, v) => v % 2 === 1);

function wordsWhere(holds: (u: number, v: number) => boolean): Uint32Array {
  const words = new Uint32Array(2);
  for (let bit = 1; bit < KEPT * KEPT; bit++)
    if (holds(bit % KEPT, Math.floor(bit / KEPT))) words[bit >> 5] |= 1 << (bit & 31);
  return words;
}

/**
 * The code of the same picture as it lies in another orientation.
 *
 * @param orientation One of {@link ORIENTATIONS}.
 */
export function orientedCode(code: Uint32Array, orientation: number): Uint32Array {
  const oriented = (orientation & 4) === 0 ? Uint32Array.from(code) : exchanged(code);
  for (let word = 0; word < 2; word++) {
    if ((orientation & 1) !== 0) oriented[word] ^= ODD_U[word];
    if ((orientation & 2) !== 0) oriented[word] ^= ODD_V[word];
  }
  return oriented;
}

/** Rows and columns exchanged. */
function exchanged(code: Uint32Array): Uint32Array {
  const words = new Uint32Array(2);
  for (let bit = 1; bit < KEPT * KEPT; bit++) {
    const other = (bit % KEPT) * KEPT + Math.floor(bit / KEPT);
    if (((code[bit >> 5] >>> (bit & 31)) & 1) === 1) words[other >> 5] |= 1 << (other & 31);
  }
  return words;
}

/**
 * The number of bits in which two codes differ.
 *
 * @returns 0..63; about 32 for pictures that have nothing in common.
 */
export function codeDistance(a: Uint32Array, b: Uint32Array): number {
  return bitsOf(a[0] ^ b[0]) + bitsOf(a[1] ^ b[1]);
}

/**
 * The number of bits that are set in a 32-bit word.
 *
 * @source Warren 2013, Hacker's Delight, 5-1.
 * @example bitsOf(0xff) // => 8
 */
export function bitsOf(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** A code as 16 hexadecimal digits, word 0 first. */
export function codeText(code: Uint32Array): string {
  return [...code].map((word) => word.toString(16).padStart(8, "0")).join("");
}

/** The code in 16 hexadecimal digits. */
export function codeOfText(text: string): Uint32Array {
  return Uint32Array.of(parseInt(text.slice(0, 8), 16), parseInt(text.slice(8), 16));
}
