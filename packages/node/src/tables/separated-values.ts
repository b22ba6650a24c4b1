import { FormatError, InputError } from "@sentinode/core";
import { limits } from "../files/limits.ts";

/** A record of a text table. */
export interface TextRecord {
  /** Line of the file that the record starts on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Where a reading stands; the one object that the functions of this file share. */
interface Cursor {
  readonly text: string;
  readonly file: string;
  readonly delimiter: string;
  index: number;
  line: number;
}

/**
 * The records of separated text: cells may be quoted, and a quoted cell may hold delimiters, line breaks and doubled
 * quotes. A quote inside an unquoted cell is a character. Blank lines are passed over.
 *
 * @param text The table, or its beginning.
 * @param delimiter One character.
 * @param file Name for messages.
 * @param most Records that are read.
 * @throws {FormatError} A quote is never closed, or text follows a closing quote.
 * @throws {InputError} More columns, rows or characters in a cell than the limits allow.
 * @source RFC 4180, with any of CRLF, LF and CR as line break.
 */
export function readRecords(text: string, delimiter: string, file: string, most = Infinity): TextRecord[] {
  const cursor: Cursor = { text, file, delimiter, index: 0, line: 1 };
  const records: TextRecord[] = [];
  while (cursor.index < text.length && records.length < most) {
    const line = cursor.line;
    const cells = readRecord(cursor);
    if (cells.length === 1 && cells[0] === "") continue;
    if (records.length > limits.tableRows)
      throw new InputError(
        `${file}: the table has more rows than the limit of ${limits.tableRows}; split it`,
      );
    records.push({ line, cells });
  }
  return records;
}

function readRecord(cursor: Cursor): string[] {
  const { text, file, delimiter } = cursor;
  const cells: string[] = [];
  const line = cursor.line;
  for (;;) {
    const cell = text[cursor.index] === '"' ? quotedCell(cursor) : plainCell(cursor);
    if (cell.length > limits.cellCharacters)
      throw new InputError(
        `${file}, line ${line}: cell ${cells.length + 1} is longer than the limit of ${limits.cellCharacters} characters; check the quotes, or shorten it`,
      );
    cells.push(cell);
    if (cells.length > limits.tableColumns)
      throw new InputError(
        `${file}, line ${line}: the row has more columns than the limit of ${limits.tableColumns}; check the separator, or leave columns out`,
      );
    if (text[cursor.index] !== delimiter) break;
    cursor.index++;
  }
  skipLineBreak(cursor);
  return cells;
}

function plainCell(cursor: Cursor): string {
  const start = cursor.index;
  const { text, delimiter } = cursor;
  while (cursor.index < text.length && text[cursor.index] !== delimiter && !isLineBreak(text, cursor.index))
    cursor.index++;
  return text.slice(start, cursor.index);
}

function quotedCell(cursor: Cursor): string {
  const { text, file, delimiter, line } = cursor;
  const pieces: string[] = [];
  let start = cursor.index + 1;
  for (;;) {
    const end = text.indexOf('"', start);
    if (end < 0)
      throw new FormatError(
        `${file}, line ${line}: a quote opens in this line and is never closed; add or remove the quote`,
      );
    pieces.push(text.slice(start, end));
    if (text[end + 1] !== '"') {
      cursor.index = end + 1;
      break;
    }
    pieces.push('"');
    start = end + 2;
  }
  const cell = pieces.join("");
  cursor.line += lineBreaks(cell);
  const { index } = cursor;
  if (index < text.length && text[index] !== delimiter && !isLineBreak(text, index))
    throw new FormatError(
      `${file}, line ${line}: a quoted cell that opens in this line is followed by more text; double a quote inside a cell, or remove it`,
    );
  return cell;
}

function skipLineBreak(cursor: Cursor): void {
  if (cursor.index >= cursor.text.length) return;
  cursor.index += cursor.text.startsWith("\r\n", cursor.index) ? 2 : 1;
  cursor.line++;
}

function isLineBreak(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 10 || code === 13;
}

/**
 * Number of line breaks; CRLF is one.
 *
 * @example lineBreaks("a\r\nb\nc\rd") // => 3
 */
export function lineBreaks(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
}
