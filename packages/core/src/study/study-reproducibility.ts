import type { PatientId } from "../cohort/patient.ts";
import type { Finding } from "../errors.ts";
import type { RadiomicSource } from "../features/feature-source.ts";
import { printedFilter, printedLength } from "../features/printed-filter.ts";
import { type NumericPredictor, type PredictorTable, takePatients } from "../features/predictor-table.ts";
import { type IccForm, iccValue, ratingVariance } from "../selection/intraclass-correlation.ts";
import { featureReproducibility, type ReproducibilityLimit } from "../selection/reproducibility.ts";
import { perturbationPlan, reproducibilityLimit } from "./perturbation-plan.ts";
import type { Protocol } from "./protocol.ts";
import type { OutputTable } from "./output-table.ts";

/** How reproducible a feature is under perturbations. */
export interface FeatureReproducibility {
  readonly name: string;
  readonly label: string;
  readonly family: string;
  /** What was measured: `original`, a filter as names print it, or a ring around the lesion. */
  readonly image: string;
  /** Patients with a value from the image and from every version. */
  readonly patients: number;
  /** Null where it does not exist. */
  readonly icc: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Whether it reaches the limit; a filter may leave it out all the same, e.g. as redundant. */
  readonly reproducible: boolean;
  /** Of the image and each version alone, in the order of the versions. */
  readonly byVersion: readonly (number | null)[];
}

/** How reproducible the features of a study are, in the patients of the development set. Plain JSON. */
export interface StudyReproducibility {
  readonly patients: number;
  readonly limit: ReproducibilityLimit;
  readonly versions: readonly string[];
  readonly features: readonly FeatureReproducibility[];
}

/**
 * The reproducibility of every radiomic feature under the protocol's perturbations, for the record: filters find it out
 * again from the patients of each fit.
 *
 * @param training Patients of the development set; no others are looked at, and no outcome.
 * @returns Null where the protocol does not ask for it.
 */
export function studyReproducibility(
  { radiomics, seed }: Pick<Protocol, "radiomics" | "seed">,
  predictors: PredictorTable,
  training: readonly PatientId[],
): StudyReproducibility | null {
  if (radiomics.reproducibility === undefined) return null;
  const limit = reproducibilityLimit(radiomics.reproducibility);
  const wanted = new Set(training);
  const rows = predictors.patients.flatMap((patient, row) => (wanted.has(patient) ? [row] : []));
  const features = takePatients(predictors, rows).columns.flatMap((column) =>
    column.kind === "numeric" && column.perturbed !== undefined && column.source.kind === "radiomic"
      ? [describe(column, column.source, limit)]
      : [],
  );
  const versions = perturbationPlan(radiomics.reproducibility, seed).versions.map(({ name }) => name);
  return features.length === 0 ? null : { patients: rows.length, limit, versions, features };
}

function describe(
  feature: NumericPredictor,
  source: RadiomicSource,
  { form, minimumIcc, lowerBound }: ReproducibilityLimit,
): FeatureReproducibility {
  const { name, label, values, perturbed = [] } = feature;
  const icc = featureReproducibility(feature, form);
  const decisive = lowerBound ? icc?.lower : icc?.value;
  return {
    name,
    label,
    family: source.family,
    image: measuredImage(source),
    patients: icc?.subjects ?? 0,
    icc: icc?.value ?? null,
    lower: finiteOrNull(icc?.lower),
    upper: finiteOrNull(icc?.upper),
    reproducible: decisive !== undefined && decisive >= minimumIcc,
    byVersion: perturbed.map((version) => pairIcc([values, version], form)),
  };
}

function measuredImage({ filter, ring }: RadiomicSource): string {
  const image = filter === undefined ? "original" : printedFilter(filter);
  return ring === undefined ? image : `ring-${printedLength(ring)}.${image}`;
}

function pairIcc(ratings: readonly Float64Array[], form: IccForm): number | null {
  const variance = ratingVariance(ratings);
  return variance === null ? null : iccValue(variance, form);
}

function finiteOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

/** How many features reach the limit. */
export function reproducibilityFindings(reproducibility: StudyReproducibility | null): readonly Finding[] {
  if (reproducibility === null) return [];
  const { features, limit, versions, patients } = reproducibility;
  const kept = features.filter(({ reproducible }) => reproducible).length;
  const bound = limit.lowerBound ? "lower limit of the " : "";
  const message = `${String(kept)} of ${String(features.length)} radiomic features reach a ${bound}${iccName(limit.form)} of ${String(limit.minimumIcc)} over ${String(versions.length)} perturbed versions of the images of ${String(patients)} patients of the development set; each fit asks its own training patients`;
  const severity = kept === 0 ? "warning" : "info";
  return [{ code: "features-reproducible", severity, message }];
}

/** What Shrout and Fleiss call a form of the intraclass correlation. */
export function iccName(form: IccForm): string {
  return { "one-way": "ICC(1,1)", agreement: "ICC(2,1)", consistency: "ICC(3,1)" }[form];
}

/** One row a feature: its intraclass correlation over all versions and with each alone. */
export function reproducibilityTable({ features, limit, versions }: StudyReproducibility): OutputTable {
  return {
    headers: [
      "feature",
      "family",
      "image",
      "patients",
      iccName(limit.form),
      "lower",
      "upper",
      "reproducible",
      ...versions,
    ],
    rows: features.map((feature) => [
      feature.name,
      feature.family,
      feature.image,
      feature.patients,
      feature.icc,
      feature.lower,
      feature.upper,
      feature.reproducible ? 1 : 0,
      ...feature.byVersion,
    ]),
  };
}
