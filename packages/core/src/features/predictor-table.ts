import type { PatientId } from "../cohort/patient.ts";
import type { FeatureSource } from "./feature-source.ts";

interface PredictorBase {
  /** Unique within a table; `printedName(source)`. */
  readonly name: string;
  readonly label: string;
  readonly source: FeatureSource;
}

/** A numeric predictor, NaN where missing. */
export interface NumericPredictor extends PredictorBase {
  readonly kind: "numeric";
  readonly unit: string | null;
  readonly values: Float64Array;
  /** Values of the same patients from perturbed images, one array a version; NaN where they were not measured. */
  readonly perturbed?: readonly Float64Array[];
}

/** A categorical predictor: indices into `levels`, -1 where missing. */
export interface CategoricalPredictor extends PredictorBase {
  readonly kind: "categorical";
  /** Labels as printed; ascending where `ordered`. */
  readonly levels: readonly string[];
  readonly ordered: boolean;
  /** Index of the level that others are compared with. */
  readonly reference: number;
  readonly codes: Int16Array;
}

/** One predictor of all patients of a table. */
export type Predictor = NumericPredictor | CategoricalPredictor;

/** Predictors, one row a patient. Images of one patient are summarised before they get here. */
export interface PredictorTable {
  readonly patients: readonly PatientId[];
  readonly columns: readonly Predictor[];
}

/**
 * The rows of a table at given positions, in that order; positions may repeat (resampling).
 *
 * @param rows Indices into `table.patients`.
 */
export function takePatients(table: PredictorTable, rows: readonly number[]): PredictorTable {
  return {
    patients: rows.map((row) => table.patients[row]),
    columns: table.columns.map((column) => {
      if (column.kind === "categorical")
        return { ...column, codes: Int16Array.from(rows, (row) => column.codes[row]) };
      const taken = (values: Float64Array) => takeValues(values, rows);
      const { perturbed } = column;
      return {
        ...column,
        values: taken(column.values),
        ...(perturbed === undefined ? {} : { perturbed: perturbed.map(taken) }),
      };
    }),
  };
}

/** A plain loop: `from` with a function would cost more than all else that a small fit does with a table. */
function takeValues(values: Float64Array, rows: readonly number[]): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) taken[k] = values[rows[k]];
  return taken;
}

/**
 * Whether a predictor has no value for a patient.
 *
 * @param row Index into the patients of the table.
 */
export function isMissing(column: Predictor, row: number): boolean {
  return column.kind === "numeric" ? Number.isNaN(column.values[row]) : column.codes[row] < 0;
}
