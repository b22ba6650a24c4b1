import { FormatError, InputError } from "@sentinode/core";
import { limits } from "../files/limits.ts";
import { type CellPlace, cellPlace, cellReference } from "./cell-reference.ts";
import { type CellLoss, cellText } from "./cell-value.ts";
import { readXml } from "./read-xml.ts";
import type { TextRecord } from "./separated-values.ts";
import type { Sheet, Workbook } from "./workbook-parts.ts";

/** What a sheet holds. */
export interface Worksheet {
  /** Rows with a value, by ascending number. */
  readonly records: readonly TextRecord[];
  /** References of cells that were read as missing. */
  readonly losses: ReadonlyMap<CellLoss, readonly string[]>;
  readonly hiddenRows: number;
  readonly mergedRanges: number;
}

/** The cell that is being read. */
interface OpenCell {
  place: CellPlace;
  type: string;
  style: number;
  pieces: string[] | null;
  hasFormula: boolean;
}

/**
 * The cells of a sheet, read while it inflates; only cells with a value take memory.
 *
 * @throws {InputError} A value beyond the limits of columns, rows or characters: XFD1048576 costs nothing.
 * @throws {FormatError} Rows or cells out of order, references that do not exist, and what `readXml` and `cellText` refuse.
 */
export function readWorksheet(workbook: Workbook, sheet: Sheet): Worksheet {
  const { file } = workbook.archive;
  const rows = createRows(file, sheet.name);
  const losses = new Map<CellLoss, string[]>();
  let [row, column, hiddenRows, mergedRanges] = [-1, -1, 0, 0];
  let cell: OpenCell | null = null;
  let [collecting, inPhonetic] = [false, false];
  const damaged = (what: string) =>
    new FormatError(`${file}: the sheet ${JSON.stringify(sheet.name)} is damaged: ${what}; save it again`);

  const openRow = (number: string | undefined) => {
    const next = number === undefined ? row + 1 : Number(number) - 1;
    if (!Number.isInteger(next) || next <= row || next >= 1_048_576)
      throw damaged(`a row after row ${row + 1} has no valid number`);
    [row, column] = [next, -1];
  };
  const openCell = (attribute: (name: string) => string | undefined): OpenCell => {
    const reference = attribute("r");
    const place = reference === undefined ? { row, column: column + 1 } : cellPlace(reference);
    if (place?.row !== row || place.column <= column)
      throw damaged(`a cell of row ${row + 1} has no valid place`);
    column = place.column;
    return {
      place,
      type: attribute("t") ?? "n",
      style: Number(attribute("s") ?? 0),
      pieces: null,
      hasFormula: false,
    };
  };
  const closeCell = (open: OpenCell) => {
    const { text, loss } = cellText({ ...open, value: open.pieces?.join("") ?? null }, workbook);
    if (loss !== null) noteLoss(losses, loss, cellReference(open.place));
    if (text !== "") rows.put(open.place, text);
  };

  readXml(workbook.archive, sheet.entry, {
    open: (name, attribute) => {
      if (name === "row") {
        openRow(attribute("r"));
        if (/^(1|true)$/.test(attribute("hidden") ?? "")) hiddenRows++;
      } else if (name === "c") cell = openCell(attribute);
      else if (name === "mergeCell") mergedRanges++;
      else if (name === "rPh") inPhonetic = true;
      else if (cell !== null) collecting = startsText(cell, name, inPhonetic) || collecting;
    },
    close: (name) => {
      if (name === "rPh") inPhonetic = false;
      else if (name === "v" || name === "t") collecting = false;
      else if (name === "c" && cell !== null) {
        closeCell(cell);
        cell = null;
      }
    },
    text: (text) => {
      if (collecting) cell?.pieces?.push(text);
    },
  });
  return { records: rows.records, losses, hiddenRows, mergedRanges };
}

function noteLoss(losses: Map<CellLoss, string[]>, loss: CellLoss, reference: string): void {
  const known = losses.get(loss);
  if (known) known.push(reference);
  else losses.set(loss, [reference]);
}

/** Whether an element inside a cell holds text that belongs to its value. */
function startsText(cell: OpenCell, name: string, inPhonetic: boolean): boolean {
  if (name === "f") cell.hasFormula = true;
  if (name === "is") cell.pieces ??= [];
  if (name === "v") cell.pieces = [];
  return name === "v" || (name === "t" && !inPhonetic && cell.pieces !== null);
}

/** Collects values and refuses those beyond the limits before memory is given. */
function createRows(file: string, sheet: string) {
  const records: { readonly line: number; readonly cells: string[] }[] = [];
  let cells = 0;
  const refuse = (place: CellPlace, what: string) => {
    throw new InputError(
      `${file}: the sheet ${JSON.stringify(sheet)} is too large: the cell ${cellReference(place)} ${what}; delete what stands outside the table`,
    );
  };
  const put = (place: CellPlace, text: string) => {
    if (place.column >= limits.tableColumns)
      refuse(place, `lies beyond the limit of ${limits.tableColumns} columns`);
    if (place.row > limits.tableRows) refuse(place, `lies beyond the limit of ${limits.tableRows} rows`);
    if (text.length > limits.cellCharacters)
      refuse(place, `is longer than the limit of ${limits.cellCharacters} characters`);
    if (records.at(-1)?.line !== place.row + 1) records.push({ line: place.row + 1, cells: [] });
    const row = records.at(-1)!.cells;
    cells += place.column + 1 - row.length;
    if (cells > limits.tableCells) refuse(place, `exceeds the limit of ${limits.tableCells} cells`);
    while (row.length < place.column) row.push("");
    row.push(text);
  };
  return { records, put };
}
