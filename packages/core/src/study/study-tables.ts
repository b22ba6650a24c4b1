import { printedName } from "../features/feature-source.ts";
import type { MeasuredImages } from "./assemble-predictors.ts";
import type { JudgedPredictions } from "./judged-predictions.ts";
import type { OutputTable } from "./output-table.ts";
import type { StudyRun } from "./run-study.ts";

/** One row a patient and image, one column a feature; a feature that does not exist is empty. */
export function featuresTable({ cohort, measured }: Pick<StudyRun, "cohort" | "measured">): OutputTable {
  if (measured === null)
    return { headers: ["patient_id"], rows: cohort.patients.map((patient) => [patient]) };
  return {
    headers: ["patient_id", "image", "mask", "spacing_mm", ...measured.sources.map(printedName)],
    rows: measured.images.map((image, index) => [
      image.patient,
      image.image,
      image.mask,
      image.spacingMm,
      ...measured.features[index].values,
    ]),
  };
}

/** A column of features.csv in words and codes. */
export interface FeatureDescription {
  readonly name: string;
  readonly label: string;
  readonly family: string;
  readonly feature: string;
  readonly ibsi: string | null;
  readonly unit: string;
  readonly discretisation: unknown;
  /** Images for which the feature does not exist, by reason. */
  readonly undefinedFor: readonly { readonly reason: string; readonly images: number }[];
}

/** What each feature column of features.csv is. */
export function featureDescriptions(measured: MeasuredImages | null): readonly FeatureDescription[] {
  if (measured === null) return [];
  return measured.sources.map((source, position) => ({
    name: printedName(source),
    label: measured.labels[position],
    family: source.family,
    feature: source.feature,
    ibsi: source.ibsi,
    unit: source.unit,
    discretisation: source.discretisation,
    undefinedFor: reasonsAt(measured, position),
  }));
}

function reasonsAt(measured: MeasuredImages, position: number): { reason: string; images: number }[] {
  const counts = new Map<string, number>();
  for (const { undefinedBecause } of measured.features)
    for (const [at, reason] of undefinedBecause)
      if (at === position) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, images]) => ({ reason, images }));
}

/**
 * One row a patient and prediction, one column a model and comparator; repeat and fold are empty where nothing was
 * repeated. A comparator's column is the risk whose calibration is judged. Beside it stands the score that ranks the
 * patients, or for an imported risk the recalibrated one, from which its decision curve and thresholds come.
 */
export function predictionsTable({ predictions }: Pick<StudyRun, "predictions">): OutputTable {
  const models = predictions[0]?.models.map(({ model }) => model) ?? [];
  const comparators = new Map(
    predictions.flatMap(({ comparators: own = [] }) =>
      own.map(({ comparator }) => [comparator.name, comparator] as const),
    ),
  );
  const columns = [...comparators.values()].flatMap(({ name, kind }) => [
    name,
    kind === "imported" ? `${name} recalibrated` : `${name} score`,
  ]);
  return {
    headers: ["patient_id", "dataset", "method", "repeat", "fold", "outcome", ...models, ...columns],
    rows: predictions.flatMap((judged) => predictionRows(judged, [...comparators.keys()])),
  };
}

function predictionRows(
  judged: JudgedPredictions,
  comparators: readonly string[],
): (string | number | null)[][] {
  const { dataset, method, patients, outcome, folds, models } = judged;
  const repeats = folds === null ? [null] : [...folds.keys()];
  const ofComparators = comparators.map((name) => comparatorCells(judged, name));
  return repeats.flatMap((repeat) =>
    patients.map((patient, row) => [
      patient,
      dataset,
      method,
      repeat === null ? null : repeat + 1,
      repeat === null ? null : folds![repeat][row] + 1,
      outcome[row],
      ...models.map((model) => model.repeats[repeat ?? 0].probability[row]),
      ...ofComparators.flatMap((cells) => cells(repeat ?? 0, row)),
    ]),
  );
}

/** The two cells of a comparator in a row of a repeat; empty where it says nothing of the patient. */
function comparatorCells(
  { comparators = [] }: JudgedPredictions,
  name: string,
): (repeat: number, row: number) => readonly [number | null, number | null] {
  const own = comparators.find(({ comparator }) => comparator.name === name);
  const place = new Map(own?.rows.map((row, index) => [row, index]));
  return (repeat, row) => {
    const index = place.get(row);
    if (own === undefined || index === undefined) return [null, null];
    const { probability, score, stated } = own.repeats[repeat];
    return stated === undefined
      ? [probability[index], score?.[index] ?? null]
      : [stated[index], probability[index]];
  };
}
