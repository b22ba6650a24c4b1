import { choleskySolve } from "./cholesky.ts";
import { chiSquaredQuantile } from "./distributions.ts";
import { dotProduct } from "./dot-product.ts";
import { gramMatrix } from "./gram-matrix.ts";
import { independentCholesky, solveTransposed } from "./independent-cholesky.ts";
import { columnOf, type Matrix, zeroMatrix } from "./matrix.ts";
import type { Random } from "./random.ts";
import { isConstant } from "./statistics.ts";

/** A linear regression and one draw from what its data leave open. Coefficients belong to the columns of the design. */
export interface LinearPosterior {
  /** Least squares; 0 where the column was left out. */
  readonly intercept: number;
  readonly coefficients: Float64Array;
  /** Drawn from their posterior distribution with the flat prior. */
  readonly drawnIntercept: number;
  readonly drawnCoefficients: Float64Array;
  /** Drawn standard deviation of the residuals. */
  readonly drawnSigma: number;
}

/**
 * A linear regression with one draw of its coefficients and of its residual standard deviation.
 *
 * @param design Predictors, shape [n, p], without a column of ones.
 * @param response Shape [n], at least one value.
 * @param random Draws one uniform number and at most p + 1 normal ones.
 * @returns Columns that vary little or nothing beside those to their left have coefficient 0.
 * @source Rubin 1987, Multiple Imputation for Nonresponse in Surveys, p. 167; van Buuren 2018, Flexible Imputation of
 *   Missing Data, algorithm 3.1.
 */
export function drawLinearPosterior(
  design: Matrix,
  response: Float64Array,
  random: Pick<Random, "uniform" | "normal">,
): LinearPosterior {
  const { rows, columns } = design;
  const { matrix, means } = centreColumns(design);
  const { factor, kept } = independentCholesky(gramMatrix(matrix));
  const middle = plainMean(response);
  const centred = response.map((value) => value - middle);
  const moments = Float64Array.from(kept, (j) => dotProduct(matrix.values, j * rows, centred, rows));
  const solution = choleskySolve(factor, moments);
  for (let k = 0; k < kept.length; k++) {
    const start = kept[k] * rows;
    for (let i = 0; i < rows; i++) centred[i] -= solution[k] * matrix.values[start + i];
  }
  const degrees = Math.max(rows - kept.length - 1, 1);
  const residual = dotProduct(centred, 0, centred, rows);
  // The middle of the interval of doubles that begins at the draw: a quantile at 0 would be 0.
  const chiSquared = chiSquaredQuantile(random.uniform() + 5.551115123125783e-17, degrees);
  const drawnSigma = Math.sqrt(residual / chiSquared);
  const drawnMiddle = middle + (drawnSigma * random.normal()) / Math.sqrt(rows);
  // L'^-1 z has the covariance (L L')^-1.
  const normals = Float64Array.from(kept, () => random.normal());
  const change = solveTransposed(factor, normals);
  const coefficients = new Float64Array(columns);
  const drawnCoefficients = new Float64Array(columns);
  kept.forEach((column, k) => {
    coefficients[column] = solution[k];
    drawnCoefficients[column] = solution[k] + drawnSigma * change[k];
  });
  return {
    intercept: middle - dotProduct(coefficients, 0, means, columns),
    coefficients,
    drawnIntercept: drawnMiddle - dotProduct(drawnCoefficients, 0, means, columns),
    drawnCoefficients,
    drawnSigma,
  };
}

/** The columns less their means; a constant column becomes exactly 0. */
export function centreColumns(design: Matrix): { readonly matrix: Matrix; readonly means: Float64Array } {
  const matrix = zeroMatrix(design.rows, design.columns);
  const means = new Float64Array(design.columns);
  for (let j = 0; j < design.columns; j++) {
    const source = columnOf(design, j);
    const target = columnOf(matrix, j);
    const middle = isConstant(source) ? (source[0] ?? 0) : plainMean(source);
    means[j] = middle;
    for (let i = 0; i < source.length; i++) target[i] = source[i] - middle;
  }
  return { matrix, means };
}

/**
 * The columns that vary and that no columns to their left determine nearly.
 *
 * @returns Positions, ascending.
 * @example independentColumns({ rows: 3, columns: 2, values: Float64Array.of(1, 2, 3, 2, 4, 6) }) // => [0]
 */
export function independentColumns(design: Matrix): readonly number[] {
  return independentCholesky(gramMatrix(centreColumns(design).matrix)).kept;
}

/** Without compensation: what it rounds off is far below the spread of a draw. */
function plainMean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
