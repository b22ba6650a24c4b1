import type { Cell, IsMissing } from "./cell.ts";
import { didYouMean } from "./near-names.ts";
import { patientId, type PatientId } from "./patient.ts";
import type { ProblemList } from "./problem-list.ts";
import type { RawTable } from "./raw-table.ts";

/** A table on the way to a cohort. */
export interface TableReading {
  readonly table: RawTable;
  readonly problems: ProblemList;
}

/** The rows of each patient, in order of first appearance; indices into `table.rows`. */
export interface PatientRows {
  readonly patients: readonly PatientId[];
  readonly rows: readonly (readonly number[])[];
}

/** A column read row by row. */
export interface RowValues {
  /** NaN where missing or unreadable; shape [rows]. */
  readonly values: Float64Array;
  /** 1 where the cell could not be read and a problem was noted; shape [rows]. */
  readonly unreadable: Uint8Array;
}

/**
 * The position of a column, noting a problem that suggests near names where it does not exist.
 *
 * @param purpose What the column is for, e.g. "the outcome".
 * @returns Index into `table.headers`, or -1.
 */
export function findColumn({ table, problems }: TableReading, name: string, purpose: string): number {
  const index = table.headers.indexOf(name);
  if (index < 0)
    problems.add(
      "missing column",
      `${table.file}: ${purpose} needs the column ${name}; the table has no such column${didYouMean(name, table.headers)}`,
    );
  return index;
}

/**
 * The text of a cell; a cell beyond the end of a short row is empty.
 *
 * @param row Index into `table.rows`.
 */
export function cellText(table: RawTable, row: number, column: number): string {
  return table.rows[row][column] ?? "";
}

/**
 * Where a cell stands, as messages say it.
 *
 * @param row Index into `table.rows`.
 */
export function placeOf(table: RawTable, row: number, column: string): string {
  return `${table.file}, row ${table.rowNumbers[row]}, column ${column}`;
}

/**
 * The patients of a table with their rows; a missing id is noted as a problem.
 *
 * @param column Index of the id column.
 */
export function patientRows(
  { table, problems }: TableReading,
  column: number,
  isMissing: IsMissing,
): PatientRows {
  const rowsOf = new Map<PatientId, number[]>();
  for (let row = 0; row < table.rows.length; row++) {
    const text = cellText(table, row, column);
    if (isMissing(text)) {
      problems.add(
        "empty id",
        `${placeOf(table, row, table.headers[column])}: a patient needs an id; got a missing cell; fill it in`,
      );
      continue;
    }
    const id = patientId(text);
    const rows = rowsOf.get(id);
    if (rows) rows.push(row);
    else rowsOf.set(id, [row]);
  }
  return { patients: [...rowsOf.keys()], rows: [...rowsOf.values()] };
}

/**
 * Reads every cell of a column and notes those that cannot be read.
 *
 * @param column Index into `table.headers`.
 * @param read What the text of a cell holds.
 */
export function readColumn(
  { table, problems }: TableReading,
  column: number,
  read: (text: string) => Cell<number>,
): RowValues {
  const name = table.headers[column];
  const [values, unreadable] = [
    new Float64Array(table.rows.length).fill(NaN),
    new Uint8Array(table.rows.length),
  ];
  for (let row = 0; row < values.length; row++) {
    const cell = read(cellText(table, row, column));
    if (cell.kind === "value") values[row] = cell.value;
    if (cell.kind !== "unreadable") continue;
    unreadable[row] = 1;
    problems.add(`column ${name}`, `${placeOf(table, row, name)}: ${cell.reason}`);
  }
  return { values, unreadable };
}

/**
 * Whether the rows of a patient hold the same value; rows that could not be read are left out.
 *
 * @param rows Indices of the patient's rows.
 */
export function agree({ values, unreadable }: RowValues, rows: readonly number[]): boolean {
  const read = rows.filter((row) => unreadable[row] === 0);
  return read.every((row) => Object.is(values[row], values[read[0]]) || values[row] === values[read[0]]);
}
