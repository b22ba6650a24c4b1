/** One simulated cohort to be studied: a seed, and how much the images show. */
export interface CohortTask {
  readonly patients: number;
  readonly seed: number;
  readonly signal: number;
  /** False: C and CA alone, which takes seconds. */
  readonly images: boolean;
}

/** AUC of one set of patients by what predicts them. */
export interface SetAuc {
  readonly patients: number;
  readonly events: number;
  readonly C: number;
  readonly CA: number;
  /** Null without images. */
  readonly CAR: number | null;
  /** Radiomics alone; null without images. */
  readonly R: number | null;
  /** Of the probability that the outcomes were drawn with. */
  readonly ceiling: number;
}

/** What a cohort gives, and the seconds that its parts took in one thread. */
export interface CohortRow extends CohortTask {
  readonly test: SetAuc;
  readonly prospective: SetAuc;
  /** Correlation of the radiomic score with the trait that the images show, in the test set; null without images. */
  readonly likeness: number | null;
  readonly seconds: { readonly draw: number; readonly measure: number; readonly fit: number };
}
