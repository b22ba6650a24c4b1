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
  const raw = rawValues(column, table, scores);
  return raw.map((value) => (value - column.center) / column.scale);
}

/** The values of a column of the design before they are centred and scaled. */
export function rawValues(column: DesignColumn, table: PredictorTable, scores: ScoreValues): Float64Array {
  switch (column.kind) {
    case "linear":
      return numeric(table, column.column).values.map((value) =>
        Number.isNaN(value) ? column.impute : value,
      );
    case "spline":
      return numeric(table, column.column).values.map((value) =>
        splineTerm(Number.isNaN(value) ? column.impute : value, column.knots, column.basis),
      );
    case "indicator": {
      const { levels, codes } = categorical(table, column.column);
      return Float64Array.from(codes, (code) =>
        (code < 0 ? column.imputeLevel : levels[code]) === column.level ? 1 : 0,
      );
    }
    case "rank": {
      const { levels, codes } = categorical(table, column.column);
      const rank = levels.map((level) => column.levels.indexOf(level));
      return Float64Array.from(codes, (code) => (code < 0 ? column.impute : rank[code]));
    }
    case "score":
      return scores[column.name];
  }
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
