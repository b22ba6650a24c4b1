import { InputError } from "../errors.ts";
import type { CategoricalPredictor, NumericPredictor, PredictorTable } from "../features/predictor-table.ts";
import { type Matrix, matrixOfColumns } from "../math/matrix.ts";
import { splineTerm } from "../math/restricted-cubic-spline.ts";
import type { DesignColumn } from "./model.ts";

/** Linear predictors of the scores of a model, one value a patient. */
export type ScoreValues = Readonly<Record<string, Float64Array>>;

/**
 * A column of the design for the patients of a table: imputed, coded, centred and scaled as it was learned.
 *
 * @param scores Linear predictors of the scores that the model uses, shape [n] each.
 * @returns Shape [n], finite. A value depends on the patient's own row only.
 * @throws {InputError} The table lacks the column, has it of another kind, or holds a level that the model does not know.
 */
export function designValues(column: DesignColumn, table: PredictorTable, scores: ScoreValues): Float64Array {
  const { center, scale } = column;
  const raw = rawValues(column, table, scores);
  const scaled = new Float64Array(raw.length);
  for (let row = 0; row < raw.length; row++) scaled[row] = (raw[row] - center) / scale;
  return scaled;
}

/** The values of a column of the design before they are centred and scaled. */
export function rawValues(column: DesignColumn, table: PredictorTable, scores: ScoreValues): Float64Array {
  switch (column.kind) {
    case "linear":
      return imputed(numeric(table, column.column).values, column.impute);
    case "spline": {
      const values = imputed(numeric(table, column.column).values, column.impute);
      for (let row = 0; row < values.length; row++)
        values[row] = splineTerm(values[row], column.knots, column.basis);
      return values;
    }
    case "indicator": {
      const { levels, codes } = categorical(table, column.column);
      const marked = levels.map((level) => Number(level === column.level));
      return byCode(codes, marked, Number(column.imputeLevel === column.level));
    }
    case "rank": {
      const { levels, codes } = categorical(table, column.column);
      const rank = levels.map((level) => column.levels.indexOf(level));
      return byCode(codes, rank, column.impute);
    }
    case "score":
      return scores[column.name];
  }
}

/** A copy in which one value stands for every missing one. */
function imputed(values: Float64Array, value: number): Float64Array {
  const complete = Float64Array.from(values);
  for (let row = 0; row < complete.length; row++) if (Number.isNaN(complete[row])) complete[row] = value;
  return complete;
}

/** A number for every code, and one for the missing code -1. */
function byCode(codes: Int16Array, numbers: readonly number[], missing: number): Float64Array {
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = codes[row] < 0 ? missing : numbers[codes[row]];
  return values;
}

/** The columns of a design side by side, shape [n, p]. */
export function designMatrix(
  columns: readonly DesignColumn[],
  table: PredictorTable,
  scores: ScoreValues,
): Matrix {
  return matrixOfColumns(
    table.patients.length,
    columns.map((column) => designValues(column, table, scores)),
  );
}

/** The predictor or score that a column comes from. */
export function columnName(column: DesignColumn): string {
  return column.kind === "score" ? column.name : column.column;
}

/**
 * A column of a table by its name.
 *
 * @throws {InputError} There is no such column.
 */
export function findPredictor(table: PredictorTable, name: string): NumericPredictor | CategoricalPredictor {
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined)
    throw new InputError(`the model needs the predictor ${name}; the table has no such column; add it`);
  return column;
}

function numeric(table: PredictorTable, name: string): NumericPredictor {
  const column = findPredictor(table, name);
  if (column.kind !== "numeric")
    throw new InputError(`the model needs numbers of ${name}; got levels; correct its type`);
  return column;
}

function categorical(table: PredictorTable, name: string): CategoricalPredictor {
  const column = findPredictor(table, name);
  if (column.kind !== "categorical")
    throw new InputError(`the model needs levels of ${name}; got numbers; correct its type`);
  return column;
}
