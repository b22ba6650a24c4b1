/** What a cell holds: a value, nothing, or something that cannot be read, with the reason (never the text itself). */
export type Cell<Value> =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Decides whether the text of a cell means that the value is missing. */
export type IsMissing = (text: string) => boolean;

/**
 * A cell that holds a value.
 *
 * @example valueCell(1.5) // => { "kind": "value", "value": 1.5 }
 */
export function valueCell<Value>(value: Value): Cell<Value> {
  return { kind: "value", value };
}

/**
 * A cell that cannot be read.
 *
 * @param reason What the cell needs and what to do; it never repeats the text of the cell.
 */
export function unreadableCell(reason: string): Cell<never> {
  return { kind: "unreadable", reason };
}

/** A cell that is missing. */
export const MISSING_CELL: Cell<never> = { kind: "missing" };

/**
 * A test for missing cells.
 *
 * @param tokens Texts that mean missing, compared without surrounding white space and without regard to case.
 * @returns A function that is true for these and for empty cells.
 * @example missingCells(["NA", "unknown"])(" Unknown ") // => true
 */
export function missingCells(tokens: readonly string[]): IsMissing {
  const known = new Set(["", ...tokens.map(folded)]);
  return (text) => known.has(folded(text));
}

/**
 * The text of a cell as it is compared: without surrounding white space, full-width characters and case.
 *
 * @example folded(" ＮＡ ") // => "na"
 */
export function folded(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}
