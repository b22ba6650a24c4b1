import type { PatientId } from "./patient.ts";
import type { CategoricalVariable, DateVariable, NumericVariable } from "./variable.ts";

/** Values of a numeric variable, NaN where missing; one per patient. */
export interface NumericColumn {
  readonly variable: NumericVariable;
  readonly values: Float64Array;
}

/** Level indices of a categorical variable, -1 where missing; one per patient. */
export interface CategoricalColumn {
  readonly variable: CategoricalVariable;
  readonly codes: Int16Array;
}

/** Days since 1970-01-01, NaN where missing; one per patient. */
export interface DateColumn {
  readonly variable: DateVariable;
  readonly values: Float64Array;
}

/** One variable of all patients. */
export type CohortColumn = NumericColumn | CategoricalColumn | DateColumn;

/** One image of a patient with the outline of the lesion; a patient may have several. */
export interface LesionImage {
  readonly patient: PatientId;
  /** Paths relative to the study's data folder, as the protocol's pattern gives them. */
  readonly image: string;
  readonly mask: string;
  /** Size of a pixel; null where the study states none. */
  readonly spacingMm: number | null;
  /** Row of the cohort table that names the image, for messages. */
  readonly rowNumber: number;
}

/** Patients in order of first appearance in the table, whatever happened to them. */
export interface Patients {
  readonly patients: readonly PatientId[];
  readonly columns: readonly CohortColumn[];
  readonly images: readonly LesionImage[];
}

/** What the outcome of a patient set apart reads as until it is opened: neither event (1) nor none (0). */
export const SEALED = 255;

/** The patients of a study with their outcome. */
export interface Cohort extends Patients {
  /** 1 = event, 0 = none, {@link SEALED} = not to be known yet; one per patient. */
  readonly outcome: Uint8Array;
}
