import { InputError, parseDecimal, type RawTable } from "@sentinode/core";
import { readTable } from "../tables/read-table.ts";

/** A row of a table of cases. */
export interface TableCase {
  /** Row of the file, as messages print it. */
  readonly row: number;
  /** Paths as the table writes them. */
  readonly image: string;
  readonly mask: string;
  readonly spacingMm: number | null;
  /** Value of the mask that is the region; null: the table does not say. */
  readonly label: number | null;
  /** Cells that the output repeats. */
  readonly kept: readonly (string | number | null)[];
}

/** A table of cases to measure. */
export interface CaseTable {
  readonly file: string;
  /** Headers of the columns that the output repeats, as the table writes them. */
  readonly kept: readonly string[];
  readonly cases: readonly TableCase[];
  /** Columns that are not repeated. */
  readonly others: number;
}

const names = ["patient_id", "image", "mask", "spacing_mm", "label"] as const;
type ColumnName = (typeof names)[number];

/**
 * The cases that a table lists: columns `image` and `mask`, optional `spacing_mm`, `label` and `patient_id`, in upper or
 * lower case.
 *
 * @throws {InputError} Every problem of the table at once, with its row.
 */
export async function readCaseTable(path: string): Promise<CaseTable> {
  const table = await readTable(path);
  const columns = columnsOf(table);
  const kept = [...columns].sort(([, a], [, b]) => a - b);
  const problems: string[] = [];
  const cases = table.rows.map((cells, k): TableCase => {
    const row = table.rowNumbers[k];
    const cell = (name: ColumnName) => cells[columns.get(name) ?? -1]?.trim() ?? "";
    const read = readCells(cell, table.decimal);
    for (const [name, problem] of read.problems)
      problems.push(`${table.file}, row ${row}, column ${table.headers[columns.get(name)!]}: ${problem}`);
    const keptCell = (name: ColumnName, at: number) =>
      // The output writes numbers with a point.
      name === "spacing_mm" && table.decimal === "," ? read.spacingMm : cells[at];
    return {
      row,
      image: cell("image"),
      mask: cell("mask"),
      spacingMm: read.spacingMm,
      label: read.label,
      kept: kept.map(([name, at]) => keptCell(name, at)),
    };
  });
  if (problems.length > 0) throw new InputError(problems);
  return {
    file: table.file,
    kept: kept.map(([, at]) => table.headers[at]),
    cases,
    others: table.headers.length - kept.length,
  };
}

interface ReadCells {
  readonly spacingMm: number | null;
  readonly label: number | null;
  readonly problems: readonly (readonly [ColumnName, string])[];
}

function readCells(cell: (name: ColumnName) => string, decimal: "." | ","): ReadCells {
  const problems: [ColumnName, string][] = [];
  for (const name of ["image", "mask"] as const)
    if (cell(name) === "") problems.push([name, "a case needs a path; the cell is empty; name the file"]);
  const spacingMm = cell("spacing_mm") === "" ? null : parseDecimal(cell("spacing_mm"), decimal);
  if (cell("spacing_mm") !== "" && !(spacingMm !== null && spacingMm > 0))
    problems.push(["spacing_mm", "a spacing needs a size in mm above 0; got something else; correct it"]);
  const label = /^[1-9]\d{0,8}$/.test(cell("label")) ? Number(cell("label")) : null;
  if (cell("label") !== "" && label === null)
    problems.push(["label", "a label needs a whole number above 0; got something else; correct it"]);
  return { spacingMm, label, problems };
}

function columnsOf({ file, headers }: RawTable): ReadonlyMap<ColumnName, number> {
  const columns = new Map<ColumnName, number>();
  const problems: string[] = [];
  for (const name of names) {
    const found = headers.flatMap((header, at) => (header.toLowerCase() === name ? [at] : []));
    if (found.length > 1)
      problems.push(
        `${file}: a table of cases needs one column ${name}; got ${found.length}; rename the others`,
      );
    if (found.length === 0 && (name === "image" || name === "mask"))
      problems.push(
        `${file}: a table of cases needs the columns image and mask; ${name} is missing; name it so`,
      );
    if (found.length > 0) columns.set(name, found[0]);
  }
  if (problems.length > 0) throw new InputError(problems);
  return columns;
}
