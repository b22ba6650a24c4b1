import type { Matrix } from "../math/matrix.ts";

/** Features of patients from several batches: centres, scanners, or whatever else is to be harmonised. */
export interface CombatData {
  /** Shape [n, p], one column a feature; NaN where missing. */
  readonly values: Matrix;
  /** The batch of each row, shape [n]. */
  readonly batches: readonly string[];
  /** What the features may keep of biology, shape [n, c], finite, without a column of ones; null for none. */
  readonly covariates: Matrix | null;
}

/** How the effects of the batches are estimated. */
export interface CombatOptions {
  /** Normal and inverse gamma priors, or the empirical distribution of the other features' effects. */
  readonly parametric: boolean;
  /** Whether batches differ in their means only; forced where a batch has a single row. */
  readonly meanOnly: boolean;
  /** The batch that stays as it is and that the others are brought to; null: the mean of all. */
  readonly reference: string | null;
  /**
   * When the iteration of the parametric estimate ends: at convergence of every feature to 1e-12, or by the rule of R's
   * sva, which stops all features of a batch together and up to about 1e-4 short of it.
   */
  readonly stopping: "converged" | "sva";
}

/** Names for messages and for the stored form. */
export interface CombatNames {
  readonly features: readonly string[];
  readonly covariates: readonly string[];
}

/** The effect of a batch on each feature, in standard deviations of the feature; shape [p] each. */
export interface BatchEffect {
  /** Subtracted; 0 for a feature that is not adjusted. */
  readonly shift: readonly number[];
  /** Variance ratio whose root divides; 1 for a feature that is not adjusted. */
  readonly scale: readonly number[];
}

/** A feature that ComBat leaves as it is. */
export interface Unadjusted {
  readonly feature: string;
  /** Constant within a batch of two rows or more, or with too few values in a batch. */
  readonly reason: "constant-in-batch" | "too-few-in-batch";
}

/** Everything that harmonising a new patient of a known batch needs; plain JSON, nothing of a patient. */
export interface CombatModel {
  readonly kind: "combat";
  readonly options: CombatOptions;
  readonly features: readonly string[];
  readonly covariates: readonly string[];
  /** Mean of each feature over the batches, or in the reference; shape [p]. */
  readonly means: readonly number[];
  /** Pooled standard deviation of each feature within batches; shape [p]. */
  readonly deviations: readonly number[];
  /** One row of p coefficients a covariate. */
  readonly coefficients: readonly (readonly number[])[];
  readonly batches: Readonly<Record<string, BatchEffect>>;
  /** Features that pass through unchanged, and why. */
  readonly unadjusted: readonly Unadjusted[];
}

/** Rows by batch. */
export interface GroupedRows {
  readonly names: readonly string[];
  /** Position of each row's batch in `names`, shape [n]. */
  readonly batchOf: Int32Array;
  /** Rows of each batch. */
  readonly sizes: readonly number[];
}
