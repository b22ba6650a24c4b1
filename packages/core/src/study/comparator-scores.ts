import type { CohortColumn, Patients } from "../cohort/cohort.ts";
import { InputError } from "../errors.ts";
import { tenonScore } from "../models/tenon-score.ts";
import { type Comparator, describeComparator, type ProtocolComparator } from "./comparator.ts";
import type { Protocol } from "./protocol.ts";

/** What a comparator says of every patient. */
export interface ComparatorScores {
  readonly comparator: Comparator;
  /** Higher for more risk, one a patient of the cohort; NaN where the comparator has no answer. */
  readonly values: Float64Array;
}

/** A macrometastasis of a sentinel node is larger, in mm. */
const MACROMETASTASIS_MM = 2;
/** Patients that a message names. */
const NAMED = 5;

/**
 * What the comparators that are not refitted say of the patients: scores, judgements, and risks from 0 to 1. No value is
 * imputed: a patient without the inputs of a comparator has no answer of it.
 *
 * @param cohort Patients with the columns that the protocol's comparators name.
 * @returns In the protocol's order.
 * @throws {InputError} Risks outside their scale, or more positive sentinel nodes than were removed, with the patients.
 */
export function comparatorScores(protocol: Protocol, cohort: Patients): readonly ComparatorScores[] {
  const problems: string[] = [];
  const scores = Object.entries(protocol.comparators).flatMap(([name, own]) => {
    const comparator = describeComparator(name, own);
    if (comparator.kind === "refitted") return [];
    const refuse = (refused: Refusal) => problems.push(refusalWords(name, refused, cohort));
    return [{ comparator, values: valuesOf(own, cohort, refuse) }];
  });
  if (problems.length > 0) throw new InputError(problems);
  return scores;
}

/** Patients whose values contradict what a comparator needs. */
interface Refusal {
  readonly needs: string;
  readonly got: string;
  readonly rows: readonly number[];
}

function refusalWords(name: string, { needs, got, rows }: Refusal, { patients }: Patients): string {
  const named = rows.slice(0, NAMED).map((row) => patients[row]);
  const more = rows.length > NAMED ? ` and ${String(rows.length - NAMED)} more` : "";
  return `comparator ${name} needs ${needs}; got ${got} in ${named.join(", ")}${more}; correct the table`;
}

function valuesOf(
  comparator: ProtocolComparator,
  cohort: Patients,
  refuse: (refused: Refusal) => void,
): Float64Array {
  if ("probability" in comparator) return importedRisks(comparator, cohort, refuse);
  if ("higher" in comparator) {
    const ranks = rankedValues(columnOf(cohort, comparator.score));
    return comparator.higher === "worse" ? ranks : ranks.map((value) => -value);
  }
  if ("size" in comparator) return tenonScores(comparator, cohort, refuse);
  throw new InputError("a refitted comparator has no scores of its own; fit it as a model");
}

type Imported = Extract<ProtocolComparator, { readonly probability: string }>;

function importedRisks(
  { probability, scale }: Imported,
  cohort: Patients,
  refuse: (refused: Refusal) => void,
): Float64Array {
  const whole = scale === "percent" ? 100 : 1;
  const values = rankedValues(columnOf(cohort, probability)).map((value) => value / whole);
  const rows = [...values.keys()].filter((row) => values[row] < 0 || values[row] > 1);
  if (rows.length > 0)
    refuse({ needs: `risks from 0 to ${String(whole)} (scale: ${scale})`, got: "a value outside", rows });
  return values;
}

type Tenon = Extract<ProtocolComparator, { readonly size: string }>;

function tenonScores(columns: Tenon, cohort: Patients, refuse: (refused: Refusal) => void): Float64Array {
  const size = countedValues(columnOf(cohort, columns.size));
  const macrometastasis = macrometastases(columnOf(cohort, columns.macrometastasis));
  const positive = countedValues(columnOf(cohort, columns.positive));
  const removed = countedValues(columnOf(cohort, columns.removed));
  const contradicted: number[] = [];
  const values = Float64Array.from(cohort.patients, (_, row) => {
    if ([size, macrometastasis, positive, removed].some((column) => Number.isNaN(column[row]))) return NaN;
    // Without a positive sentinel node, or a tumour that can be measured, the score is not defined.
    if (positive[row] < 1 || size[row] <= 0) return NaN;
    if (removed[row] < positive[row]) {
      contradicted.push(row);
      return NaN;
    }
    return tenonScore({
      tumourSizeMm: size[row],
      macrometastasis: macrometastasis[row] === 1,
      positiveNodes: positive[row],
      removedNodes: removed[row],
    });
  });
  if (contradicted.length > 0)
    refuse({
      needs: "no more positive sentinel nodes than were removed",
      got: "more",
      rows: contradicted,
    });
  return values;
}

function columnOf({ columns }: Patients, name: string): CohortColumn {
  const column = columns.find(({ variable }) => variable.name === name);
  if (column === undefined)
    throw new InputError(`a comparator needs column ${name}; the cohort has none of that name; describe it`);
  return column;
}

/** Numbers as they are, levels by rank; NaN where missing. */
function rankedValues(column: CohortColumn): Float64Array {
  return "codes" in column
    ? Float64Array.from(column.codes, (code) => (code < 0 ? NaN : code))
    : column.values;
}

/** Numbers as they are, levels by the number that is their code; NaN where missing. */
function countedValues(column: CohortColumn): Float64Array {
  if (!("codes" in column)) return column.values;
  const { levels } = column.variable;
  return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : Number(levels[code].code)));
}

/** 1 or 0 from a binary variable, whose reference is no, or from the size of the metastasis; NaN where missing. */
function macrometastases(column: CohortColumn): Float64Array {
  if ("codes" in column) {
    const { levels, reference } = column.variable;
    const no = levels.findIndex(({ code }) => code === reference);
    return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : Number(code !== no)));
  }
  return column.values.map((millimetres) =>
    Number.isNaN(millimetres) ? NaN : Number(millimetres > MACROMETASTASIS_MM),
  );
}
