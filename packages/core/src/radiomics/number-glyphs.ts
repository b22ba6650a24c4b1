/** Glyphs of numbers, five rows of three pixels from the top, the leftmost pixel being the highest bit of its row. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  "0": [7, 5, 5, 5, 7],
  "1": [2, 6, 2, 2, 7],
  "2": [7, 1, 7, 4, 7],
  "3": [7, 1, 7, 1, 7],
  "4": [5, 5, 7, 1, 1],
  "5": [7, 4, 7, 1, 7],
  "6": [7, 4, 7, 5, 7],
  "7": [7, 1, 2, 2, 2],
  "8": [7, 5, 7, 5, 7],
  "9": [7, 5, 7, 1, 7],
  "-": [0, 0, 7, 0, 0],
  "+": [0, 2, 7, 2, 0],
  ".": [0, 0, 0, 0, 2],
  e: [0, 7, 7, 4, 7],
};

/** Rows of a glyph. */
export const glyphHeight = 5;

/** Columns from a glyph to the next. */
export const glyphAdvance = 4;

/**
 * Whether a pixel of a printed number is inked.
 *
 * @param text Of digits, signs, points and e.
 * @param row From the top, 0 to 4.
 * @param column From the left of the first glyph, at least 0.
 * @returns False between glyphs, beyond the text, and for other characters.
 * @example [0, 1, 2, 3, 4, 5, 6].map((column) => isInked("10", 1, column)) // => [true, true, false, false, true, false, true]
 */
export function isInked(text: string, row: number, column: number): boolean {
  const bit = 2 - (column % glyphAdvance);
  const rows = glyphs[text[Math.floor(column / glyphAdvance)] ?? ""];
  return bit >= 0 && rows !== undefined && ((rows[row] >> bit) & 1) === 1;
}
