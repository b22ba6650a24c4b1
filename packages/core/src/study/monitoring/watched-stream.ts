import type { PatientId } from "../../cohort/patient.ts";
import { frameStatisticList } from "../../image/frame-statistics.ts";
import { mean } from "../../math/statistics.ts";
import type { ReferenceCells } from "../../validation/monitoring/reference-cells.ts";
import type { MeasuredImages } from "../assemble-predictors.ts";

/** A column as monitoring sees it: a predictor, or a measure of how frames were taken. */
export type WatchedColumn =
  | {
      readonly kind: "numeric";
      readonly name: string;
      readonly label: string;
      readonly values: Float64Array;
    }
  | {
      readonly kind: "categorical";
      readonly name: string;
      readonly label: string;
      readonly levels: readonly string[];
      readonly ordered: boolean;
      readonly reference: number;
      readonly codes: Int16Array;
    };

/** How a patient becomes a number: a value, the rank of a level, whether a level is there, or how many values are missing. */
export type StreamScale =
  | { readonly kind: "value" }
  | { readonly kind: "rank"; readonly levels: readonly string[] }
  | { readonly kind: "level"; readonly level: string }
  | { readonly kind: "missing" };

/** One quantity that is watched, as the development set had it. */
export interface WatchedStream extends ReferenceCells {
  /** Column; empty for the number of missing values. */
  readonly column: string;
  readonly label: string;
  readonly scale: StreamScale;
}

/** A quantity before its distribution is known. */
export type StreamPlan = Pick<WatchedStream, "column" | "label" | "scale">;

/** The quantities of a column: one, or for unordered levels one a level beside the reference. */
export function streamPlans(column: WatchedColumn): readonly StreamPlan[] {
  const base = { column: column.name, label: column.label };
  if (column.kind === "numeric") return [{ ...base, scale: { kind: "value" } }];
  if (column.ordered || column.levels.length < 3)
    return [{ ...base, scale: { kind: "rank", levels: column.levels } }];
  return column.levels
    .filter((_, code) => code !== column.reference)
    .map((level) => ({ ...base, label: `${column.label}: ${level}`, scale: { kind: "level", level } }));
}

/**
 * The numbers of a quantity.
 *
 * @param columns All columns of its group, of the same patients.
 * @returns NaN where missing; all of them where the columns lack the quantity's.
 */
export function streamValues(
  { column: name, scale }: StreamPlan,
  columns: readonly WatchedColumn[],
  patients: number,
): Float64Array {
  if (scale.kind === "missing")
    return Float64Array.from({ length: patients }, (_, row) =>
      columns.reduce((count, column) => count + (isMissing(column, row) ? 1 : 0), 0),
    );
  const column = columns.find((own) => own.name === name);
  if (column === undefined) return new Float64Array(patients).fill(NaN);
  if (column.kind === "numeric") return column.values;
  const numbers = column.levels.map((label) => {
    if (scale.kind === "level") return label === scale.level ? 1 : 0;
    const rank = scale.kind === "rank" ? scale.levels.indexOf(label) : -1;
    return rank < 0 ? NaN : rank;
  });
  return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : numbers[code]));
}

function isMissing(column: WatchedColumn, row: number): boolean {
  return column.kind === "numeric" ? Number.isNaN(column.values[row]) : column.codes[row] < 0;
}

/**
 * How the frames of each patient were taken, one column a measure; of several frames the mean.
 *
 * @param measured Null for a study without images.
 * @returns Empty where frames were not measured.
 */
export function frameColumns(
  patients: readonly PatientId[],
  measured: MeasuredImages | null,
): readonly WatchedColumn[] {
  if (measured === null || measured.features.every(({ frame }) => frame === undefined)) return [];
  const imagesOf = new Map<PatientId, number[]>(patients.map((patient) => [patient, []]));
  measured.images.forEach(({ patient }, index) => imagesOf.get(patient)?.push(index));
  return frameStatisticList.map(({ name, label }, position) => ({
    kind: "numeric",
    name,
    label,
    values: Float64Array.from(patients, (patient) => {
      const values = imagesOf
        .get(patient)!
        .map((index) => measured.features[index].frame?.[position] ?? null)
        .filter((value) => value !== null);
      return values.length === 0 ? NaN : mean(values);
    }),
  }));
}
