import { InputError } from "../errors.ts";
import type { NumericPredictor } from "../features/predictor-table.ts";
import {
  type IccForm,
  iccValue,
  type IntraclassCorrelation,
  intraclassCorrelation,
  ratingVariance,
} from "./intraclass-correlation.ts";

/** When a feature counts as reproducible. */
export interface ReproducibilityLimit {
  /** Least intraclass correlation of a patient's values from the image and from its perturbed versions. */
  readonly minimumIcc: number;
  readonly form: IccForm;
  /** Whether the lower limit of the 95 % interval has to reach the minimum too. */
  readonly lowerBound: boolean;
}

/**
 * How much of a feature's variance is between patients rather than between versions of a patient's image.
 *
 * @param feature Its `perturbed` values are raters beside its `values`.
 * @returns Null where it does not exist: fewer than two patients have every value, or all values are the same.
 * @throws {InputError} The feature has no values from perturbed images.
 */
export function featureReproducibility(
  feature: NumericPredictor,
  form: IccForm,
): IntraclassCorrelation | null {
  return intraclassCorrelation(versionsOf(feature), form);
}

/**
 * Whether a feature is reproducible in the patients at hand; no outcome is looked at.
 *
 * @param maximumMissing Largest share of the patients who may lack a value from the image or from any version.
 * @returns False also where no intraclass correlation exists.
 * @throws {InputError} The feature has no values from perturbed images.
 */
export function isReproducible(
  feature: NumericPredictor,
  limit: ReproducibilityLimit,
  maximumMissing: number,
): boolean {
  const ratings = versionsOf(feature);
  const variance = ratingVariance(ratings);
  if (variance === null || 1 - variance.subjects / feature.values.length > maximumMissing) return false;
  const value = iccValue(variance, limit.form);
  if (value === null || value < limit.minimumIcc) return false;
  // The interval costs far more than the estimate, and most features are told apart by that.
  return !limit.lowerBound || (intraclassCorrelation(ratings, limit.form)?.lower ?? -1) >= limit.minimumIcc;
}

function versionsOf({ name, values, perturbed }: NumericPredictor): readonly Float64Array[] {
  if (perturbed === undefined || perturbed.length === 0)
    throw new InputError(
      `the reproducibility of ${name} needs its values from perturbed images; got none; measure them, or leave out radiomics.reproducibility`,
    );
  return [values, ...perturbed];
}
