/** When a value exists, in the order of care; `never` marks what must not predict (labels, comparators, file facts). */
export type KnownAt = "before-surgery" | "after-sentinel-biopsy" | "final-pathology" | "never";

interface VariableBase {
  /** Column header in the cohort table. */
  readonly name: string;
  /** What tables and figures print. */
  readonly label: string;
  readonly knownAt: KnownAt;
  /** Why the variable may not predict, printed when a protocol names it as a predictor. */
  readonly reason?: string;
}

/** A measured quantity. */
export interface NumericVariable extends VariableBase {
  readonly kind: "numeric";
  readonly unit: string | null;
  /** Plausible range; values outside are refused as typing errors. */
  readonly range?: readonly [minimum: number, maximum: number];
}

/** One entry of the code-book: how the table writes a level and how a person reads it. */
export interface Level {
  readonly code: string;
  readonly label: string;
}

/** A classification; `ordinal` levels stand in ascending order, `binary` has two. */
export interface CategoricalVariable extends VariableBase {
  readonly kind: "binary" | "categorical" | "ordinal";
  readonly levels: readonly Level[];
  /** Code of the level that others are compared with. */
  readonly reference: string;
}

/** A calendar date, used for temporal splits. */
export interface DateVariable extends VariableBase {
  readonly kind: "date";
}

/** A described column of the cohort table. */
export type Variable = NumericVariable | CategoricalVariable | DateVariable;
