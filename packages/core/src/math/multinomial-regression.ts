import { InputError } from "../errors.ts";
import { dotProduct } from "./dot-product.ts";
import { exp, log } from "./elementary.ts";
import { gramMatrix } from "./gram-matrix.ts";
import { type Matrix, zeroMatrix } from "./matrix.ts";
import { type ConvexLoss, minimise } from "./newton-minimum.ts";

/** A multinomial logistic regression. */
export interface MultinomialFit {
  /** Log odds of class c + 1 against class 0 in row c: intercept first, then one per column of the design. */
  readonly coefficients: readonly Float64Array[];
  readonly logLikelihood: number;
  readonly converged: boolean;
  /** Cholesky factor of the information matrix of all coefficients, class after class. */
  readonly factor: Matrix;
}

/** A regression's rows: predictors, class and weight of each. */
export interface ClassData {
  /** Predictors, shape [n, p], without a column of ones. */
  readonly design: Matrix;
  /** Class of each row, 0..classes-1; every class occurs. Shape [n]. */
  readonly response: ArrayLike<number>;
  readonly classes: number;
  /** Case weights above 0, shape [n]. */
  readonly weights: Float64Array;
}

/** Odds of 65 million. */
const LARGEST_LOG_ODDS = 18;

/**
 * A multinomial logistic regression by maximum likelihood; with two classes the logistic regression.
 *
 * @param data Columns on a scale of about one; neither they nor the classes may determine each other.
 * @param search Coefficients near the answer, class after class, zeros without it; and how exactly they are wanted, as
 *   `minimise` has it.
 * @returns Not converged where the classes are separated; the coefficients are then those of the last step.
 * @throws {InputError} Fewer than two classes, or one without a row.
 * @throws {NumericalError} Linearly dependent columns.
 * @source Agresti 2013, Categorical Data Analysis, 8.1.
 */
export function multinomialRegression(
  data: ClassData,
  search: { readonly start?: Float64Array; readonly tolerance?: number } = {},
): MultinomialFit {
  checkClasses(data);
  const { design, classes } = data;
  const width = design.columns + 1;
  const { at, loss, converged, factor } = minimise(
    multinomialLoss(data),
    search.start ?? new Float64Array((classes - 1) * width),
    search.tolerance,
  );
  return {
    coefficients: Array.from({ length: classes - 1 }, (_, c) => at.slice(c * width, (c + 1) * width)),
    logLikelihood: -loss,
    converged: converged && !isFarOut(design, at),
    factor,
  };
}

/** Whether some odds are beyond any that so few rows could show, as on the way to infinity under separation. */
function isFarOut({ rows, columns, values }: Matrix, coefficients: Float64Array): boolean {
  for (let start = 0; start < coefficients.length; start += columns + 1)
    for (let i = 0; i < rows; i++) {
      let linear = coefficients[start];
      for (let j = 0; j < columns; j++) linear += coefficients[start + 1 + j] * values[j * rows + i];
      if (Math.abs(linear) > LARGEST_LOG_ODDS) return true;
    }
  return false;
}

/**
 * Refuses classes without a row.
 *
 * @throws {InputError} Fewer than two classes, or one without a row.
 */
export function checkClasses({ response, classes }: ClassData): void {
  const present = new Set(Array.from(response));
  if (classes < 2 || present.size !== classes)
    throw new InputError(
      `a regression on classes needs two or more, each with a row; got ${present.size} of ${classes} with rows; leave empty classes out`,
    );
}

function withOnes({ rows, columns, values }: Matrix): Matrix {
  const matrix = zeroMatrix(rows, columns + 1);
  matrix.values.fill(1, 0, rows);
  matrix.values.set(values, rows);
  return matrix;
}

function multinomialLoss({ design, response, classes, weights }: ClassData): ConvexLoss {
  const columns = withOnes(design);
  const { rows, columns: width, values } = columns;
  const others = classes - 1;
  // Linear predictors, then probabilities, of the classes but the first: one run of rows a class.
  const probabilities = new Float64Array(others * rows);
  return {
    value: (at) => {
      probabilities.fill(0);
      for (let c = 0; c < others; c++)
        for (let j = 0; j < width; j++) {
          const coefficient = at[c * width + j];
          for (let i = 0; i < rows; i++) probabilities[c * rows + i] += coefficient * values[j * rows + i];
        }
      return toProbabilities(probabilities, response, weights, others);
    },
    derivatives: () => {
      const score = new Float64Array(others * width);
      const information = zeroMatrix(others * width, others * width);
      const factor = new Float64Array(rows);
      for (let a = 0; a < others; a++) {
        for (let i = 0; i < rows; i++)
          factor[i] = weights[i] * ((response[i] === a + 1 ? 1 : 0) - probabilities[a * rows + i]);
        for (let j = 0; j < width; j++) score[a * width + j] = dotProduct(values, j * rows, factor, rows);
        for (let b = a; b < others; b++) {
          for (let i = 0; i < rows; i++)
            factor[i] =
              weights[i] * probabilities[a * rows + i] * ((a === b ? 1 : 0) - probabilities[b * rows + i]);
          writeBlock(information, gramMatrix(columns, factor), a * width, b * width);
        }
      }
      return { score, information };
    },
  };
}

/** Writes a symmetric block at a row and a column, and into its mirror image. */
function writeBlock(information: Matrix, block: Matrix, top: number, left: number): void {
  const size = information.rows;
  const width = block.rows;
  for (let j = 0; j < width; j++)
    for (let k = 0; k < width; k++) {
      const entry = block.values[k * width + j];
      information.values[(left + k) * size + top + j] = entry;
      information.values[(top + j) * size + left + k] = entry;
    }
}

/**
 * Minus the weighted log likelihood.
 *
 * @param linear Linear predictors; overwritten with probabilities.
 */
function toProbabilities(
  linear: Float64Array,
  response: ArrayLike<number>,
  weights: Float64Array,
  others: number,
): number {
  const rows = weights.length;
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    let largest = 0;
    for (let c = 0; c < others; c++) largest = Math.max(largest, linear[c * rows + i]);
    const own = response[i] === 0 ? 0 : linear[(response[i] - 1) * rows + i];
    let total = exp(-largest);
    for (let c = 0; c < others; c++) {
      const odds = exp(linear[c * rows + i] - largest);
      linear[c * rows + i] = odds;
      total += odds;
    }
    loss += weights[i] * (largest + log(total) - own);
    for (let c = 0; c < others; c++) linear[c * rows + i] /= total;
  }
  return loss;
}
