import { type Finding, InputError } from "../errors.ts";
import { type Cell, type IsMissing, missingCells, unreadableCell } from "./cell.ts";
import { codeBookProblems, levelCell } from "./code-book.ts";
import { cohortFindings } from "./cohort-findings.ts";
import type { PatientsDescription } from "./cohort-description.ts";
import type { CohortColumn, LesionImage, Patients } from "./cohort.ts";
import { dateCell } from "./date-cell.ts";
import { lesionImages } from "./lesion-images.ts";
import { numberCell } from "./number-cell.ts";
import { createProblemList } from "./problem-list.ts";
import type { RawTable } from "./raw-table.ts";
import {
  agree,
  findColumn,
  type PatientRows,
  patientRows,
  readColumn,
  type RowValues,
  type TableReading,
} from "./table-rows.ts";
import type { NumericVariable, Variable } from "./variable.ts";

/** Patients and what their reader must know. */
export interface PatientsReading {
  readonly patients: Patients;
  /** What was noticed on the way; findings of the table itself stay with the table. */
  readonly findings: readonly Finding[];
}

/** A column of the table with its name. */
export interface NamedRowValues {
  readonly name: string;
  readonly rowValues: RowValues;
}

/** A table that was read; problems are noted, not thrown. */
export interface TableContent {
  readonly reading: TableReading;
  readonly people: PatientRows;
  readonly variables: readonly { readonly variable: Variable; readonly rowValues: RowValues }[];
  readonly images: readonly LesionImage[];
  /** Every column whose rows must agree within a patient. */
  readonly read: readonly NamedRowValues[];
}

/**
 * The patients that a table describes, without their outcome: new patients, for whom a model predicts.
 *
 * @param table The table as read; a patient may have several rows where the images differ.
 * @param description Which columns mean what; other columns are not read.
 * @returns Patients in order of first appearance. Missing numbers and dates are NaN, missing levels -1.
 * @throws {InputError} With every problem at once, as `buildCohort`, but for the outcome.
 */
export function buildPatients(table: RawTable, description: PatientsDescription): PatientsReading {
  const content = readContent(table, description, () => []);
  const problems = content.reading.problems.list();
  if (problems.length > 0) throw new InputError(problems);
  const patients = patientsOf(content);
  return { patients, findings: cohortFindings(patients, description, table) };
}

/**
 * Reads all described columns of a table and notes every problem.
 *
 * @param more Reads further columns whose rows must agree, e.g. the outcome.
 */
export function readContent(
  table: RawTable,
  description: PatientsDescription,
  more: (reading: TableReading, isMissing: IsMissing) => readonly NamedRowValues[],
): TableContent {
  const reading: TableReading = { table, problems: createProblemList() };
  noteDescriptionProblems(reading, description);
  const isMissing = missingCells(description.missing);
  const idColumn = findColumn(reading, description.id, "the id of a patient");
  const people = idColumn < 0 ? { patients: [], rows: [] } : patientRows(reading, idColumn, isMissing);
  if (table.rows.length === 0)
    reading.problems.add("empty table", `${table.file}: a cohort needs patients; got no row`);
  const others = more(reading, isMissing);
  const variables = readVariables(reading, description, isMissing);
  const images =
    description.images === null ? [] : lesionImages(reading, description.images, people, isMissing);
  const named = new Map(
    [...variables.map(({ variable, rowValues }) => ({ name: variable.name, rowValues })), ...others].map(
      (column) => [column.name, column],
    ),
  );
  const content = { reading, people, variables, images, read: [...named.values()] };
  noteDisagreements(content, description);
  return content;
}

/** The patients of a table without problems. */
export function patientsOf({ people, variables, images }: TableContent): Patients {
  return {
    patients: people.patients,
    columns: variables.map(({ variable, rowValues }) => cohortColumn(variable, rowValues, people)),
    images,
  };
}

function noteDescriptionProblems({ problems }: TableReading, { variables }: PatientsDescription): void {
  const names = new Set<string>();
  for (const variable of variables) {
    if (names.has(variable.name))
      problems.add(
        "description",
        `variable ${variable.name}: a column is described once; got two descriptions; remove one`,
      );
    names.add(variable.name);
    switch (variable.kind) {
      case "numeric":
        if (variable.range !== undefined && !(variable.range[0] < variable.range[1]))
          problems.add(
            "description",
            `variable ${variable.name}: the plausible range needs a minimum below its maximum; got ${variable.range.join(" to ")}; exchange them`,
          );
        break;
      case "date":
        break;
      case "binary":
      case "categorical":
      case "ordinal":
        for (const problem of codeBookProblems(variable)) problems.add("code-book", problem);
    }
  }
}

function readVariables(
  reading: TableReading,
  { variables }: PatientsDescription,
  isMissing: IsMissing,
): { variable: Variable; rowValues: RowValues }[] {
  return variables.flatMap((variable) => {
    const column = findColumn(reading, variable.name, `variable ${variable.label}`);
    if (column < 0) return [];
    const read = cellReader(variable, reading.table.decimal, isMissing);
    return [{ variable, rowValues: readColumn(reading, column, read) }];
  });
}

function cellReader(
  variable: Variable,
  decimal: "." | ",",
  isMissing: IsMissing,
): (text: string) => Cell<number> {
  switch (variable.kind) {
    case "numeric":
      return (text) => plausibleNumber(variable, text, decimal, isMissing);
    case "date":
      return (text) => dateCell(text, isMissing);
    case "binary":
    case "categorical":
    case "ordinal": {
      const known = new Map<string, Cell<number>>();
      return (text) => {
        const cell = known.get(text) ?? levelCell(variable.levels, text, decimal, isMissing);
        known.set(text, cell);
        return cell;
      };
    }
  }
}

function plausibleNumber(
  { range }: NumericVariable,
  text: string,
  decimal: "." | ",",
  isMissing: IsMissing,
): Cell<number> {
  const cell = numberCell(text, decimal, isMissing);
  if (cell.kind !== "value" || range === undefined) return cell;
  const [minimum, maximum] = range;
  if (cell.value >= minimum && cell.value <= maximum) return cell;
  const side = cell.value < minimum ? "below" : "above";
  return unreadableCell(
    `needs a number from ${minimum} to ${maximum}; got one ${side}; correct the cell or widen the plausible range`,
  );
}

/**
 * Notes patients with several rows that agree in a study without images: nothing tells such rows apart.
 *
 * @param content Of a table of patients with an outcome; rows of new patients may repeat.
 */
export function noteRepeatedRows({ reading: { table, problems }, people, read }: TableContent): void {
  people.patients.forEach((patient, i) => {
    const rows = people.rows[i];
    // Rows that disagree are noted already.
    if (rows.length < 2 || read.some(({ rowValues }) => !agree(rowValues, rows))) return;
    const numbers = rows.map((row) => table.rowNumbers[row]).join(", ");
    problems.add(
      "duplicate id",
      `${table.file}, rows ${numbers}: duplicate id ${patient}; without images a patient has one row; got ${rows.length} that agree; remove the others`,
    );
  });
}

/** One problem a patient whose rows disagree. */
function noteDisagreements({ reading, people, read }: TableContent, { images }: PatientsDescription): void {
  const { table, problems } = reading;
  const perImage =
    images?.spacing !== null && images?.spacing !== undefined && "column" in images.spacing
      ? images.spacing.column
      : null;
  const columns = read.filter(({ name }) => name !== perImage);
  people.patients.forEach((patient, i) => {
    const rows = people.rows[i];
    if (rows.length < 2) return;
    const place = `${table.file}, rows ${rows.map((row) => table.rowNumbers[row]).join(", ")}: duplicate id ${patient}`;
    const differing = columns.filter(({ rowValues }) => !agree(rowValues, rows)).map(({ name }) => name);
    if (differing.length > 0)
      problems.add(
        "duplicate id",
        `${place}; the rows of a patient must agree; they differ in ${differing.join(", ")}; correct them`,
      );
  });
}

function cohortColumn(variable: Variable, { values }: RowValues, { rows }: PatientRows): CohortColumn {
  if (variable.kind === "numeric")
    return { variable, values: Float64Array.from(rows, ([first]) => values[first]) };
  if (variable.kind === "date")
    return { variable, values: Float64Array.from(rows, ([first]) => values[first]) };
  const codes = Int16Array.from(rows, ([first]) => (Number.isNaN(values[first]) ? -1 : values[first]));
  return { variable, codes };
}
