import type { ImputationEquation } from "./imputation-equation.ts";
import type { DerivedFrom } from "./imputation-frame.ts";

/** A column of the design of an equation: a variable's numbers, or the indicator of one of its levels. */
export interface EquationTerm {
  /** Position in `columns`. */
  readonly column: number;
  /** Code of the level from 1; 0 where the column holds numbers. */
  readonly level: number;
}

/** A column that can be imputed. */
export interface ImputerColumn {
  readonly name: string;
  /** Null for numbers. */
  readonly levels: readonly string[] | null;
  /** Where a missing value starts: the mean, or the code of the most frequent level. */
  readonly start: number;
  readonly derived: DerivedFrom | null;
  /** What its equations multiply their coefficients with, in their order. */
  readonly terms: readonly EquationTerm[];
}

/**
 * What imputes the missing values of new patients, as plain JSON: one set of equations per imputation of the training
 * patients, none of which knows the outcome.
 *
 * Donors are values of single training patients of one column, without any name and in the order of their predictions.
 */
export interface FittedImputer {
  /** Of all draws for new patients. */
  readonly seed: string;
  readonly iterations: number;
  readonly columns: readonly ImputerColumn[];
  /** Positions of the columns with equations, in the order of a round. */
  readonly visits: readonly number[];
  /** For each imputation one equation per visit. */
  readonly imputations: readonly (readonly ImputationEquation[])[];
}
