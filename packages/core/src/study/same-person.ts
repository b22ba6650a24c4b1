import { missingCells } from "../cohort/cell.ts";
import type { Cohort } from "../cohort/cohort.ts";
import type { PatientId } from "../cohort/patient.ts";
import { createProblemList } from "../cohort/problem-list.ts";
import type { RawTable } from "../cohort/raw-table.ts";
import { type RepeatedPatient, repeatedPatients } from "../cohort/repeated-patients.ts";
import { cellText, findColumn, patientRows, type TableReading } from "../cohort/table-rows.ts";
import { InputError } from "../errors.ts";
import type { Protocol } from "./protocol.ts";

/** What protocol and table say of ids that are one person, before an image is read. */
export interface SamePersons {
  /** Ids that the group column joins: each with the first id of its group. */
  readonly declared: readonly (readonly [PatientId, PatientId])[];
  /** Pairs whose rows agree beyond chance, but for declared ones. */
  readonly repeated: readonly RepeatedPatient[];
  /** Whether the protocol knows two ids: as two persons, or as one by its group column. */
  isKnown(first: PatientId, second: PatientId): boolean;
  /** Row of the table where a patient stands first. */
  rowOf(patient: PatientId): number;
}

/**
 * The ids that are one person, as the protocol's group column declares and as equal rows betray.
 *
 * @param cohort The eligible patients; outcomes are not looked at.
 * @throws {InputError} A group column that is not in the table, rows of a patient that name two groups, or a pair under
 *   `duplicates: allow` with an id that the table does not have.
 */
export function samePersons(protocol: Protocol, table: RawTable, cohort: Cohort): SamePersons {
  const reading: TableReading = { table, problems: createProblemList() };
  const isMissing = missingCells(protocol.cohort.missing);
  const { patients, rows } = patientRows(
    reading,
    findColumn(reading, protocol.cohort.id, "the id of a patient"),
    isMissing,
  );
  const rowsOf = new Map(patients.map((patient, index) => [patient, rows[index]]));
  const groups = groupsOf(reading, protocol.cohort.group, rowsOf, isMissing);
  const allowed = allowedPairs(reading, protocol, rowsOf);
  const problems = reading.problems.list();
  if (problems.length > 0) throw new InputError(problems);

  const isKnown = (first: PatientId, second: PatientId) =>
    allowed.has(pairKey(first, second)) || (groups.has(first) && groups.get(first) === groups.get(second));
  return {
    declared: declaredPairs(cohort.patients, groups),
    repeated: repeatedPatients(cohort, notCompared(protocol)).filter(
      ({ first, second }) => !isKnown(first, second),
    ),
    isKnown,
    rowOf: (patient) => table.rowNumbers[rowsOf.get(patient)![0]],
  };
}

/** All pairs that a random split keeps together: declared ones and those whose rows agree. */
export function personPairs({
  declared,
  repeated,
}: SamePersons): readonly (readonly [PatientId, PatientId])[] {
  return [...declared, ...repeated.map(({ first, second }) => [first, second] as const)];
}

/** What tells parts apart may differ between two entries of one patient. */
function notCompared({ split, cohort, outcome }: Protocol): ReadonlySet<string> {
  const ofSplit = "column" in split ? [split.column] : [];
  const ofPhase = "dateColumn" in split && split.dateColumn !== undefined ? [split.dateColumn] : [];
  const ofEnrolment = cohort.enrolment === undefined ? [] : [cohort.enrolment];
  return new Set([outcome.variable, ...ofSplit, ...ofPhase, ...ofEnrolment]);
}

function groupsOf(
  reading: TableReading,
  name: string | undefined,
  rowsOf: ReadonlyMap<PatientId, readonly number[]>,
  isMissing: (text: string) => boolean,
): ReadonlyMap<PatientId, string> {
  const groups = new Map<PatientId, string>();
  if (name === undefined) return groups;
  const column = findColumn(reading, name, "the group of patients who are one person");
  if (column < 0) return groups;
  for (const [patient, rows] of rowsOf) {
    const cells = new Set(
      rows.map((row) => cellText(reading.table, row, column).trim()).filter((text) => !isMissing(text)),
    );
    if (cells.size > 1)
      reading.problems.add(
        "group",
        `${reading.table.file}, rows ${rows.map((row) => String(reading.table.rowNumbers[row])).join(", ")}: patient ${patient} needs one group in column ${name}; got ${String(cells.size)}; correct them`,
      );
    for (const group of cells) groups.set(patient, group);
  }
  return groups;
}

function allowedPairs(
  { table, problems }: TableReading,
  { duplicates }: Protocol,
  rowsOf: ReadonlyMap<PatientId, readonly number[]>,
): ReadonlySet<string> {
  const known: ReadonlySet<string> = new Set(rowsOf.keys());
  for (const pair of duplicates?.allow ?? [])
    for (const id of pair)
      if (!known.has(String(id)))
        problems.add(
          "duplicates",
          `duplicates: allow needs ids of ${table.file}; got ${id}, which is none; correct it`,
        );
  return new Set((duplicates?.allow ?? []).map(([first, second]) => pairKey(String(first), String(second))));
}

function declaredPairs(
  patients: readonly PatientId[],
  groups: ReadonlyMap<PatientId, string>,
): readonly (readonly [PatientId, PatientId])[] {
  const firstOf = new Map<string, PatientId>();
  return patients.flatMap((patient) => {
    const group = groups.get(patient);
    if (group === undefined) return [];
    const first = firstOf.get(group);
    if (first !== undefined) return [[first, patient] as const];
    firstOf.set(group, patient);
    return [];
  });
}

function pairKey(first: string, second: string): string {
  return first < second ? `${first}\0${second}` : `${second}\0${first}`;
}
