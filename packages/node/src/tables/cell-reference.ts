/** A place in a worksheet; both count from 0. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** Columns and rows that the format has. */
const [COLUMNS, ROWS] = [16_384, 1_048_576];

/**
 * The place that a reference names, or null.
 *
 * @param reference Letters and a number without dollar signs, at most XFD1048576.
 * @example cellPlace("C5") // => { "row": 4, "column": 2 }
 * @example cellPlace("XFE1") // => null
 */
export function cellPlace(reference: string): CellPlace | null {
  const parts = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(reference);
  if (!parts) return null;
  let column = 0;
  for (const letter of parts[1]) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(parts[2]);
  return column <= COLUMNS && row <= ROWS ? { row: row - 1, column: column - 1 } : null;
}

/**
 * The reference of a place.
 *
 * @example cellReference({ row: 4, column: 27 }) // => "AB5"
 */
export function cellReference({ row, column }: CellPlace): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}
