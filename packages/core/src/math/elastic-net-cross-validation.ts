import { InputError } from "../errors.ts";
import { addMultiple } from "./dot-product.ts";
import { type PenaltyCurve, penaltyCurve, type PenaltyMeasure } from "./elastic-net-curve.ts";
import { type ElasticNetOptions, type ElasticNetPath, elasticNetPath } from "./elastic-net.ts";
import { columnOf, type Matrix, takeRows, zeroMatrix } from "./matrix.ts";

/** A path fitted on all rows, and how its lambdas did in cross-validation. */
export interface CrossValidatedPath {
  readonly path: ElasticNetPath;
  readonly curve: PenaltyCurve;
  /** Linear predictor of each row from the fold that did not see it, shape [n, l]. */
  readonly outOfFold: Matrix;
}

/**
 * The penalised path of all rows with the cross-validated performance of its lambdas, as cv.glmnet with given folds.
 *
 * @param design Predictors, shape [n, p]; standardised anew within every fold.
 * @param outcome 0 or 1, shape [n].
 * @param folds Fold of each row, 0..k-1 with k at least 3, shape [n].
 * @param options As {@link elasticNetPath}; every fold takes the lambdas of all rows.
 * @throws {InputError} As {@link elasticNetPath}, or a fold whose other rows are of one class.
 * @source Friedman, Hastie & Tibshirani 2010, J Stat Softw 33(1), section 6.
 */
export function crossValidateElasticNet(
  design: Matrix,
  outcome: ArrayLike<number>,
  folds: Int32Array,
  options: ElasticNetOptions & { readonly measure?: PenaltyMeasure },
): CrossValidatedPath {
  if (folds.length !== design.rows)
    throw new InputError(
      `cross-validation needs one fold per row; got ${folds.length} for ${design.rows} rows`,
    );
  const path = elasticNetPath(design, outcome, options);
  const outOfFold = zeroMatrix(design.rows, path.lambdas.length);
  for (const fold of new Set(folds)) {
    const [training, testing] = [
      rowsWhere(folds, (other) => other !== fold),
      rowsWhere(folds, (other) => other === fold),
    ];
    const fitted = elasticNetPath(
      takeRows(design, training),
      training.map((row) => outcome[row]),
      { ...options, lambdas: path.lambdas },
    );
    const predicted = pathPredictions(fitted, takeRows(design, testing));
    for (let k = 0; k < path.lambdas.length; k++)
      testing.forEach((row, i) => (columnOf(outOfFold, k)[row] = columnOf(predicted, k)[i]));
  }
  return { path, curve: penaltyCurve(outOfFold, outcome, folds, options.measure), outOfFold };
}

function rowsWhere(folds: Int32Array, wanted: (fold: number) => boolean): number[] {
  return Array.from(folds.keys()).filter((row) => wanted(folds[row]));
}

/**
 * Linear predictors at every lambda of a path.
 *
 * @param design Shape [m, p], columns as those the path was fitted on.
 * @returns Shape [m, l].
 */
export function pathPredictions(path: ElasticNetPath, design: Matrix): Matrix {
  const predictions = zeroMatrix(design.rows, path.lambdas.length);
  for (let k = 0; k < path.lambdas.length; k++) {
    const target = columnOf(predictions, k).fill(path.intercepts[k]);
    const coefficients = columnOf(path.coefficients, k);
    for (let j = 0; j < coefficients.length; j++)
      if (coefficients[j] !== 0) addMultiple(target, coefficients[j], design.values, j * design.rows);
  }
  return predictions;
}
