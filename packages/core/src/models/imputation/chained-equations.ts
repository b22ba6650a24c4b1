/** How a variable is imputed from the others. */
export type ImputationMethod =
  /** A value of one of the patients whose predicted value is nearest. */
  | "predictive-mean-matching"
  /** A linear regression with normal residuals. */
  | "linear"
  /** Two levels. */
  | "logistic"
  /** Levels without an order. */
  | "multinomial"
  /** Levels with an order. */
  | "proportional-odds";

/** A column that others determine; it is computed anew whenever one of them was imputed. */
export interface Derivation {
  readonly operation: "ratio" | "difference" | "product" | "sum";
  /** Names of the two numeric columns, in the order of the operation. */
  readonly of: readonly [string, string];
}

/** Multiple imputation by chained equations, as plain JSON. */
export interface ChainedEquations {
  /** Columns of the table that take part: they are imputed, and they predict each other. */
  readonly columns: readonly string[];
  /** Number of completed tables, at least 2. */
  readonly imputations: number;
  /** Rounds in which every variable is imputed once from the current values of the others. */
  readonly iterations: number;
  /** Nearest patients among whom predictive mean matching chooses; 5 without it. */
  readonly donors?: number;
  /** By column; without it numbers by predictive mean matching, levels by the regression that fits their kind. */
  readonly methods?: Readonly<Record<string, ImputationMethod>>;
  /** By column: the columns that predict it; all others without it. The outcome always takes part. */
  readonly predictors?: Readonly<Record<string, readonly string[]>>;
  readonly derived?: Readonly<Record<string, Derivation>>;
  /** Which variable is imputed first in a round; the one with the fewest missing values without it. */
  readonly visits?: "fewest-missing-first" | "as-given";
}

/**
 * The value of a derived column.
 *
 * @returns NaN where a part is missing, or where a ratio's denominator is 0.
 * @example derivedValue("ratio", 1, 4) // => 0.25
 */
export function derivedValue(operation: Derivation["operation"], first: number, second: number): number {
  switch (operation) {
    case "ratio":
      return second === 0 ? NaN : first / second;
    case "difference":
      return first - second;
    case "product":
      return first * second;
    case "sum":
      return first + second;
  }
}
