import { type Finding, InputError } from "../errors.ts";
import { type Cell, type IsMissing, missingCells, unreadableCell } from "./cell.ts";
import { codeBookProblems, levelCell } from "./code-book.ts";
import { cohortFindings } from "./cohort-findings.ts";
import { type CohortDescription } from "./cohort-description.ts";
import { type Cohort, type CohortColumn } from "./cohort.ts";
import { dateCell } from "./date-cell.ts";
import { lesionImages } from "./lesion-images.ts";
import { numberCell } from "./number-cell.ts";
import { otherOutcomeFindings, readOutcome } from "./outcome-column.ts";
import { createProblemList } from "./problem-list.ts";
import { type RawTable } from "./raw-table.ts";
import {
  agree,
  findColumn,
  type PatientRows,
  patientRows,
  readColumn,
  type RowValues,
  type TableReading,
} from "./table-rows.ts";
import { type NumericVariable, type Variable } from "./variable.ts";

/** A cohort and what its reader must know. */
export interface CohortReading {
  readonly cohort: Cohort;
  /** What was noticed while the cohort was built; findings of the table itself stay with the table. */
  readonly findings: readonly Finding[];
}

/** A described variable with the values of its rows. */
interface ReadVariable {
  readonly variable: Variable;
  readonly rowValues: RowValues;
}

/**
 * The patients that a table describes, one value a variable and patient.
 *
 * @param table The table as read; a patient may have several rows where the images differ.
 * @param description Which columns mean what; other columns are not read.
 * @returns Patients in order of first appearance. Missing numbers and dates are NaN, missing levels -1.
 * @throws {InputError} With every problem of description and table at once, each with file, row, column and cause:
 *   a missing column, a cell that cannot be read or lies outside its plausible range, a missing outcome, an empty id,
 *   rows of a patient that disagree or repeat an image, an image without path or spacing, an outcome of one class.
 */
export function buildCohort(table: RawTable, description: CohortDescription): CohortReading {
  const reading: TableReading = { table, problems: createProblemList() };
  noteDescriptionProblems(reading, description);
  const isMissing = missingCells(description.missing);
  const idColumn = findColumn(reading, description.id, "the id of a patient");
  const people = idColumn < 0 ? { patients: [], rows: [] } : patientRows(reading, idColumn, isMissing);
  if (table.rows.length === 0)
    reading.problems.add("empty table", `${table.file}: a cohort needs patients; got no row`);
  const outcome = readOutcome(reading, description, isMissing);
  const variables = readVariables(reading, description, isMissing);
  const images =
    description.images === null ? [] : lesionImages(reading, description.images, people, isMissing);
  noteDisagreements(reading, description, people, { variables, outcome });
  if (outcome !== null) noteSingleClass(reading, description, people, outcome);
  const problems = reading.problems.list();
  if (problems.length > 0 || outcome === null) throw new InputError(problems);
  const cohort: Cohort = {
    patients: people.patients,
    outcome: Uint8Array.from(people.rows, ([first]) => outcome.values[first]),
    columns: variables.map(({ variable, rowValues }) => cohortColumn(variable, rowValues, people)),
    images,
  };
  const others = otherOutcomeFindings(reading, description, isMissing);
  return { cohort, findings: [...others, ...cohortFindings(cohort, description, table)] };
}

function noteDescriptionProblems({ problems }: TableReading, { variables }: CohortDescription): void {
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
  { variables }: CohortDescription,
  isMissing: IsMissing,
): ReadVariable[] {
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

/** One problem a patient whose rows disagree, or who has several rows in a study without images. */
function noteDisagreements(
  { table, problems }: TableReading,
  { images, outcome }: CohortDescription,
  { patients, rows }: PatientRows,
  read: { readonly variables: readonly ReadVariable[]; readonly outcome: RowValues | null },
): void {
  const perImage =
    images?.spacing !== null && images?.spacing !== undefined && "column" in images.spacing
      ? images.spacing.column
      : null;
  const columns = read.variables
    .filter(({ variable }) => variable.name !== perImage && variable.name !== outcome.variable)
    .map(({ variable, rowValues }) => ({ name: variable.name, rowValues }));
  if (read.outcome !== null) columns.push({ name: outcome.variable, rowValues: read.outcome });
  patients.forEach((patient, i) => {
    if (rows[i].length < 2) return;
    const place = `${table.file}, rows ${rows[i].map((row) => table.rowNumbers[row]).join(", ")}: duplicate id ${patient}`;
    const differing = columns.filter(({ rowValues }) => !agree(rowValues, rows[i])).map(({ name }) => name);
    if (differing.length > 0)
      problems.add(
        "duplicate id",
        `${place}; the rows of a patient must agree; they differ in ${differing.join(", ")}; correct them`,
      );
    else if (images === null)
      problems.add(
        "duplicate id",
        `${place}; without images a patient has one row; got ${rows[i].length} that agree; remove the others`,
      );
  });
}

function noteSingleClass(
  { table, problems }: TableReading,
  { outcome }: CohortDescription,
  { rows }: PatientRows,
  read: RowValues,
): void {
  if (read.unreadable.some((mark) => mark === 1) || rows.length === 0) return;
  const events = rows.reduce((count, [first]) => count + read.values[first], 0);
  if (events === 0 || events === rows.length)
    problems.add(
      "outcome",
      `${table.file}, column ${outcome.variable}: the outcome needs patients with and without the event; got ${events} with and ${rows.length - events} without; check the code of the event`,
    );
}

function cohortColumn(variable: Variable, { values }: RowValues, { rows }: PatientRows): CohortColumn {
  if (variable.kind === "numeric")
    return { variable, values: Float64Array.from(rows, ([first]) => values[first]) };
  if (variable.kind === "date")
    return { variable, values: Float64Array.from(rows, ([first]) => values[first]) };
  const codes = Int16Array.from(rows, ([first]) => (Number.isNaN(values[first]) ? -1 : values[first]));
  return { variable, codes };
}
