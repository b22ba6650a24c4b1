import { parseDecimal } from "../../cohort/number-cell.ts";
import { type PatientId, patientId } from "../../cohort/patient.ts";
import type { RawTable } from "../../cohort/raw-table.ts";
import { InputError } from "../../errors.ts";
import type { JudgedPredictions } from "../judged-predictions.ts";

/** Predictions of a finished run as its file holds them. */
export interface RecordedPredictions extends Pick<
  JudgedPredictions,
  "dataset" | "method" | "patients" | "outcome"
> {
  /** Fold that tested each patient, from 0, one list a repeat; null where nothing was repeated. */
  readonly folds: readonly Int32Array[] | null;
  /** For each model one list of probabilities a repeat, in the order of `patients`. */
  readonly models: readonly (readonly Float64Array[])[];
}

/** What a row belongs to. */
const PLACE = ["patient_id", "dataset", "method", "repeat", "fold", "outcome"] as const;

/**
 * The predictions of predictions.csv.
 *
 * @param models Names of the models whose columns are read.
 * @returns In the order of the file; repeats of a cross-validation together.
 * @throws {InputError} A column is missing, or a cell holds no number.
 */
export function recordedPredictions(
  table: RawTable,
  models: readonly string[],
): readonly RecordedPredictions[] {
  const columns = columnsOf(table, [...PLACE, ...models]);
  const groups = new Map<string, Map<string, number[]>>();
  table.rows.forEach((cells, row) => {
    const [dataset, method, repeat] = [1, 2, 3].map((place) => cells[columns[place]]);
    const key = JSON.stringify([dataset, method]);
    const repeats = groups.get(key) ?? new Map<string, number[]>();
    groups.set(key, repeats);
    repeats.set(repeat, [...(repeats.get(repeat) ?? []), row]);
  });
  return [...groups].map(([key, repeats]) => {
    const [dataset, method] = JSON.parse(key) as [JudgedPredictions["dataset"], JudgedPredictions["method"]];
    const rows = [...repeats.values()];
    const numbers = (place: number, of: readonly number[]) =>
      of.map((row) => numberAt(table, row, columns[place]));
    return {
      dataset,
      method,
      patients: rows[0].map((row): PatientId => patientId(table.rows[row][columns[0]])),
      outcome: Uint8Array.from(numbers(5, rows[0])),
      folds: repeats.has("") ? null : rows.map((of) => Int32Array.from(numbers(4, of), (fold) => fold - 1)),
      models: models.map((_, model) =>
        rows.map((of) => Float64Array.from(numbers(PLACE.length + model, of))),
      ),
    };
  });
}

function columnsOf({ headers, file }: RawTable, names: readonly string[]): readonly number[] {
  const columns = names.map((name) => headers.indexOf(name));
  const missing = names.filter((_, index) => columns[index] < 0);
  if (missing.length > 0)
    throw new InputError(
      `${file} needs the columns of a run; got none named ${missing.join(", ")}; run the study again`,
    );
  return columns;
}

function numberAt({ rows, rowNumbers, file }: RawTable, row: number, column: number): number {
  const value = parseDecimal(rows[row][column], ".");
  if (value === null)
    throw new InputError(
      `${file}, row ${rowNumbers[row]}: a prediction needs a number; got another cell; run the study again`,
    );
  return value;
}
