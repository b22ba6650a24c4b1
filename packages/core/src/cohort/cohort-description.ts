import type { Variable } from "./variable.ts";

/** What happened to the patient that the models predict, and how the table writes it. */
export interface OutcomeDescription {
  /** Column header. */
  readonly variable: string;
  /** Code of the event. */
  readonly positive: string;
  /** Code of no event; without it every other value that is not missing means no event. */
  readonly negative?: string;
  /** What tables and figures call the event. */
  readonly label: string;
}

/** Size of a pixel: read from a column in mm, the same for all images, or null where the study states none. */
export type SpacingDescription = { readonly column: string } | { readonly mm: number } | null;

/** Where the images of a row are; `{column}` in a path stands for the row's cell of that column. */
export interface ImageDescription {
  readonly image: string;
  readonly mask: string;
  readonly spacing: SpacingDescription;
}

/** How a table becomes patients. Columns that are not described are not read. */
export interface PatientsDescription {
  /** Column that names the patient. */
  readonly id: string;
  readonly variables: readonly Variable[];
  /** Cells that mean missing, beside empty ones, in any case. A code of a code-book stays a level. */
  readonly missing: readonly string[];
  /** Null for a study without images: then a patient has one row. */
  readonly images: ImageDescription | null;
}

/** How a table becomes a cohort: patients and what happened to them. */
export interface CohortDescription extends PatientsDescription {
  readonly outcome: OutcomeDescription;
}
