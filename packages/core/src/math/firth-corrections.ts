import { addMultiple } from "./dot-product.ts";
import { logistic } from "./elementary.ts";
import { firthRegression } from "./firth-regression.ts";
import type { LogisticRegressionOptions } from "./logistic-input.ts";
import { logisticRegression } from "./logistic-regression.ts";
import { columnOf, type Matrix, matrixOfColumns } from "./matrix.ts";

/** Coefficients whose mean predicted risk is the observed share of events. */
export interface CorrectedFirth {
  /** Intercept first; NaN where the column is aliased. */
  readonly coefficients: Float64Array;
  /** Risk of each row, shape [n]. */
  readonly fitted: Float64Array;
}

/** As those of `firthRegression`, with an intercept. */
type CorrectionOptions = Omit<LogisticRegressionOptions, "intercept">;

/**
 * Firth's logistic regression with intercept correction (FLIC): its coefficients with the intercept of greatest likelihood.
 *
 * Firth's penalty draws risks towards one half; the new intercept makes the mean risk right again.
 *
 * @param design As for `firthRegression`, shape [n, p].
 * @param outcome As for `firthRegression`, shape [n].
 * @throws {InputError} As `firthRegression`.
 * @throws {NumericalError} As `firthRegression`.
 * @source Puhr et al. 2017, Statistics in Medicine 36:2302-2317, section 2.3.
 */
export function firthInterceptCorrected(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: CorrectionOptions = {},
): CorrectedFirth {
  const { coefficients } = firthRegression(design, outcome, options);
  const slopes = Float64Array.from(coefficients);
  slopes[0] = 0;
  const offset = linearOf(design, slopes, options.offset);
  const corrected = logisticRegression(matrixOfColumns(design.rows, []), outcome, { ...options, offset });
  slopes[0] = corrected.coefficients[0];
  return { coefficients: slopes, fitted: risksOf(linearOf(design, slopes, options.offset)) };
}

/**
 * Firth's logistic regression with added covariate (FLAC): maximum likelihood on the patients and, marked by a covariate
 * of their own, on pseudo-patients of either outcome whose weights are half the leverages of Firth's fit.
 *
 * @param design As for `firthRegression`, shape [n, p].
 * @param outcome As for `firthRegression`, shape [n].
 * @throws {InputError} As `firthRegression`.
 * @throws {NumericalError} As `firthRegression`.
 * @source Puhr et al. 2017, Statistics in Medicine 36:2302-2317, section 2.4.
 */
export function firthAddedCovariate(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: CorrectionOptions = {},
): CorrectedFirth {
  const { rows } = design;
  const hat = leveragesOfRows(design, outcome, options);
  const twice = (values: ArrayLike<number>) =>
    Float64Array.from({ length: 2 * rows }, (_, i) => values[i % rows]);
  const columns = Array.from({ length: design.columns }, (_, j) => twice(columnOf(design, j)));
  const isPseudo = Float64Array.from({ length: 2 * rows }, (_, i) => (i < rows ? 0 : 1));
  const { weights, offset } = options;
  const { coefficients } = logisticRegression(
    matrixOfColumns(2 * rows, [...columns, isPseudo]),
    // Equal weights of both outcomes are one row with half an event.
    Float64Array.from({ length: 2 * rows }, (_, i) => (i < rows ? outcome[i] : 0.5)),
    {
      ...options,
      weights: Float64Array.from({ length: 2 * rows }, (_, i) =>
        i < rows ? (weights?.[i] ?? 1) : hat[i - rows],
      ),
      ...(offset === undefined ? {} : { offset: twice(offset) }),
    },
  );
  const own = coefficients.slice(0, design.columns + 1);
  return { coefficients: own, fitted: risksOf(linearOf(design, own, offset)) };
}

/** Leverages of all rows, 0 for rows of weight 0. */
function leveragesOfRows(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: CorrectionOptions,
): Float64Array {
  const { leverages } = firthRegression(design, outcome, options);
  const { weights } = options;
  if (weights === undefined) return leverages;
  let used = 0;
  return weights.map((weight) => (weight > 0 ? leverages[used++] : 0));
}

/** Intercept, offset and the sum of coefficient times predictor; aliased columns add nothing. */
function linearOf(
  design: Matrix,
  coefficients: Float64Array,
  offset: Float64Array | undefined,
): Float64Array {
  const linear = new Float64Array(design.rows).fill(coefficients[0]);
  if (offset !== undefined) addMultiple(linear, 1, offset, 0);
  for (let j = 0; j < design.columns; j++)
    if (!Number.isNaN(coefficients[j + 1]))
      addMultiple(linear, coefficients[j + 1], design.values, j * design.rows);
  return linear;
}

function risksOf(linear: Float64Array): Float64Array {
  return linear.map(logistic);
}
