import { InputError } from "../errors.ts";
import { columnOf, type Matrix, zeroMatrix } from "./matrix.ts";

/** Settings of a logistic regression; what is left out is not used. */
export interface LogisticRegressionOptions {
  /** Added to the linear predictor, shape [n]. */
  readonly offset?: Float64Array;
  /** Case weights of at least 0, shape [n]; rows of weight 0 do not take part. */
  readonly weights?: Float64Array;
  /** Whether a column of ones stands before the design; true without it. */
  readonly intercept?: boolean;
  /** A column is aliased when less than this share of it is new; 1e-11 without it, as R's glm. */
  readonly aliasTolerance?: number;
  /** Coefficients to start from, intercept first if any; changes how soon the search ends, not where. Zeros without it. */
  readonly start?: ArrayLike<number>;
}

/** The rows that take part in a logistic regression. */
export interface LogisticInput {
  /** With the column of ones in front where there is an intercept. */
  readonly matrix: Matrix;
  readonly outcome: Float64Array;
  readonly weights: Float64Array;
  readonly offset: Float64Array;
}

/**
 * Rows of positive weight, checked, with the column of ones before the design.
 *
 * @param design Shape [n, p], without a column of ones.
 * @param outcome 1 = event, 0 = none, or a share of events; shape [n].
 * @throws {InputError} Unequal lengths, a value that is not finite, an outcome outside [0, 1], a negative weight, or
 *   outcomes that are all 0 or all 1.
 */
export function logisticInput(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: LogisticRegressionOptions,
): LogisticInput {
  checkInput(design, outcome, options);
  const { weights, offset } = options;
  const used = weights === undefined ? null : rowsOfPositive(weights);
  const rows = used === null ? design.rows : used.length;
  const first = (options.intercept ?? true) ? 1 : 0;
  const matrix = zeroMatrix(rows, design.columns + first);
  if (first === 1) columnOf(matrix, 0).fill(1);
  for (let j = 0; j < design.columns; j++) columnOf(matrix, j + first).set(taken(columnOf(design, j), used));
  const response = new Float64Array(rows);
  response.set(taken(outcome, used));
  checkOutcome(response);
  const ones = new Float64Array(rows).fill(1);
  return {
    matrix,
    outcome: response,
    weights: weights === undefined ? ones : Float64Array.from(taken(weights, used)),
    offset: offset === undefined ? new Float64Array(rows) : Float64Array.from(taken(offset, used)),
  };
}

function rowsOfPositive(weights: Float64Array): number[] {
  return [...weights.keys()].filter((row) => weights[row] > 0);
}

/** The values of some rows; all of them where `rows` is null. */
function taken(values: ArrayLike<number>, rows: readonly number[] | null): ArrayLike<number> {
  return rows === null ? values : Float64Array.from(rows, (row) => values[row]);
}

function checkOutcome(response: Float64Array): void {
  let [lowest, highest] = [1, 0];
  for (const y of response) {
    if (!(y >= 0 && y <= 1))
      throw new InputError(
        "logistic regression needs an outcome of 0 or 1 for every row; got another value; recode it",
      );
    if (y < lowest) lowest = y;
    if (y > highest) highest = y;
  }
  if (highest === 0 || lowest === 1)
    throw new InputError(
      `logistic regression needs rows with and without the event; got ${response.length} rows of one class`,
    );
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
  if (!isFiniteThroughout(design.values) || !isFiniteThroughout(offset) || !isFiniteThroughout(weights))
    throw new InputError(
      "logistic regression needs finite predictors, offsets and weights; got another value; impute or leave out these rows",
    );
  if (weights?.some((weight) => weight < 0))
    throw new InputError("logistic regression needs weights of at least 0; got a negative one");
}

function isFiniteThroughout(values: Float64Array | undefined): boolean {
  if (values === undefined) return true;
  // A value that is not finite leaves its difference with itself NaN, and so the sum.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] - values[i];
  return sum === 0;
}
