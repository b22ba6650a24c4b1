import { levelsTest } from "../cohort/association-tests.ts";
import type { Cohort } from "../cohort/cohort.ts";
import type { PatientId } from "../cohort/patient.ts";
import { type Finding, InputError } from "../errors.ts";
import { isMissing, type PredictorTable } from "../features/predictor-table.ts";
import { delongAuc } from "../validation/delong.ts";
import type { Estimate } from "../validation/estimate.ts";
import type { MeasuredImages } from "./assemble-predictors.ts";
import { predictorNames } from "./predictor-names.ts";
import type { Protocol } from "./protocol.ts";

/** Outcomes of the patients who may be looked at before the test. */
export interface DevelopmentOutcomes {
  readonly cohort: Pick<Cohort, "patients" | "outcome">;
  readonly development: readonly PatientId[];
}

/** Above this p-value a difference between outcomes is not mentioned. */
const LEVEL = 0.05;

/**
 * Predictors that are missing more often in patients of one outcome, in the development set: the values are then not
 * missing by chance, and a simple imputation passes the reason on. Radiomic features are not counted.
 *
 * @returns One finding, or none.
 */
export function missingnessFindings(
  protocol: Protocol,
  { patients, columns }: PredictorTable,
  outcomes: DevelopmentOutcomes,
): readonly Finding[] {
  const eventOf = developmentEvents(outcomes);
  const asked = new Set(predictorNames(protocol));
  const differing = columns.flatMap((column) => {
    if (!asked.has(column.name)) return [];
    // Known and missing, one pair an outcome.
    const counts = [
      [0, 0],
      [0, 0],
    ];
    patients.forEach((patient, row) => {
      const event = eventOf.get(patient);
      if (event !== undefined) counts[event][isMissing(column, row) ? 1 : 0] += 1;
    });
    const { pValue } = levelsTest(counts);
    return pValue === null || pValue >= LEVEL ? [] : [{ name: column.name, counts }];
  });
  if (differing.length === 0) return [];
  const words = differing.map(({ name, counts: [others, events] }) => {
    const share = ([known, missing]: readonly number[]) => `${String(missing)} of ${String(known + missing)}`;
    return `${name} in ${share(events)} with and ${share(others)} without the event`;
  });
  const message = `whether a predictor is known goes with the outcome in the development set (p < ${String(LEVEL)} by the chi-square or Fisher's exact test, not adjusted for the number of predictors): missing are ${words.join("; ")}; a model may then learn who was asked, and no imputation mends that; find out why the values are missing`;
  return [{ code: "missing-with-outcome", severity: "warning", message }];
}

/** Sizes of pixels that differ less than this are taken as one. */
const SAME_SIZE = 1.05;

/**
 * Whether images with pixels of different sizes were measured as they are, and whether the size of a pixel goes with the
 * outcome in the development set: it is the examiner's choice, and texture depends on it.
 *
 * @param measured Null for a study without images.
 * @returns One finding, or none.
 */
export function pixelSizeFindings(
  { radiomics }: Protocol,
  measured: MeasuredImages | null,
  outcomes: DevelopmentOutcomes,
): readonly Finding[] {
  if (measured === null || radiomics.resample !== undefined) return [];
  const eventOf = developmentEvents(outcomes);
  const sizes = sizesOf(measured, eventOf);
  const values = Float64Array.from(sizes.values()).toSorted();
  const [least, most] = [values[0], values[values.length - 1]];
  if (values.length === 0 || most < SAME_SIZE * least) return [];
  const alone = aucOrNull(
    Uint8Array.from(sizes.keys(), (patient) => eventOf.get(patient)!),
    Float64Array.from(sizes.values()),
  );
  const goesWithOutcome = alone !== null && (alone.lower > 0.5 || alone.upper < 0.5);
  const start = `pixels measure ${least.toPrecision(2)} to ${most.toPrecision(2)} mm and the images were not resampled: texture counts pixels and follows the depth setting of the scanner`;
  const auc = alone === null ? "" : `; ${aloneWords(alone, goesWithOutcome)}`;
  return [
    {
      code: "pixel-sizes-differ",
      severity: goesWithOutcome ? "warning" : "info",
      message: `${start}${auc}; resample the images, and show that the result holds`,
    },
  ];
}

function aloneWords({ value, lower, upper }: Estimate, goesWithOutcome: boolean): string {
  const interval = `${value.toFixed(2)} (DeLong's 95% interval ${lower.toFixed(2)} to ${upper.toFixed(2)})`;
  const meaning = goesWithOutcome
    ? ", so that features may carry the examiner's choice of depth and not the tumour"
    : "";
  return `the size of a pixel alone has an AUC of ${interval} in the development set${meaning}`;
}

/** Size of a pixel in the first image of each patient who may be looked at. */
function sizesOf(
  { images }: MeasuredImages,
  members: ReadonlyMap<PatientId, unknown>,
): ReadonlyMap<PatientId, number> {
  const sizes = new Map<PatientId, number>();
  for (const { patient, spacingMm } of images)
    if (spacingMm !== null && members.has(patient) && !sizes.has(patient)) sizes.set(patient, spacingMm);
  return sizes;
}

function developmentEvents({ cohort, development }: DevelopmentOutcomes): ReadonlyMap<PatientId, 0 | 1> {
  const members = new Set(development);
  return new Map(
    cohort.patients.flatMap((patient, row) =>
      members.has(patient) ? [[patient, cohort.outcome[row] === 1 ? 1 : 0] as const] : [],
    ),
  );
}

function aucOrNull(outcome: Uint8Array, values: Float64Array): Estimate | null {
  try {
    return delongAuc(outcome, values);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
