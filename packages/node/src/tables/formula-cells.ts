/** A cell that a spreadsheet may run as a formula when it opens a CSV file. */
const TRIGGER = /^[=+\-@\t\r\0]/;

const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;

/** Signs that stand for findings: -, +, ++, +++, +/-, -ve. */
const SIGN = /^[+-]+(\/[+-]+|ve)?$/i;

/**
 * Whether a cell would be run as a formula by a spreadsheet.
 *
 * @returns False for numbers and for the signs by which laboratories write positive and negative.
 * @source OWASP, CSV injection: cells that begin with = + - @ TAB CR.
 * @example isFormulaCell("=HYPERLINK(A1)") // => true
 * @example isFormulaCell("-2.5") // => false
 * @example isFormulaCell("++") // => false
 */
export function isFormulaCell(cell: string): boolean {
  return TRIGGER.test(cell) && !NUMBER.test(cell) && !SIGN.test(cell);
}

/**
 * A cell made harmless for spreadsheets by an apostrophe in front; others unchanged.
 *
 * @example neutralisedCell("=1+1") // => "'=1+1"
 * @example neutralisedCell("-2.5") // => "-2.5"
 */
export function neutralisedCell(cell: string): string {
  return isFormulaCell(cell) || isFormulaCell(withoutApostrophes(cell)) ? `'${cell}` : cell;
}

/**
 * A cell as it was before {@link neutralisedCell}.
 *
 * @example restoredCell("'=1+1") // => "=1+1"
 * @example restoredCell("'t Hooft") // => "'t Hooft"
 */
export function restoredCell(cell: string): string {
  return cell.startsWith("'") && isFormulaCell(withoutApostrophes(cell)) ? cell.slice(1) : cell;
}

function withoutApostrophes(cell: string): string {
  return cell.replace(/^'+/, "");
}
