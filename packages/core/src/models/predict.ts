import { InputError } from "../errors.ts";
import { type CategoricalPredictor, type PredictorTable } from "../features/predictor-table.ts";
import { logistic } from "../math/elementary.ts";
import { columnNamed } from "./design-matrix.ts";
import { linearPredictorOf, scoreValues } from "./linear-predictor.ts";
import { type FittedModel } from "./model.ts";

/**
 * The probability of the event for every patient of a table.
 *
 * Missing values are imputed with those of the training patients. A patient alone, in a table, and after the model was
 * stored and read gets the same probability to the last bit.
 *
 * @param table May hold more columns than the model needs, its levels in any order.
 * @returns In (0, 1), or 0 or 1 where the linear predictor is beyond what a double can tell, shape [n].
 * @throws {InputError} Every column that is absent or of the wrong kind, and every level that the model does not know.
 */
export function predictProbability(model: FittedModel, table: PredictorTable): Float64Array {
  checkInputs(model, table);
  return linearPredictorOf(model.predictor, table, scoreValues(model.scores, table)).map(logistic);
}

function checkInputs(model: FittedModel, table: PredictorTable): void {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const problems: string[] = [];
  for (const input of model.inputs) {
    if (!byName.has(input.name)) {
      problems.push(`model ${model.name} needs the predictor ${input.name}; the table has no such column; add it`);
      continue;
    }
    const column = columnNamed(byName, input.name);
    if (column.kind !== input.kind)
      problems.push(`model ${model.name} needs ${input.name} as ${input.kind}; got ${column.kind}`);
    else if (column.kind === "categorical" && input.kind === "categorical")
      for (const level of usedLevels(column).filter((used) => !input.levels.includes(used)))
        problems.push(
          `model ${model.name} knows the levels ${input.levels.join(", ")} of ${input.name}; got the level ${level}; recode it or mark it missing`,
        );
  }
  if (problems.length > 0) throw new InputError(problems);
}

function usedLevels({ levels, codes }: CategoricalPredictor): readonly string[] {
  const used = new Set(codes);
  return levels.filter((_, code) => used.has(code));
}
