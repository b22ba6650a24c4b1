import { type Finding, parseDecimal, type RawTable } from "@sentinode/core";
import { isFormulaCell } from "./formula-cells.ts";
import { idColumn, isMissing } from "./known-columns.ts";

/** What the cells of a column hold; indices of rows. */
interface ColumnContent {
  readonly numbers: number;
  /** Different numbers among them. */
  readonly levels: number;
  /** Values outside what could be measured: <0.1, >300. */
  readonly censored: readonly number[];
  /** NaN, infinity, numbers too large to hold. */
  readonly notFinite: readonly number[];
  readonly texts: readonly number[];
}

const CENSORED = /^[<>≤≥]=?\s*[+-]?[\d.,]+$/;
const NOT_FINITE = /^[+-]?(nan|inf|infinity|∞|\d+(\.\d*)?e[+-]?\d+)$/i;

/** Different numbers from which a column is a measurement, not a code. */
const MEASURED_LEVELS = 10;

/**
 * What is wrong with the columns of a table, without knowing what they mean.
 *
 * @returns Errors for text in a column of measurements; warnings for censored values, NaN and infinity among numbers and
 *   for cells that a spreadsheet would run. Columns and rows are named, cells never shown.
 */
export function checkColumns(table: RawTable): Finding[] {
  const ids = idColumn(table.headers);
  const columns = table.headers.flatMap((_, column) => (column === ids ? [] : numberFindings(table, column)));
  return [...columns, ...formulaFindings(table)];
}

function columnContent(table: RawTable, column: number): ColumnContent {
  const levels = new Set<number>();
  let numbers = 0;
  const [censored, notFinite, texts]: [number[], number[], number[]] = [[], [], []];
  table.rows.forEach((row, index) => {
    const text = row[column].trim();
    const value = parseDecimal(text, table.decimal);
    if (value !== null) {
      numbers++;
      levels.add(value);
    } else if (NOT_FINITE.test(text)) notFinite.push(index);
    else if (isMissing(text)) return;
    else if (CENSORED.test(text)) censored.push(index);
    else texts.push(index);
  });
  return { numbers, levels: levels.size, censored, notFinite, texts };
}

function numberFindings(table: RawTable, column: number): Finding[] {
  const { numbers, levels, censored, notFinite, texts } = columnContent(table, column);
  if (numbers < 3) return [];
  const name = `${table.file}: column ${table.headers[column]}`;
  const isMeasured = levels >= Math.min(MEASURED_LEVELS, numbers / 2);
  const findings: Finding[] = [];
  const add = (code: string, severity: Finding["severity"], message: string) =>
    findings.push({ code, severity, message: `${name} ${message}` });
  if (texts.length > 0 && texts.length <= numbers && isMeasured)
    add(
      "table-text-among-numbers",
      "error",
      `needs numbers; got text that is not numeric in ${rowList(table, texts)}; write numbers, or leave the cells empty`,
    );
  if (censored.length > 0 && censored.length <= 2 * numbers)
    add(
      "table-censored-values",
      "warning",
      `holds censored values such as < or > a limit in ${rowList(table, censored)}; say in the protocol how to read them`,
    );
  if (notFinite.length > 0 && notFinite.length <= 2 * numbers)
    add(
      "table-not-finite",
      "warning",
      `holds NaN, Inf or numbers too large in ${rowList(table, notFinite)}; they count as missing or are refused later; leave the cells empty`,
    );
  return findings;
}

function formulaFindings({ file, headers, rows, rowNumbers }: RawTable): Finding[] {
  const places = headers.flatMap((header) => (isFormulaCell(header) ? ["a header"] : []));
  let count = places.length;
  rows.forEach((row, index) => {
    row.forEach((cell, column) => {
      if (!isFormulaCell(cell)) return;
      count++;
      if (places.length < 10) places.push(`row ${rowNumbers[index]} column ${headers[column]}`);
    });
  });
  if (count === 0) return [];
  const message = `${file}: ${count} cells begin like a formula that a spreadsheet would run (${places.join("; ")}${count > places.length ? "; …" : ""}); they are kept as text and made harmless in tables that Sentinode writes`;
  return [{ code: "table-formula-cells", severity: "warning", message }];
}

/** Rows as the spreadsheet numbers them. */
function rowList({ rowNumbers }: RawTable, rows: readonly number[]): string {
  const numbers = rows.slice(0, 20).map((row) => rowNumbers[row]);
  const more = rows.length > 20 ? ` and ${rows.length - 20} more` : "";
  return `${rows.length === 1 ? "row" : "rows"} ${numbers.join(", ")}${more}`;
}
