import type { PredictorTable } from "../features/predictor-table.ts";
import { mean, sampleStandardDeviation } from "../math/statistics.ts";
import type { Random } from "../math/random.ts";
import { columnName, designMatrix, rawValues, type ScoreValues } from "./design-value.ts";
import { fitRegression, type FittedRegression } from "./fit-regression.ts";
import type { DesignColumn, Regression } from "./model.ts";
import { type PooledRegression, poolRegressions } from "./pool-regressions.ts";

/** One completed table of the training patients. */
export interface CompletedTraining {
  /** Imputed with the outcome: what a regression learns from. */
  readonly table: PredictorTable;
  /** Imputed without it: as a fold that holds a patient out must see the patient. */
  readonly heldOut: PredictorTable;
  /** Scores of the training patients by folds that did not see them. */
  readonly scores: ScoreValues;
}

/** A regression on every completed table. */
export interface CompletedFits {
  readonly regression: FittedRegression | PooledRegression;
  /** Linear predictors out of fold, one array per completed table. */
  readonly outOfFold: readonly Float64Array[];
}

/** How the regressions are fitted. */
export interface CompletedSettings {
  readonly regression: Regression;
  readonly folds: number;
  readonly random: Random;
}

/**
 * The same regression on every completed table, pooled. All use the same folds. Where one of them has no estimate by the
 * stated method, all use the method that replaces it: a mean over methods would be of nothing.
 *
 * @param completed One table where nothing was missing, or one per imputation.
 */
export function fitCompleted(
  columns: readonly DesignColumn[],
  outcome: Uint8Array,
  completed: readonly CompletedTraining[],
  { regression, folds, random }: CompletedSettings,
): CompletedFits {
  const names = columns.map(columnName);
  const data = completed.map(({ table, heldOut, scores }) => ({
    design: designMatrix(columns, table, scores),
    heldOut: designMatrix(columns, heldOut, scores),
    outcome,
    names,
    patients: table.patients,
  }));
  let fits = data.map((one) => fitRegression(one, regression, folds, random));
  const replaced = fits.filter((fit) => fit.regression.method !== regression.method);
  if (replaced.length > 0 && replaced.length < fits.length)
    fits = data.map((one, index) =>
      fits[index].regression.method === regression.method
        ? fitRegression(one, replaced[0].regression, folds, random)
        : fits[index],
    );
  return {
    regression: fits.length === 1 ? fits[0] : poolRegressions(fits, outcome.length),
    outOfFold: fits.map(({ outOfFold }) => outOfFold),
  };
}

/**
 * Columns centred and scaled by the means over all completed tables of their means and standard deviations.
 *
 * @param columns As learned from the table before imputation.
 * @param tables At least one.
 */
export function rescaled(
  columns: readonly DesignColumn[],
  tables: readonly PredictorTable[],
): readonly DesignColumn[] {
  return columns.map((column) => {
    const values = tables.map((table) => rawValues({ ...column, center: 0, scale: 1 }, table, {}));
    const scale = mean(values.map(sampleStandardDeviation));
    return { ...column, center: mean(values.map(mean)), scale: scale > 0 ? scale : column.scale };
  });
}
