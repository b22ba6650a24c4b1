import { type Cell, type IsMissing, MISSING_CELL, unreadableCell, valueCell } from "./cell.ts";

/**
 * The number that a cell writes.
 *
 * @param text The cell.
 * @param decimal Decimal sign of the table. With "." a comma is refused, since 1,234 may be two numbers.
 * @returns A finite value, missing, or unreadable: text, a censored value (<0.1), infinity, a number with a separator
 *   of thousands.
 * @example numberCell("1,5", ",", (cell) => cell === "") // => { "kind": "value", "value": 1.5 }
 * @example numberCell("<0.1", ".", (cell) => cell === "").kind // => "unreadable"
 */
export function numberCell(text: string, decimal: "." | ",", isMissing: IsMissing): Cell<number> {
  if (isMissing(text)) return MISSING_CELL;
  const value = parseDecimal(text, decimal);
  return value === null ? unreadableCell(whyNoNumber(text)) : valueCell(value);
}

/**
 * The finite number that a text writes in decimal notation, or null.
 *
 * @param text Digits with an optional sign, decimal sign and exponent; full-width digits and a typeset minus count.
 * @example parseDecimal(" 12.50 ", ".") // => 12.5
 * @example parseDecimal("0x1F", ".") // => null
 */
export function parseDecimal(text: string, decimal: "." | ","): number | null {
  const plain = text.normalize("NFKC").trim().replace("\u2212", "-");
  // With a decimal comma 1.234 is more likely a thousand than a fraction.
  if (decimal === "," && /^[+-]?\d{1,3}(\.\d{3})+$/.test(plain)) return null;
  const pointed = decimal === "," && !plain.includes(".") ? plain.replace(",", ".") : plain;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,4})?$/i.test(pointed)) return null;
  const value = Number(pointed);
  return Number.isFinite(value) ? value : null;
}

const CAUSES: readonly (readonly [RegExp, string])[] = [
  [
    /^[<>≤≥~≈]/,
    "a censored or approximate value; replace it by a number as the protocol says, or list its text under missing",
  ],
  [/^[+-]?(nan|inf(inity)?|∞)$/i, "no finite number; leave the cell empty, or list its text under missing"],
  [/^[+-]?\d+(\.\d*)?e[+-]?\d+$/i, "a number too large to hold; correct the cell"],
  [
    /^[+-]?\d{1,3}(\.\d{3})+$/,
    "a point that may be a decimal sign or a separator of thousands; write a decimal comma",
  ],
  [/^[+-]?\d{1,3}([ \u00a0\u202f'’]\d{3})+/, "a number with a separator of thousands; write it without"],
  [
    /^[+-]?[\d.]*,[\d.,]*$/,
    "a comma that may be a decimal sign or a separator of thousands; write a decimal point",
  ],
  [/^[+-]?\d+\.\d+\.[\d.]*$/, "more than one decimal point; correct the cell"],
  [/^#/, "an error of the spreadsheet; correct the formula or leave the cell empty"],
  [/^[+-]?[\d.,]+\s*\S{1,12}$/, "a number followed by letters or a sign; write the number alone"],
];

function whyNoNumber(text: string): string {
  const plain = text.normalize("NFKC").trim().replace("\u2212", "-");
  const cause = CAUSES.find(([pattern]) => pattern.test(plain))?.[1];
  return `needs a number; got ${cause ?? "text; write a number, or list the text under missing"}`;
}
