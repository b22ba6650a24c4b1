import { InputError, NumericalError } from "../errors.ts";
import { choleskyInverse, choleskyOrNull, choleskySolve } from "./cholesky.ts";
import { addMultiple, dotProduct } from "./dot-product.ts";
import { combination, informationMatrix, projections } from "./logistic-information.ts";
import { type LogisticInput, logisticInput, type LogisticRegressionOptions } from "./logistic-input.ts";
import { evaluateLogisticLoss, logisticTerms, type LogisticTerms } from "./logistic-loss.ts";
import { separates } from "./logistic-separation.ts";
import { columnOf, type Matrix, zeroMatrix } from "./matrix.ts";
import { mean, sampleStandardDeviation } from "./statistics.ts";

/** A logistic regression with a quadratic penalty; the intercept comes first and has none. */
export interface QuadraticPenaltyFit {
  readonly coefficients: Float64Array;
  /** Inverse of the information plus the penalty. */
  readonly covariance: Matrix;
  /** Without the penalty. */
  readonly logLikelihood: number;
  /** Slopes that the data are free to choose, from 0 under an infinite penalty to their number without one. */
  readonly effectiveDegreesOfFreedom: number;
  readonly iterations: number;
}

const MAXIMUM_ITERATIONS = 60;

/**
 * The logistic regression that maximises the log likelihood less half of b' P b: with Harrell's penalty matrix times a
 * number, `rms::lrm(penalty = number)`.
 *
 * @param design Predictors, shape [n, p], without a column of ones.
 * @param outcome 1 = event, 0 = none, shape [n].
 * @param penalty P, symmetric and positive semidefinite, shape [p, p].
 * @throws {InputError} As `logisticRegression`, a constant column, or a penalty of another shape.
 * @throws {NumericalError} No finite maximum: the penalty leaves columns free that depend on each other or separate the
 *   outcomes.
 * @source Harrell 2015, Regression Modeling Strategies, 9.10, equations 9.65 to 9.67; Gray 1992, JASA 87:942-951.
 */
export function quadraticPenaltyRegression(
  design: Matrix,
  outcome: ArrayLike<number>,
  penalty: Matrix,
  options: Omit<LogisticRegressionOptions, "intercept" | "aliasTolerance" | "start"> = {},
): QuadraticPenaltyFit {
  const size = design.columns;
  if (penalty.rows !== size || penalty.columns !== size)
    throw new InputError(
      `a quadratic penalty needs a matrix of one row and column per predictor; got ${penalty.rows} by ${penalty.columns} for ${size}`,
    );
  const { input, means, scales } = standardised(logisticInput(design, outcome, options));
  const scaled = zeroMatrix(size + 1, size + 1);
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++)
      scaled.values[(a + 1) * (size + 1) + b + 1] =
        penalty.values[a * size + b] / (scales[a + 1] * scales[b + 1]);
  const { coefficients, covariance, logLikelihood, iterations } = maximise(input, scaled);
  let shrunken = 0;
  for (let k = 0; k < covariance.values.length; k++) shrunken += scaled.values[k] * covariance.values[k];
  return {
    ...naturalScale(coefficients, covariance, { means, scales }),
    logLikelihood,
    // tr(I (I + P)^-1) = p - tr(P (I + P)^-1).
    effectiveDegreesOfFreedom: size - shrunken,
    iterations,
  };
}

interface Scale {
  /** 0 and 1 for the intercept. */
  readonly means: Float64Array;
  readonly scales: Float64Array;
}

/** The columns centred and divided by their standard deviation, which changes no fit but its rounding. */
function standardised(input: LogisticInput): Scale & { readonly input: LogisticInput } {
  const { rows, columns } = input.matrix;
  const matrix = { rows, columns, values: Float64Array.from(input.matrix.values) };
  const means = new Float64Array(columns);
  const scales = new Float64Array(columns).fill(1);
  for (let j = 1; j < columns; j++) {
    const column = columnOf(matrix, j);
    means[j] = mean(column);
    scales[j] = sampleStandardDeviation(column);
    if (!(scales[j] > 0))
      throw new InputError(
        `penalised regression needs predictors that vary; number ${j} is constant; leave it out`,
      );
    for (let i = 0; i < rows; i++) column[i] = (column[i] - means[j]) / scales[j];
  }
  return { input: { ...input, matrix }, means, scales };
}

interface PenalisedPoint {
  readonly coefficients: Float64Array;
  readonly terms: LogisticTerms;
  readonly logLikelihood: number;
  /** Log likelihood less the penalty. */
  readonly value: number;
}

function maximise(input: LogisticInput, penalty: Matrix) {
  const { matrix } = input;
  const size = matrix.columns;
  let point = pointAt(input, penalty, new Float64Array(size));
  for (let iterations = 1; iterations <= MAXIMUM_ITERATIONS; iterations++) {
    const curvature = informationMatrix(matrix, point.terms.curvature);
    for (let k = 0; k < size * size; k++) curvature.values[k] += penalty.values[k];
    const factor = choleskyOrNull(curvature);
    if (factor === null) break;
    const gradient = projections(matrix, point.terms.residual);
    addMultiple(gradient, -1, combination(penalty, point.coefficients), 0);
    const step = choleskySolve(factor, gradient);
    if (dotProduct(step, 0, gradient, size) < 1e-15 * (Math.abs(point.value) + 0.1))
      return { ...point, covariance: choleskyInverse(factor), iterations };
    if (isFree(penalty, step) && separates(combination(matrix, step), input.outcome)) break;
    point = lineSearch(input, penalty, point, step);
  }
  throw new NumericalError(
    "a quadratic penalty needs to hold back columns that depend on each other or separate the outcomes; it leaves some free; raise it",
  );
}

/** Whether a penalty does not mind a step, so that nothing holds back one that separates the outcomes. */
function isFree(penalty: Matrix, step: Float64Array): boolean {
  const size = step.length;
  return dotProduct(step, 0, combination(penalty, step), size) <= 1e-12 * dotProduct(step, 0, step, size);
}

function lineSearch(
  input: LogisticInput,
  penalty: Matrix,
  point: PenalisedPoint,
  step: Float64Array,
): PenalisedPoint {
  for (let share = 1; share > 1e-10; share /= 2) {
    const coefficients = Float64Array.from(point.coefficients);
    addMultiple(coefficients, share, step, 0);
    const next = pointAt(input, penalty, coefficients);
    if (next.value >= point.value - 1e-14 * Math.abs(point.value)) return next;
  }
  return point;
}

function pointAt(input: LogisticInput, penalty: Matrix, coefficients: Float64Array): PenalisedPoint {
  const linear = combination(input.matrix, coefficients);
  addMultiple(linear, 1, input.offset, 0);
  const terms = logisticTerms(linear.length);
  const logLikelihood = -evaluateLogisticLoss(linear, input.outcome, input.weights, terms);
  const size = coefficients.length;
  const bent = dotProduct(coefficients, 0, combination(penalty, coefficients), size);
  return { coefficients, terms, logLikelihood, value: logLikelihood - 0.5 * bent };
}

/** Coefficients and covariance of the columns as they were given. */
function naturalScale(
  coefficients: Float64Array,
  covariance: Matrix,
  { means, scales }: Scale,
): { readonly coefficients: Float64Array; readonly covariance: Matrix } {
  const size = coefficients.length;
  const back = zeroMatrix(size, size);
  for (let j = 0; j < size; j++) {
    back.values[j * (size + 1)] = 1 / scales[j];
    if (j > 0) back.values[j * size] = -means[j] / scales[j];
  }
  const natural = zeroMatrix(size, size);
  const half = Array.from({ length: size }, (_, j) => combination(back, columnOf(covariance, j)));
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += half[k][a] * back.values[k * size + b];
      natural.values[b * size + a] = sum;
    }
  return { coefficients: combination(back, coefficients), covariance: natural };
}
