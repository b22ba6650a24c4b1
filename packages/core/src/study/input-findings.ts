import type { Finding } from "../errors.ts";
import { isMissing, type PredictorTable } from "../features/predictor-table.ts";
import type { StudyModel } from "./study-model.ts";

/**
 * What a reader of predictions must know of the inputs: values that were missing and so imputed, and values outside
 * the range of the patients that the model learned from.
 */
export function inputFindings({ model }: StudyModel, table: PredictorTable): readonly Finding[] {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  return model.inputs.flatMap((input): Finding[] => {
    const column = columns.get(input.name);
    if (column === undefined) return [];
    const missing = table.patients.filter((_, row) => isMissing(column, row));
    const outside =
      input.kind === "numeric" && column.kind === "numeric"
        ? table.patients.filter(
            (_, row) =>
              column.values[row] < input.trainingRange[0] || column.values[row] > input.trainingRange[1],
          )
        : [];
    return [
      ...finding(
        "input-missing",
        missing,
        model.imputer?.columns.some(({ name }) => name === input.name) === true
          ? `have no ${input.label}; the risk is the mean over ${String(model.imputer.imputations.length)} values imputed from the patient's other ones`
          : `have no ${input.label}; the value of the training patients was imputed`,
      ),
      ...finding(
        "input-outside-training-range",
        outside,
        `have a ${input.label} outside the range of the training patients; the prediction extrapolates`,
      ),
    ];
  });
}

function finding(code: string, patients: readonly string[], what: string): Finding[] {
  if (patients.length === 0) return [];
  const more = patients.length > 5 ? ` and ${String(patients.length - 5)} more` : "";
  return [
    {
      code,
      severity: "warning",
      message: `${String(patients.length)} patients (${patients.slice(0, 5).join(", ")}${more}) ${what}`,
    },
  ];
}
