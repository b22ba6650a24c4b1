import { InputError } from "../errors.ts";
import { dotProduct } from "./dot-product.ts";
import { logit } from "./elementary.ts";
import { evaluateLogisticLoss, logisticTerms, type LogisticTerms } from "./logistic-loss.ts";
import { columnOf, type Matrix } from "./matrix.ts";
import { projectColumns, storedColumn, type StoredMatrix, storeMatrix } from "./stored-matrix.ts";

/** Mean logistic loss plus lambda * sum of factor * (alpha |b| + (1 - alpha) b^2 / 2), on centred and scaled columns. */
export interface PenalisedProblem {
  readonly rows: number;
  /** Columns that are not constant; the others do not take part. */
  readonly columns: number;
  /** Centred and scaled, shape [n, p]; lives as long as the kernel memory that the path is worked out in. */
  readonly design: StoredMatrix;
  /** 0..p-1. */
  readonly all: Int32Array;
  /** Where the columns stand in the design that was given, and how many columns that has. */
  readonly positions: Int32Array;
  readonly given: number;
  readonly means: Float64Array;
  /** Standard deviations with divisor n; 1 where columns are not scaled. */
  readonly scales: Float64Array;
  readonly outcome: Float64Array;
  /** 1 / n for every row. */
  readonly weights: Float64Array;
  /** Penalty factors; over the columns given they sum to their number. */
  readonly factors: Float64Array;
  readonly alpha: number;
  /** Mean loss of the intercept alone. */
  readonly nullLoss: number;
}

/** A point of the path; solvers move it in place. */
export interface PathPoint {
  intercept: number;
  loss: number;
  /** Shape [p], on the scaled columns. */
  readonly coefficients: Float64Array;
  /** Linear predictor of each row, shape [n]. */
  readonly linear: Float64Array;
  readonly terms: LogisticTerms;
  /** Minus the gradient of the mean loss, shape [p]. */
  readonly gradient: Float64Array;
}

/** What {@link penalisedProblem} needs beside the data. */
export interface PenalisedProblemOptions {
  readonly alpha: number;
  readonly standardise: boolean;
  readonly factors: ArrayLike<number> | null;
}

/**
 * The penalised regression on centred and scaled columns, as glmnet sets it up.
 *
 * @param design Shape [n, p]; not changed.
 * @param outcome 0 or 1, shape [n], both of them present.
 * @throws {InputError} Unequal lengths, a value that is not finite, an outcome other than 0 and 1, one class only, a
 *   negative penalty factor, or alpha outside [0, 1].
 */
export function penalisedProblem(
  design: Matrix,
  outcome: ArrayLike<number>,
  { alpha, standardise, factors }: PenalisedProblemOptions,
): PenalisedProblem {
  const { rows } = design;
  checkOutcome(rows, outcome);
  if (!(alpha >= 0 && alpha <= 1))
    throw new InputError(`the elastic net needs alpha in [0, 1]; got ${alpha}`);
  const allFactors = penaltyFactors(factors, design.columns);
  const positions = Int32Array.from({ length: design.columns }, (_, j) => j).filter(
    (j) => !isConstant(columnOf(design, j)),
  );
  const columns = positions.length;
  const scaled = storeMatrix(rows, columns);
  const [means, scales] = [new Float64Array(columns), new Float64Array(columns).fill(1)];
  positions.forEach((position, j) => {
    const column = storedColumn(scaled, j);
    column.set(columnOf(design, position));
    means[j] = centre(column);
    if (standardise) scales[j] = scaleToUnitVariance(column);
  });
  const weights = new Float64Array(rows).fill(1 / rows);
  const response = Float64Array.from(outcome);
  return {
    rows,
    columns,
    design: scaled,
    all: Int32Array.from({ length: columns }, (_, j) => j),
    positions,
    given: design.columns,
    means,
    scales,
    outcome: response,
    weights,
    factors: Float64Array.from(positions, (position) => allFactors[position]),
    alpha,
    nullLoss: evaluateLogisticLoss(nullLinear(response), response, weights, logisticTerms(rows)),
  };
}

function checkOutcome(rows: number, outcome: ArrayLike<number>): void {
  if (outcome.length !== rows)
    throw new InputError(
      `penalised regression needs one outcome per row; got ${outcome.length} for ${rows} rows`,
    );
  let events = 0;
  for (let i = 0; i < rows; i++) {
    if (outcome[i] !== 0 && outcome[i] !== 1)
      throw new InputError(
        "penalised regression needs an outcome of 0 or 1 for every row; got another value; recode it",
      );
    events += outcome[i];
  }
  if (events === 0 || events === rows)
    throw new InputError(
      `penalised regression needs rows with and without the event; got ${events} of ${rows} rows with it`,
    );
}

function penaltyFactors(given: ArrayLike<number> | null, columns: number): Float64Array {
  const factors = given === null ? new Float64Array(columns).fill(1) : Float64Array.from(given);
  const total = factors.reduce((sum, factor) => sum + factor, 0);
  if (factors.length !== columns || !(total > 0 || columns === 0) || factors.some((factor) => !(factor >= 0)))
    throw new InputError(
      `the elastic net needs one penalty factor of at least 0 per column, not all 0; got ${factors.length} for ${columns} columns`,
    );
  return factors.map((factor) => (factor * columns) / total);
}

function isConstant(column: Float64Array): boolean {
  for (const value of column) if (value !== column[0]) return false;
  return Number.isFinite(column[0]) || column.length === 0;
}

function centre(column: Float64Array): number {
  let sum = 0;
  for (const value of column) sum += value;
  const mean = sum / column.length;
  if (!Number.isFinite(mean))
    throw new InputError(
      "penalised regression needs finite predictors; got another value; impute or leave out these rows",
    );
  for (let i = 0; i < column.length; i++) column[i] -= mean;
  return mean;
}

function scaleToUnitVariance(column: Float64Array): number {
  const scale = Math.sqrt(dotProduct(column, 0, column, column.length) / column.length);
  for (let i = 0; i < column.length; i++) column[i] /= scale;
  return scale;
}

function nullLinear(outcome: Float64Array): Float64Array {
  const events = outcome.reduce((sum, y) => sum + y, 0);
  return new Float64Array(outcome.length).fill(logit(events / outcome.length));
}

/** The model of the intercept alone, where every path starts. */
export function nullPoint(problem: PenalisedProblem): PathPoint {
  const linear = nullLinear(problem.outcome);
  const point: PathPoint = {
    intercept: linear[0],
    loss: 0,
    coefficients: new Float64Array(problem.columns),
    linear,
    terms: logisticTerms(problem.rows),
    gradient: new Float64Array(problem.columns),
  };
  evaluatePoint(problem, point);
  updateGradient(problem, point);
  return point;
}

/** Brings loss, probabilities, residuals and curvature in line with `point.linear`; returns the loss. */
export function evaluatePoint(problem: PenalisedProblem, point: PathPoint): number {
  point.loss = evaluateLogisticLoss(point.linear, problem.outcome, problem.weights, point.terms);
  return point.loss;
}

/** Brings the gradient of all columns in line with the residuals. */
export function updateGradient(problem: PenalisedProblem, point: PathPoint): void {
  projectColumns(problem.design, problem.all, point.terms.residual, point.gradient);
}

/** The penalty of the coefficients at a lambda. */
export function penaltyOf(problem: PenalisedProblem, coefficients: Float64Array, lambda: number): number {
  const { alpha, factors } = problem;
  let sum = 0;
  for (let j = 0; j < coefficients.length; j++) {
    const b = coefficients[j];
    if (b !== 0) sum += factors[j] * (alpha * Math.abs(b) + 0.5 * (1 - alpha) * b * b);
  }
  return sum === 0 ? 0 : lambda * sum;
}

/** The intercept and the coefficients of all columns given, on their own scale. */
export function naturalScale(
  problem: PenalisedProblem,
  point: PathPoint,
): { readonly intercept: number; readonly coefficients: Float64Array } {
  const coefficients = new Float64Array(problem.given);
  let intercept = point.intercept;
  for (let j = 0; j < problem.columns; j++) {
    const coefficient = point.coefficients[j] / problem.scales[j];
    coefficients[problem.positions[j]] = coefficient;
    intercept -= coefficient * problem.means[j];
  }
  return { intercept, coefficients };
}
