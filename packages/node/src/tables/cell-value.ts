import { FormatError } from "@sentinode/core";
import { type CellPlace, cellReference } from "./cell-reference.ts";
import { serialDate } from "./serial-date.ts";
import { unescapedText, type Workbook } from "./workbook-parts.ts";

/** A cell as a worksheet stores it. */
export interface StoredCell {
  readonly place: CellPlace;
  /** The attribute `t`: how the value is to be read. */
  readonly type: string;
  readonly style: number;
  /** Text of `v` or `is`; null where the cell has neither. */
  readonly value: string | null;
  readonly hasFormula: boolean;
}

/** Why a cell that holds something was read as missing. */
export type CellLoss = "error" | "no-cached-value" | "no-day";

/** The text of a cell; a loss is reported, never hidden. */
export interface CellText {
  readonly text: string;
  readonly loss: CellLoss | null;
}

const EMPTY: CellText = { text: "", loss: null };

/**
 * The text that a stored cell stands for.
 *
 * @returns Numbers in their shortest decimal form with a point, dates as {@link serialDate} writes them, TRUE and FALSE;
 *   errors such as #N/A and formulas without a stored result are missing, with the loss named.
 * @throws {FormatError} A number that is none, a type that does not exist, a shared string that does not exist.
 * @source ECMA-376 part 1, 18.3.1.4 (cell), 18.18.11 (cell types).
 */
export function cellText(cell: StoredCell, workbook: Workbook): CellText {
  const { value, type } = cell;
  if (value === null) return cell.hasFormula ? { text: "", loss: "no-cached-value" } : EMPTY;
  switch (type) {
    case "n":
      return numberText(cell, value, workbook);
    case "s":
      return { text: sharedText(cell, value, workbook), loss: null };
    case "str":
    case "inlineStr":
      return { text: unescapedText(value), loss: null };
    case "b":
      return { text: value.trim() === "1" || value.trim() === "true" ? "TRUE" : "FALSE", loss: null };
    case "e":
      return { text: "", loss: "error" };
    case "d":
      return { text: value.trim().replace(/T00:00(:00(\.0+)?)?Z?$/, ""), loss: null };
    default:
      throw damaged(cell, workbook, "has a type that does not exist");
  }
}

function numberText(cell: StoredCell, value: string, workbook: Workbook): CellText {
  const text = value.trim();
  if (text === "") return EMPTY;
  const number = Number(text);
  if (!Number.isFinite(number) || !/^[+-]?[\d.]/.test(text) || /^[+-]?0[xob]/i.test(text))
    throw damaged(cell, workbook, "needs a finite number; got something else");
  const parts = workbook.styles[cell.style];
  if (parts === undefined || (!parts.date && !parts.time))
    return { text: String(number === 0 ? 0 : number), loss: null };
  const date = serialDate(number, parts, workbook.from1904);
  return date === null ? { text: "", loss: "no-day" } : { text: date, loss: null };
}

function sharedText(cell: StoredCell, value: string, workbook: Workbook): string {
  const shared = /^\s*\d{1,9}\s*$/.test(value) ? workbook.sharedStrings[Number(value)] : undefined;
  if (shared === undefined) throw damaged(cell, workbook, "refers to a text that does not exist");
  return shared;
}

function damaged({ place }: StoredCell, { archive }: Workbook, what: string): FormatError {
  return new FormatError(
    `${archive.file}: the cell ${cellReference(place)} ${what}; the workbook is damaged; save it again`,
  );
}
