import type { DesignColumn } from "./design-column.ts";
import type { ChainedEquations } from "./imputation/chained-equations.ts";
import type { FittedImputer } from "./imputation/fitted-imputer.ts";
import type { LearnedPredictor, Learner } from "./learner.ts";
import type { CombatModel } from "../selection/combat-model.ts";
import type { ReproducibilityLimit } from "../selection/reproducibility.ts";

export type { DesignColumn } from "./design-column.ts";

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

/** A choice among the columns of a block that sees the outcome of training patients; after the filters. */
export type ColumnSelection =
  | {
      readonly method: "mrmr";
      readonly count: number;
      readonly measure: "gaussian" | "f-correlation";
      readonly scheme: "difference" | "quotient";
    }
  | {
      readonly method: "stability";
      readonly perHalf: number;
      readonly threshold: number;
      readonly pairs: number;
    }
  | { readonly method: "boruta"; readonly runs: number; readonly trees: number; readonly level: number };

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
  /** Of those kept, how many a selection chose; absent where none was made. */
  readonly selected?: number;
}

/** A group of predictors and the way it enters a model. */
export interface BlockSpecification {
  readonly name: string;
  readonly terms: readonly TermSpecification[];
  readonly filter: CandidateFilter | null;
  /** Absent: all columns that the filter keeps. */
  readonly selection?: ColumnSelection;
  /** As its features, or as one score from a method of its own, cross-fitted on the training patients. */
  readonly entersAs:
    | { readonly kind: "features" }
    /** A learner, where one is named, takes the place of the regression. */
    | { readonly kind: "score"; readonly regression: Regression; readonly learner?: Learner };
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
  /** Learns the risk in place of the regression. */
  readonly learner?: Learner;
  /** Folds of the out-of-fold predictions on training patients, from which thresholds are chosen. */
  readonly innerFolds: number;
  /** Multiple imputation; without it missing values become the median or the most frequent level. */
  readonly imputation?: ChainedEquations;
}

/** A fitted linear predictor: intercept + sum of coefficient * (value - center) / scale. */
export interface LinearPredictor {
  readonly intercept: number;
  readonly columns: readonly (DesignColumn & { readonly coefficient: number })[];
  readonly regression: Regression;
  /** The chosen penalty; null where none was chosen. */
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

/** A score of a block: its answer is on the scale of the log odds. */
export type BlockScore = LinearPredictor | LearnedPredictor;

interface FittedModelParts {
  readonly schema: "sentinode/model@1";
  readonly name: string;
  readonly inputs: readonly InputColumn[];
  /** Applied to the inputs first; absent where values are taken as they are. */
  readonly harmonisation?: FittedHarmonisation;
  readonly scores: Readonly<Record<string, BlockScore>>;
  /** Imputes new patients; absent where the columns do, by one value each. */
  readonly imputer?: FittedImputer;
  readonly training: {
    readonly patients: number;
    readonly events: number;
    /** What the filters of its blocks left out; absent where no block has one. */
    readonly filtered?: readonly FilteredBlock[];
  };
}

/** A fitted logistic regression. */
export interface LogisticModel extends FittedModelParts {
  readonly kind: "logistic";
  readonly predictor: LinearPredictor;
}

/** A fitted learner. */
export interface LearnedModel extends FittedModelParts {
  readonly kind: LearnedPredictor["kind"];
  readonly predictor: LearnedPredictor;
}

/**
 * A fitted model as plain JSON: everything that prediction needs. It holds nothing of a patient, but for a support vector
 * machine with a radial kernel, whose support vectors are patients, and for donors of chained equations, which are values
 * of one column each, without a name and apart from each other.
 */
export type FittedModel = LogisticModel | LearnedModel;
