import { InputError } from "../../errors.ts";
import type { FeatureSource } from "../../features/feature-source.ts";
import type {
  CategoricalPredictor,
  NumericPredictor,
  Predictor,
  PredictorTable,
} from "../../features/predictor-table.ts";

/** A numeric column that a clinician filled in. */
export function numericColumn(name: string, values: Float64Array): NumericPredictor {
  return {
    kind: "numeric",
    name,
    label: name,
    source: { kind: "clinical", variable: name },
    unit: null,
    values,
  };
}

/** A numeric column that was measured on the image, or stands in for one. */
export function radiomicColumn(name: string, values: Float64Array): NumericPredictor {
  const source: FeatureSource = {
    kind: "radiomic",
    family: "standIn",
    feature: name,
    ibsi: null,
    unit: "1",
    discretisation: null,
  };
  return { kind: "numeric", name, label: name, source, unit: null, values };
}

/** A column that names the centre of each patient. */
export function centreColumn(levels: readonly string[], codes: Int16Array): CategoricalPredictor {
  const name = "centre";
  return {
    kind: "categorical",
    name,
    label: "Centre",
    source: { kind: "clinical", variable: name },
    levels,
    ordered: false,
    reference: 0,
    codes,
  };
}

/** A table with columns put in the place of those of the same name, or added where there is none. */
export function withColumns(table: PredictorTable, columns: readonly Predictor[]): PredictorTable {
  const replaced = new Map(columns.map((column) => [column.name, column]));
  const known = new Set(table.columns.map(({ name }) => name));
  return {
    patients: table.patients,
    columns: [
      ...table.columns.map((column) => replaced.get(column.name) ?? column),
      ...columns.filter(({ name }) => !known.has(name)),
    ],
  };
}

/** The table with the values of numeric columns changed; `change` is called once a column. */
export function mapColumns(
  table: PredictorTable,
  names: readonly string[],
  change: (column: NumericPredictor) => Float64Array,
): PredictorTable {
  return withColumns(
    table,
    names.map((name) => {
      const column = findNumeric(table, name);
      return { ...column, values: change(column) };
    }),
  );
}

/** Values of a numeric column. */
export function valuesOf(table: PredictorTable, name: string): Float64Array {
  return findNumeric(table, name).values;
}

/** The level of a categorical column for every row. */
export function levelsOf(table: PredictorTable, name: string): readonly string[] {
  const column = table.columns.find((one) => one.name === name);
  if (column?.kind !== "categorical")
    throw new InputError(`the laboratory needs column ${name} with levels; got none; add it`);
  return Array.from(column.codes, (code) => column.levels[code]);
}

function findNumeric(table: PredictorTable, name: string): NumericPredictor {
  const column = table.columns.find((one) => one.name === name);
  if (column?.kind !== "numeric")
    throw new InputError(`the laboratory needs numeric column ${name}; got none; add it`);
  return column;
}
