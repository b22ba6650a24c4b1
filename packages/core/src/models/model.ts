import type { ChainedEquations } from "./imputation/chained-equations.ts";
import type { FittedImputer } from "./imputation/fitted-imputer.ts";
import type { CombatModel } from "../selection/combat-model.ts";
import type { ReproducibilityLimit } from "../selection/reproducibility.ts";

/** How coefficients are estimated. `alpha` mixes the penalties: 0 ridge, 1 LASSO. */
export type Regression =
  | { readonly method: "maximum-likelihood" }
  /** Firth's penalised likelihood with intercept correction (FLIC), so that the mean risk is the observed one. */
  | { readonly method: "firth" }
  | {
      readonly method: "penalised";
      readonly alpha: number;
      /** Folds of the cross-validation inside the training set that chooses lambda. */
      readonly folds: number;
      /** Lambda of the least deviance, or the largest within one standard error of it. */
      readonly rule: "minimum" | "one-standard-error";
    };

/** One predictor of a block; a spline is restricted cubic with the given number of knots at Harrell's quantiles. */
export interface TermSpecification {
  readonly column: string;
  readonly shape: "linear" | { readonly knots: 3 | 4 | 5 };
  /** How an ordered factor enters: by its rank or by indicators. */
  readonly ordered?: "rank" | "indicators";
}

/** Filters that see training patients only and no outcome, for blocks with many candidates. */
export interface CandidateFilter {
  /** A column with a larger share of missing values is dropped. */
  readonly maximumMissing: number;
  /** Of two columns with a larger absolute Spearman correlation the later one is dropped. */
  readonly maximumCorrelation: number;
  /** A column that perturbations of the images change more than this allows is dropped. */
  readonly reproducibility?: ReproducibilityLimit;
}

/** How many candidates of a block were left out for what. */
export interface FilteredBlock {
  readonly block: string;
  readonly candidates: number;
  readonly missing: number;
  readonly constant: number;
  /** Not reproducible under perturbations. */
  readonly unstable: number;
  readonly redundant: number;
  readonly kept: number;
}

/** A group of predictors and the way it enters a model. */
export interface BlockSpecification {
  readonly name: string;
  readonly terms: readonly TermSpecification[];
  readonly filter: CandidateFilter | null;
  /** As its features, or as one score from a regression of its own, cross-fitted on the training patients. */
  readonly entersAs:
    { readonly kind: "features" } | { readonly kind: "score"; readonly regression: Regression };
}

/** Bringing numbers that centres measure differently to one scale, by ComBat. */
export interface HarmonisationSpecification {
  /** Categorical column that names the centre. */
  readonly by: string;
  /** Numeric columns that are harmonised. */
  readonly columns: readonly string[];
  /** What the columns may keep of biology; never the outcome. */
  readonly covariates: readonly TermSpecification[];
  readonly parametric: boolean;
  readonly meanOnly: boolean;
  /** Label of the centre that the others are brought to; null: the mean of all. */
  readonly reference: string | null;
}

/** Harmonisation as learned from training patients. */
export interface FittedHarmonisation {
  readonly by: string;
  readonly covariates: readonly DesignColumn[];
  /** Of the columns that the model uses. */
  readonly combat: CombatModel;
}

/** A model to be fitted. */
export interface ModelSpecification {
  readonly name: string;
  readonly blocks: readonly BlockSpecification[];
  /** Before anything else is learned; absent: values are taken as they are. */
  readonly harmonisation?: HarmonisationSpecification;
  readonly regression: Regression;
  /** Folds of the out-of-fold predictions on training patients, from which thresholds are chosen. */
  readonly innerFolds: number;
  /** Multiple imputation; without it missing values become the median or the most frequent level. */
  readonly imputation?: ChainedEquations;
}

/** One column of the design matrix: how a value of a patient becomes a number. Everything learned is in here. */
export type DesignColumn =
  | {
      readonly kind: "linear";
      readonly column: string;
      readonly impute: number;
      readonly center: number;
      readonly scale: number;
    }
  | {
      readonly kind: "spline";
      readonly column: string;
      readonly impute: number;
      readonly knots: readonly number[];
      /** 0 is the linear term; i >= 1 the i-th non-linear basis function of Harrell, scaled by (last - first knot)^2. */
      readonly basis: number;
      readonly center: number;
      readonly scale: number;
    }
  | {
      readonly kind: "indicator";
      readonly column: string;
      readonly level: string;
      readonly imputeLevel: string;
      readonly center: number;
      readonly scale: number;
    }
  | {
      readonly kind: "rank";
      readonly column: string;
      readonly levels: readonly string[];
      readonly impute: number;
      readonly center: number;
      readonly scale: number;
    }
  /** Linear predictor of `scores[name]`. */
  | { readonly kind: "score"; readonly name: string; readonly center: number; readonly scale: number };

/** A fitted linear predictor: intercept + sum of coefficient * (value - center) / scale. */
export interface LinearPredictor {
  readonly intercept: number;
  readonly columns: readonly (DesignColumn & { readonly coefficient: number })[];
  readonly regression: Regression;
  /** The chosen penalty; null for maximum likelihood. */
  readonly lambda: number | null;
  /** Wald standard errors in the order of `columns`, intercept first; null where the method has none. */
  readonly standardErrors: readonly number[] | null;
  /** Covariances of the coefficients in the order of `standardErrors`; absent where the method has none. */
  readonly covariance?: readonly (readonly number[])[];
  /** Where coefficients are means over imputations; standard errors are then those of Rubin's rules. */
  readonly pooled?: PooledCoefficients;
}

/** What imputations say of coefficients; lists in the order of `columns`, intercept first. */
export interface PooledCoefficients {
  readonly imputations: number;
  /** Barnard and Rubin's, where there are standard errors. */
  readonly degreesOfFreedom: readonly number[] | null;
  /** Fraction of missing information, where there are standard errors. */
  readonly missingInformation: readonly number[] | null;
  /** Share of the imputations whose coefficient is not 0. */
  readonly selected: readonly number[];
}

/** What a model needs to know of a column of the table that it is applied to. */
export type InputColumn =
  | {
      readonly kind: "numeric";
      readonly name: string;
      readonly label: string;
      readonly unit: string | null;
      readonly trainingRange: readonly [number, number];
    }
  | {
      readonly kind: "categorical";
      readonly name: string;
      readonly label: string;
      readonly levels: readonly string[];
      readonly ordered: boolean;
      readonly reference: number;
    };

/** A fitted logistic model as plain JSON: everything that prediction needs, nothing of a patient. */
export interface FittedModel {
  readonly schema: "sentinode/model@1";
  readonly kind: "logistic";
  readonly name: string;
  readonly inputs: readonly InputColumn[];
  /** Applied to the inputs first; absent where values are taken as they are. */
  readonly harmonisation?: FittedHarmonisation;
  readonly scores: Readonly<Record<string, LinearPredictor>>;
  readonly predictor: LinearPredictor;
  /** Imputes new patients; absent where the columns do, by one value each. */
  readonly imputer?: FittedImputer;
  readonly training: {
    readonly patients: number;
    readonly events: number;
    /** What the filters of its blocks left out; absent where no block has one. */
    readonly filtered?: readonly FilteredBlock[];
  };
}
