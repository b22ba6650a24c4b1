import { InputError } from "../errors.ts";
import { choleskyFactor, choleskyInverse, choleskySolve } from "./cholesky.ts";
import { addMultiple, dotProduct } from "./dot-product.ts";
import { log } from "./elementary.ts";
import { evaluateLogisticLoss, logisticTerms, type LogisticTerms } from "./logistic-loss.ts";
import { separates, separatingColumns } from "./logistic-separation.ts";
import { columnOf, type Matrix, zeroMatrix } from "./matrix.ts";
import { invertTriangle, orthonormalise, solveTriangle } from "./qr.ts";

/** Settings of {@link logisticRegression}; what is left out is not used. */
export interface LogisticRegressionOptions {
  /** Added to the linear predictor, shape [n]. */
  readonly offset?: Float64Array;
  /** Case weights of at least 0, shape [n]; rows of weight 0 do not take part. */
  readonly weights?: Float64Array;
  /** Whether a column of ones stands before the design; true without it. */
  readonly intercept?: boolean;
  /** A column is aliased when less than this share of it is new; 1e-11 without it, as R's glm. */
  readonly aliasTolerance?: number;
}

/** A logistic regression by maximum likelihood. Positions count the intercept, where there is one, as column 0. */
export interface LogisticFit {
  /** Intercept first if any; NaN where the column is aliased. */
  readonly coefficients: Float64Array;
  /** Inverse of the Fisher information; rows and columns of aliased coefficients are NaN. */
  readonly covariance: Matrix;
  readonly logLikelihood: number;
  readonly deviance: number;
  readonly iterations: number;
  /** Columns that depend linearly on columns to their left. */
  readonly aliased: readonly number[];
  /** False where the coefficients are no estimate: separation, or no convergence. */
  readonly converged: boolean;
  /** True where no finite estimate exists; the coefficients are then those of the last step on the way to infinity. */
  readonly separated: boolean;
  /** The columns that separate the outcomes; empty without separation. */
  readonly separatingColumns: readonly number[];
}

const MAXIMUM_ITERATIONS = 60;

/**
 * A logistic regression by maximum likelihood: Newton's method on an orthonormal basis of the design.
 *
 * @param design Predictors, shape [n, p], without a column of ones.
 * @param outcome 1 = event, 0 = none, or a share of events; shape [n].
 * @throws {InputError} Unequal lengths, a value that is not finite, an outcome outside [0, 1], a negative weight, or
 *   outcomes that are all 0 or all 1.
 * @source McCullagh & Nelder 1989, Generalized Linear Models, 4.4; columns are aliased as in R's glm.
 * @example logisticRegression({ rows: 4, columns: 1, values: Float64Array.of(0, 0, 1, 1) }, [1, 0, 0, 1]).coefficients // => [0,0]
 */
export function logisticRegression(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: LogisticRegressionOptions = {},
): LogisticFit {
  checkInput(design, outcome, options);
  const { matrix, response, weights, offset } = prepare(design, outcome, options);
  const decomposition = orthonormalise(matrix, options.aliasTolerance ?? 1e-11);
  const { basis, triangle, kept, aliased } = decomposition;
  const search = newton(basis, response, weights, offset);
  const columns = matrix.columns;
  const coefficients = new Float64Array(columns).fill(NaN);
  const solution = solveTriangle(triangle, search.coordinates);
  kept.forEach((column, k) => (coefficients[column] = solution[k]));
  const information = informationMatrix(basis, search.terms.curvature);
  return {
    coefficients,
    covariance: naturalCovariance(information, triangle, kept, columns),
    logLikelihood: -search.loss,
    deviance: 2 * (search.loss - saturatedLoss(response, weights)),
    iterations: search.iterations,
    aliased,
    converged: search.converged,
    separated: search.separated,
    separatingColumns: search.separated ? separatingColumns(search.step, decomposition, matrix) : [],
  };
}

function checkInput(design: Matrix, outcome: ArrayLike<number>, options: LogisticRegressionOptions): void {
  const { offset, weights } = options;
  for (const [name, values] of [
    ["outcome", outcome],
    ["offset", offset],
    ["weights", weights],
  ] as const)
    if (values !== undefined && values.length !== design.rows)
      throw new InputError(
        `logistic regression needs one value of ${name} per row; got ${values.length} for ${design.rows} rows`,
      );
  const finite = [design.values, offset ?? [], weights ?? []].every((values) =>
    values.every(Number.isFinite),
  );
  if (!finite)
    throw new InputError(
      "logistic regression needs finite predictors, offsets and weights; got another value; impute or leave out these rows",
    );
  if (weights?.some((weight) => weight < 0))
    throw new InputError("logistic regression needs weights of at least 0; got a negative one");
}

/** Puts the ones before the design and leaves out rows of weight 0. */
function prepare(design: Matrix, outcome: ArrayLike<number>, options: LogisticRegressionOptions) {
  const given = options.weights;
  const used: number[] = [];
  for (let i = 0; i < design.rows; i++) if (given === undefined || given[i] > 0) used.push(i);
  const first = (options.intercept ?? true) ? 1 : 0;
  const matrix = zeroMatrix(used.length, design.columns + first);
  if (first === 1) columnOf(matrix, 0).fill(1);
  for (let j = 0; j < design.columns; j++) {
    const target = columnOf(matrix, j + first);
    const source = columnOf(design, j);
    used.forEach((row, i) => (target[i] = source[row]));
  }
  const response = Float64Array.from(used, (row) => outcome[row]);
  if (!response.every((y) => y >= 0 && y <= 1))
    throw new InputError(
      "logistic regression needs an outcome of 0 or 1 for every row; got another value; recode it",
    );
  if (response.every((y) => y === 0) || response.every((y) => y === 1))
    throw new InputError(
      `logistic regression needs rows with and without the event; got ${response.length} rows of one class`,
    );
  return {
    matrix,
    response,
    weights: Float64Array.from(used, (row) => given?.[row] ?? 1),
    offset: Float64Array.from(used, (row) => options.offset?.[row] ?? 0),
  };
}

interface Search {
  readonly coordinates: Float64Array;
  readonly step: Float64Array;
  readonly terms: LogisticTerms;
  readonly loss: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly separated: boolean;
}

function newton(basis: Matrix, outcome: Float64Array, weights: Float64Array, offset: Float64Array): Search {
  const { rows, columns: rank } = basis;
  const terms = logisticTerms(rows);
  const coordinates = new Float64Array(rank);
  const linear = Float64Array.from(offset);
  let loss = evaluateLogisticLoss(linear, outcome, weights, terms);
  let step: Float64Array = new Float64Array(rank);
  for (let iterations = 1; iterations <= MAXIMUM_ITERATIONS; iterations++) {
    const score = projections(basis, terms.residual);
    step = choleskySolve(choleskyFactor(informationMatrix(basis, terms.curvature)), score);
    const change = combination(basis, step);
    let share = 1;
    const before = Float64Array.from(linear);
    const lossBefore = loss;
    for (;;) {
      for (let i = 0; i < rows; i++) linear[i] = before[i] + share * change[i];
      loss = evaluateLogisticLoss(linear, outcome, weights, terms);
      // Below 1e-8 the step is rounding noise and the loss cannot fall any more.
      if (loss <= lossBefore * (1 + 1e-14) || share < 1e-8) break;
      share /= 2;
    }
    for (let k = 0; k < rank; k++) coordinates[k] += share * step[k];
    const result = { coordinates, step, terms, loss, iterations };
    // Twice the loss that the quadratic model expects to save; Newton's error after the step is its square.
    if (dotProduct(step, 0, score, rank) < 1e-15 * (loss + 0.1))
      return { ...result, converged: true, separated: false };
    if (separates(change, outcome)) return { ...result, converged: false, separated: true };
  }
  return {
    coordinates,
    step,
    terms,
    loss,
    iterations: MAXIMUM_ITERATIONS,
    converged: false,
    separated: false,
  };
}

function projections(basis: Matrix, vector: Float64Array): Float64Array {
  return Float64Array.from({ length: basis.columns }, (_, k) =>
    dotProduct(basis.values, k * basis.rows, vector, basis.rows),
  );
}

function combination(basis: Matrix, coordinates: Float64Array): Float64Array {
  const sum = new Float64Array(basis.rows);
  for (let k = 0; k < basis.columns; k++) addMultiple(sum, coordinates[k], basis.values, k * basis.rows);
  return sum;
}

/** The Fisher information Q' W Q. */
function informationMatrix(basis: Matrix, curvature: Float64Array): Matrix {
  const { rows, columns: rank, values } = basis;
  const information = zeroMatrix(rank, rank);
  const weighted = new Float64Array(rows);
  for (let j = 0; j < rank; j++) {
    for (let i = 0; i < rows; i++) weighted[i] = curvature[i] * values[j * rows + i];
    for (let k = j; k < rank; k++) {
      const entry = dotProduct(values, k * rows, weighted, rows);
      information.values[j * rank + k] = information.values[k * rank + j] = entry;
    }
  }
  return information;
}

/** R^-1 (Q' W Q)^-1 R^-T, spread over all columns. */
function naturalCovariance(
  information: Matrix,
  triangle: Matrix,
  kept: readonly number[],
  columns: number,
): Matrix {
  const rank = kept.length;
  const covariance = zeroMatrix(columns, columns);
  covariance.values.fill(NaN);
  const inverse = choleskyInverse(choleskyFactor(information));
  const back = invertTriangle(triangle);
  const half = Array.from({ length: rank }, (_, j) => combination(back, columnOf(inverse, j)));
  for (let a = 0; a < rank; a++)
    for (let b = a; b < rank; b++) {
      let sum = 0;
      for (let k = b; k < rank; k++) sum += half[k][a] * back.values[k * rank + b];
      covariance.values[kept[a] * columns + kept[b]] = covariance.values[kept[b] * columns + kept[a]] = sum;
    }
  return covariance;
}

function saturatedLoss(outcome: Float64Array, weights: Float64Array): number {
  let loss = 0;
  for (let i = 0; i < outcome.length; i++) {
    const y = outcome[i];
    if (y > 0 && y < 1) loss -= weights[i] * (y * log(y) + (1 - y) * log(1 - y));
  }
  return loss;
}
