import type { PredictorTable } from "../features/predictor-table.ts";
import { findPredictor } from "./design-value.ts";
import type { DesignColumn, InputColumn } from "./model.ts";

/**
 * The columns of a table that a model reads, each once, with the range of the training patients.
 *
 * @param columns Columns of the design and of the scores.
 * @param table Training patients.
 */
export function inputColumns(
  columns: readonly DesignColumn[],
  table: PredictorTable,
): readonly InputColumn[] {
  const names = new Set(columns.flatMap((column) => (column.kind === "score" ? [] : [column.column])));
  return [...names].map((name) => inputColumn(name, table));
}

/** A column of a table as a model describes it, with the range of the training patients. */
export function inputColumn(name: string, table: PredictorTable): InputColumn {
  const predictor = findPredictor(table, name);
  if (predictor.kind === "categorical") {
    const { label, levels, ordered, reference } = predictor;
    return { kind: "categorical", name, label, levels, ordered, reference };
  }
  const { label, unit, values } = predictor;
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { kind: "numeric", name, label, unit, trainingRange: [least, most] };
}
