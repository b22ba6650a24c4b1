import { InputError } from "../errors.ts";
import { type CategoricalPredictor, type NumericPredictor, type Predictor, type PredictorTable } from "../features/predictor-table.ts";
import { columnOf, type Matrix, zeroMatrix } from "../math/matrix.ts";
import { splineTerm } from "../math/restricted-cubic-spline.ts";
import { type DesignColumn } from "./model.ts";

/** Values of each score, one per patient of a table. */
export type ScoreValues = ReadonlyMap<string, Float64Array>;

/**
 * The centred and scaled design of patients, one row a patient, one column a design column.
 *
 * Every entry depends on its own patient only, so one patient alone and the same patient in a table agree to the last bit.
 *
 * @param scores Holds every score that a column names.
 * @throws {InputError} A column that the table lacks or holds in another kind, or a level that the model does not know.
 */
export function designMatrix(columns: readonly DesignColumn[], table: PredictorTable, scores: ScoreValues): Matrix {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const design = zeroMatrix(table.patients.length, columns.length);
  columns.forEach((column, j) => {
    const target = columnOf(design, j);
    fillRaw(target, column, byName, scores);
    for (let i = 0; i < target.length; i++) target[i] = (target[i] - column.center) / column.scale;
  });
  return design;
}

function fillRaw(
  target: Float64Array,
  column: DesignColumn,
  byName: ReadonlyMap<string, Predictor>,
  scores: ScoreValues,
): void {
  switch (column.kind) {
    case "score":
      target.set(scores.get(column.name)!);
      return;
    case "linear":
      target.set(imputed(numericColumn(byName, column.column), column.impute));
      return;
    case "spline": {
      const values = imputed(numericColumn(byName, column.column), column.impute);
      for (let i = 0; i < target.length; i++) target[i] = splineTerm(values[i], column.knots, column.basis);
      return;
    }
    case "indicator": {
      const predictor = categoricalColumn(byName, column.column);
      const numbers = predictor.levels.map((level) => (level === column.level ? 1 : 0));
      fillLevels(target, predictor, numbers, column.imputeLevel === column.level ? 1 : 0);
      return;
    }
    case "rank": {
      const predictor = categoricalColumn(byName, column.column);
      fillLevels(target, predictor, ranksOf(predictor, column.levels), column.impute);
    }
  }
}

function imputed(predictor: NumericPredictor, impute: number): Float64Array {
  return predictor.values.map((value) => (Number.isNaN(value) ? impute : value));
}

function fillLevels(target: Float64Array, { codes }: CategoricalPredictor, numbers: readonly number[], missing: number) {
  for (let i = 0; i < target.length; i++) target[i] = codes[i] < 0 ? missing : numbers[codes[i]];
}

function ranksOf(predictor: CategoricalPredictor, levels: readonly string[]): readonly number[] {
  return predictor.levels.map((level) => levels.indexOf(level));
}

function numericColumn(byName: ReadonlyMap<string, Predictor>, name: string): NumericPredictor {
  const column = columnNamed(byName, name);
  if (column.kind !== "numeric") throw new InputError(`the model needs ${name} as numbers; got levels`);
  return column;
}

function categoricalColumn(byName: ReadonlyMap<string, Predictor>, name: string): CategoricalPredictor {
  const column = columnNamed(byName, name);
  if (column.kind !== "categorical") throw new InputError(`the model needs ${name} as levels; got numbers`);
  return column;
}

/**
 * The predictor of a name.
 *
 * @throws {InputError} There is none.
 */
export function columnNamed(byName: ReadonlyMap<string, Predictor>, name: string): Predictor {
  const column = byName.get(name);
  if (column === undefined)
    throw new InputError(`the model needs the predictor ${name}; the table has no such column; add it`);
  return column;
}
