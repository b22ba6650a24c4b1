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
    outcome: response,
    weights: Float64Array.from(used, (row) => given?.[row] ?? 1),
    offset: Float64Array.from(used, (row) => options.offset?.[row] ?? 0),
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
