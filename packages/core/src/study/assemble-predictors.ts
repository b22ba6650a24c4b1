import type { CohortColumn, LesionImage, Patients } from "../cohort/cohort.ts";
import type { PatientId } from "../cohort/patient.ts";
import { type RadiomicSource, printedName } from "../features/feature-source.ts";
import type { NumericPredictor, Predictor, PredictorTable } from "../features/predictor-table.ts";
import { mean, median } from "../math/statistics.ts";
import type { ImageFeatures } from "./machine.ts";

/** How several images of a patient become one value a feature. */
export type ImageSummary = "mean" | "median" | "first";

/** The measured images of a cohort: `features[i]` belongs to `images[i]`, their values to `sources`. */
export interface MeasuredImages {
  readonly images: readonly LesionImage[];
  readonly features: readonly ImageFeatures[];
  readonly sources: readonly RadiomicSource[];
  readonly labels: readonly string[];
  /** What was done to the images whose values stand in `perturbed`; empty where nothing was. */
  readonly versions: readonly string[];
}

/**
 * The predictors of all patients: the clinical columns that blocks name and the radiomic features, one row a patient.
 * Nothing is learned here: no value of one patient changes that of another.
 *
 * @param clinical Names of the cohort columns that may predict.
 * @param several How the images of one patient are summarised; undefined features are left out of the summary.
 */
export function assemblePredictors(
  cohort: Patients,
  clinical: readonly string[],
  measured: MeasuredImages | null,
  several: ImageSummary,
): PredictorTable {
  const columns = cohort.columns
    .filter((column) => clinical.includes(column.variable.name))
    .flatMap((column) => toPredictor(column) ?? []);
  const radiomic = measured === null ? [] : radiomicPredictors(cohort.patients, measured, several);
  return { patients: cohort.patients, columns: [...columns, ...radiomic] };
}

function toPredictor(column: CohortColumn): Predictor | null {
  const { variable } = column;
  const base = {
    name: variable.name,
    label: variable.label,
    source: { kind: "clinical", variable: variable.name },
  } as const;
  if (variable.kind === "date") return null;
  if (variable.kind === "numeric")
    return {
      ...base,
      kind: "numeric",
      unit: variable.unit,
      values: (column as { values: Float64Array }).values,
    };
  return {
    ...base,
    kind: "categorical",
    levels: variable.levels.map((level) => level.label),
    ordered: variable.kind === "ordinal",
    reference: variable.levels.findIndex((level) => level.code === variable.reference),
    codes: (column as { codes: Int16Array }).codes,
  };
}

function radiomicPredictors(
  patients: readonly PatientId[],
  measured: MeasuredImages,
  several: ImageSummary,
): NumericPredictor[] {
  const imagesOf = new Map<PatientId, number[]>(patients.map((patient) => [patient, []]));
  measured.images.forEach((image, index) => imagesOf.get(image.patient)?.push(index));
  const columnOf = (valueOf: (image: number) => number | null) =>
    Float64Array.from(patients, (patient) => {
      const values = imagesOf.get(patient)!.map(valueOf);
      return summarise(
        values.filter((value) => value !== null),
        several,
      );
    });
  return measured.sources.map((source, position) => ({
    kind: "numeric",
    name: printedName(source),
    label: measured.labels[position],
    source,
    unit: source.unit,
    values: columnOf((index) => measured.features[index].values[position]),
    ...(measured.versions.length === 0
      ? {}
      : {
          perturbed: measured.versions.map((_, version) =>
            columnOf((index) => measured.features[index].perturbed?.[version]?.[position] ?? null),
          ),
        }),
  }));
}

function summarise(values: readonly number[], several: ImageSummary): number {
  if (values.length === 0) return NaN;
  switch (several) {
    case "mean":
      return mean(values);
    case "median":
      return median(values);
    case "first":
      return values[0];
  }
}
