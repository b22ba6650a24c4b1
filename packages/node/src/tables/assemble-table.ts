import { type Finding, InputError, type RawTable } from "@sentinode/core";
import { limits } from "../files/limits.ts";
import type { TextRecord } from "./separated-values.ts";

/** Rows of a file on the way to a table. */
export interface TableRecords {
  readonly file: string;
  /** The first holds the headers; `line` is the row number that messages print. */
  readonly records: readonly TextRecord[];
  readonly decimal: "." | ",";
  /** Whether a row may end before the last column: in a workbook empty cells at the end are not stored. */
  readonly shortRowsAllowed: boolean;
  readonly findings: readonly Finding[];
}

/** Problems of one kind that are spelt out. */
const MOST = 20;

/**
 * A table with checked headers and rows of equal width.
 *
 * @returns Rows without any value are left out, and so are columns without header and values; `findings` counts them.
 * @throws {InputError} With every problem at once: no header or no row, headers that are empty or occur twice, rows with
 *   more or fewer cells than the header, more cells than the limit.
 */
export function assembleTable({
  file,
  records,
  decimal,
  shortRowsAllowed,
  findings,
}: TableRecords): RawTable {
  const filled = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (filled.length < 2)
    throw new InputError(
      `${file}: a table needs a header and at least one row; got ${filled.length === 0 ? "nothing" : "a header alone"}; check the file and sheet`,
    );
  const [head, ...body] = filled;
  const headers = head.cells.map(headerText);
  const used = usedColumns(body, headers.length);
  const width = widthOf(headers, used);
  if (width * body.length > limits.tableCells)
    throw new InputError(
      `${file}: the table is too large; got ${body.length} rows of ${width} columns, the limit is ${limits.tableCells} cells; leave columns out`,
    );
  const problems = [
    ...cutOff(headerProblems(file, headers, used)),
    ...cutOff(raggedRows(file, body, width, shortRowsAllowed)),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const kept = headers.flatMap((header, column) => (header === "" ? [] : [column]));
  const blank = { rows: records.length - filled.length, columns: width - kept.length };
  return {
    file,
    headers: kept.map((column) => headers[column]),
    rows: body.map(({ cells }) => kept.map((column) => cells[column] ?? "")),
    rowNumbers: body.map(({ line }) => line),
    decimal,
    findings: [...findings, ...blankFindings(file, blank)],
  };
}

/** A header as it is used: one line, without byte-order mark and surrounding white space. */
function headerText(cell: string): string {
  return cell.replace(/\s+/g, " ").replaceAll("\uFEFF", "").trim();
}

/** 1 for each column in which a row has a value. */
function usedColumns(body: readonly TextRecord[], width: number): Uint8Array {
  const used = new Uint8Array(width);
  for (const { cells } of body) {
    const count = Math.min(width, cells.length);
    for (let column = 0; column < count; column++)
      if (used[column] === 0 && !isBlank(cells[column])) used[column] = 1;
  }
  return used;
}

/** Columns up to the last header; one more only where a row has a value there. */
function widthOf(headers: readonly string[], used: Uint8Array): number {
  let width = headers.length;
  while (width > 0 && headers[width - 1] === "" && used[width - 1] === 0) width--;
  return width;
}

function headerProblems(file: string, headers: readonly string[], used: Uint8Array): string[] {
  const columnsOf = new Map<string, number[]>();
  headers.forEach((header, column) => {
    const columns = columnsOf.get(header);
    if (columns) columns.push(column + 1);
    else columnsOf.set(header, [column + 1]);
  });
  const empty = (columnsOf.get("") ?? []).filter((column) => used[column - 1] === 1);
  columnsOf.delete("");
  return [
    ...empty.map((column) => `${file}: column ${column} has values but no header; name it`),
    ...[...columnsOf]
      .filter(([, columns]) => columns.length > 1)
      .map(
        ([header, columns]) =>
          `${file}: headers must differ; got the duplicate header ${printedHeader(header)} in columns ${columns.slice(0, 10).join(", ")}; rename one`,
      ),
  ];
}

function raggedRows(
  file: string,
  body: readonly TextRecord[],
  width: number,
  shortRowsAllowed: boolean,
): string[] {
  return body.flatMap(({ line, cells }) => {
    let got = cells.length;
    while (got > width && isBlank(cells[got - 1])) got--;
    if (got === width || (got < width && shortRowsAllowed)) return [];
    return [
      `${file}, row ${line}: a row needs as many cells as the header has columns; got ${got} cells for ${width} columns; check separators and quotes`,
    ];
  });
}

function blankFindings(file: string, blank: { readonly rows: number; readonly columns: number }): Finding[] {
  const finding = (code: string, message: string): Finding => ({ code, severity: "info", message });
  return [
    ...(blank.rows > 0
      ? [finding("table-blank-rows", `${file}: ${blank.rows} rows without any value were left out`)]
      : []),
    ...(blank.columns > 0
      ? [
          finding(
            "table-blank-columns",
            `${file}: ${blank.columns} columns without header and values were left out`,
          ),
        ]
      : []),
  ];
}

function isBlank(cell: string | undefined): boolean {
  return cell === undefined || cell.trim() === "";
}

function printedHeader(header: string): string {
  return JSON.stringify(header.length > 60 ? `${header.slice(0, 60)}…` : header);
}

function cutOff(problems: readonly string[]): string[] {
  if (problems.length <= MOST) return [...problems];
  return [...problems.slice(0, MOST), `and ${problems.length - MOST} more problems of this kind`];
}
