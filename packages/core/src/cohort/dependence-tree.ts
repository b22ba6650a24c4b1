import { log } from "../math/elementary.ts";
import type { CohortColumn } from "./cohort.ts";

/** A column as codes without order or unit: what two patients may have in common. */
export interface CodedColumn {
  /** Which of its distinct values a patient has, -1 where missing; one per patient. */
  readonly codes: Int32Array;
  readonly levels: number;
  /** The same in few classes, -1 where missing: for the dependence between columns. */
  readonly classes: Int32Array;
  readonly classCount: number;
}

/** Classes of a column with more distinct values: fifths of the patients. */
const MOST_CLASSES = 6;
const FIFTHS = [0.2, 0.4, 0.6, 0.8] as const;

/** The values of a column as codes, and as classes of about equal size where there are many. */
export function codedColumn(column: CohortColumn): CodedColumn {
  const values =
    "codes" in column
      ? Float64Array.from(column.codes, (code) => (code < 0 ? NaN : code))
      : Float64Array.from(column.values);
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const codeOf = new Map(Array.from(distinct, (value, code) => [value, code]));
  const codes = Int32Array.from(values, (value) => codeOf.get(value) ?? -1);
  if (distinct.length <= MOST_CLASSES)
    return { codes, levels: distinct.length, classes: codes, classCount: distinct.length };
  const cuts = FIFTHS.map((share) => sorted[Math.floor(sorted.length * share)]);
  const classes = Int32Array.from(values, (value) =>
    Number.isNaN(value) ? -1 : cuts.filter((cut) => value >= cut).length,
  );
  return { codes, levels: distinct.length, classes, classCount: cuts.length + 1 };
}

/**
 * For each column the one that tells most of it, such that all together are a tree.
 *
 * @returns Positions of the columns; -1 for a column that depends on none before it, and for the first.
 * @source Chow & Liu 1968, IEEE Trans Inf Theory 14:462-467; grown as by Prim 1957, Bell Syst Tech J 36:1389-1401.
 */
export function dependenceTree(columns: readonly CodedColumn[]): Int32Array {
  const parents = new Int32Array(columns.length).fill(-1);
  const strongest = new Float64Array(columns.length).fill(-Infinity);
  const isIn = new Uint8Array(columns.length);
  for (let step = 0; step < columns.length; step++) {
    let next = -1;
    for (let j = 0; j < columns.length; j++)
      if (isIn[j] === 0 && (next < 0 || strongest[j] > strongest[next])) next = j;
    isIn[next] = 1;
    for (let j = 0; j < columns.length; j++) {
      if (isIn[j] === 1) continue;
      const dependence = penalisedInformation(columns[next], columns[j]);
      if (dependence <= strongest[j]) continue;
      strongest[j] = dependence;
      parents[j] = dependence > 0 ? next : -1;
    }
  }
  return parents;
}

/** Mutual information less what chance gives and as much again: above 0 where columns depend on each other. */
function penalisedInformation(a: CodedColumn, b: CodedColumn): number {
  const [rows, columns] = [a.classCount, b.classCount];
  const joint = new Float64Array(rows * columns);
  let n = 0;
  for (let i = 0; i < a.classes.length; i++) {
    if (a.classes[i] < 0 || b.classes[i] < 0) continue;
    joint[a.classes[i] * columns + b.classes[i]]++;
    n++;
  }
  if (n === 0) return 0;
  const [ofRow, ofColumn] = [new Float64Array(rows), new Float64Array(columns)];
  joint.forEach((count, cell) => {
    ofRow[Math.floor(cell / columns)] += count;
    ofColumn[cell % columns] += count;
  });
  let information = 0;
  joint.forEach((count, cell) => {
    if (count > 0)
      information +=
        (count / n) * log((count * n) / (ofRow[Math.floor(cell / columns)] * ofColumn[cell % columns]));
  });
  // 2 n I is chi-squared with (rows - 1)(columns - 1) degrees of freedom where they are independent.
  return information - ((rows - 1) * (columns - 1)) / n;
}
