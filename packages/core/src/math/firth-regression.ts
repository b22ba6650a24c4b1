import { NumericalError } from "../errors.ts";
import { leverages, whitened } from "./firth-penalty.ts";
import { type LikelihoodMaximum, maximiseLikelihood } from "./likelihood-search.ts";
import { informationMatrix, naturalCovariance } from "./logistic-information.ts";
import { type LogisticInput, logisticInput, type LogisticRegressionOptions } from "./logistic-input.ts";
import { likelihoodAt, type LogisticLikelihood } from "./logistic-likelihood.ts";
import { ALIAS_TOLERANCE } from "./logistic-regression.ts";
import type { Matrix } from "./matrix.ts";
import { multiplyTriangle, orthonormalise, solveTriangle } from "./qr.ts";

/** A logistic regression with Firth's penalty. Positions count the intercept, where there is one, as column 0. */
export interface FirthFit {
  /** Intercept first if any; NaN where the column is aliased. */
  readonly coefficients: Float64Array;
  /** Inverse of the Fisher information, as brglm2 gives it; rows and columns of aliased coefficients are NaN. */
  readonly covariance: Matrix;
  /**
   * Inverse of the information of the data with pseudo-observations of weight `leverages`, as logistf gives it since
   * version 1.24; its standard errors are smaller.
   */
  readonly augmentedCovariance: Matrix;
  /** Log likelihood with half the log determinant of the Fisher information. */
  readonly penalisedLogLikelihood: number;
  readonly logLikelihood: number;
  /** Diagonal of the hat matrix, one for each row of positive weight; they add up to the number of coefficients. */
  readonly leverages: Float64Array;
  readonly iterations: number;
  /** Columns that depend linearly on columns to their left. */
  readonly aliased: readonly number[];
}

/** A fit with what its profiles need. */
export interface FirthSolution {
  readonly fit: FirthFit;
  readonly likelihood: LogisticLikelihood;
  readonly maximum: LikelihoodMaximum;
}

/**
 * A logistic regression whose likelihood is penalised by half the log determinant of the Fisher information, which takes
 * away the first-order bias of the coefficients and gives finite estimates under separation too.
 *
 * Under separation the penalised likelihood may have more than one maximum; this is the one reached from `start`, or from
 * coefficients of zero.
 *
 * @param design Predictors, shape [n, p], without a column of ones.
 * @param outcome 1 = event, 0 = none, or a share of events; shape [n].
 * @throws {InputError} As `logisticRegression`.
 * @throws {NumericalError} The search does not converge.
 * @source Firth 1993, Biometrika 80:27-38; Heinze & Schemper 2002, Statistics in Medicine 21:2409-2419.
 * @example firthRegression({ rows: 4, columns: 1, values: Float64Array.of(0, 0, 1, 1) }, [1, 0, 0, 1]).coefficients // => [0,0]
 */
export function firthRegression(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: LogisticRegressionOptions = {},
): FirthFit {
  return solveFirth(logisticInput(design, outcome, options), options).fit;
}

/** The fit of checked rows, with its likelihood and the point of its maximum. */
export function solveFirth(input: LogisticInput, options: LogisticRegressionOptions): FirthSolution {
  const { matrix, weights } = input;
  const decomposition = orthonormalise(matrix, options.aliasTolerance ?? ALIAS_TOLERANCE);
  const { basis, triangle, kept, aliased } = decomposition;
  const likelihood = { input, decomposition, isPenalised: true };
  const zero = new Float64Array(kept.length);
  const start = startOf(options.start, triangle, kept);
  // A start worse than none is not used.
  const isUseful = likelihoodAt(likelihood, start).value >= likelihoodAt(likelihood, zero).value;
  const maximum = maximiseLikelihood(likelihood, isUseful ? start : zero, null);
  if (maximum?.converged !== true)
    throw new NumericalError(
      "Firth's regression needs a search that converges; got none; leave out predictors that hardly any patient has, or offsets that leave no doubt",
    );
  const { point, iterations } = maximum;
  const { terms, information } = point;
  const hat = leverages(whitened(basis, point.factor!), terms.curvature);
  // Each row comes back with leverage h / 2 for either outcome, so its weight grows by h.
  const augmented = terms.curvature.map((curvature, i) => curvature * (1 + hat[i] / weights[i]));
  const coefficients = new Float64Array(matrix.columns).fill(NaN);
  const solution = solveTriangle(triangle, point.coordinates);
  kept.forEach((column, k) => (coefficients[column] = solution[k]));
  const fit = {
    coefficients,
    covariance: naturalCovariance(information, decomposition, matrix.columns),
    augmentedCovariance: naturalCovariance(
      informationMatrix(basis, augmented),
      decomposition,
      matrix.columns,
    ),
    penalisedLogLikelihood: point.value,
    logLikelihood: point.logLikelihood,
    leverages: hat,
    iterations,
    aliased,
  };
  return { fit, likelihood, maximum };
}

function startOf(
  start: ArrayLike<number> | undefined,
  triangle: Matrix,
  kept: readonly number[],
): Float64Array {
  if (start === undefined) return new Float64Array(kept.length);
  return multiplyTriangle(
    triangle,
    Float64Array.from(kept, (column) => (Number.isFinite(start[column]) ? start[column] : 0)),
  );
}
