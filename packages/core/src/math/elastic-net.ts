import { InputError } from "../errors.ts";
import { exp, log, pow } from "./elementary.ts";
import { solveByDescent } from "./elastic-net-descent.ts";
import {
  naturalScale,
  nullPoint,
  type PathPoint,
  penalisedProblem,
  type PenalisedProblem,
} from "./elastic-net-problem.ts";
import { solveRidge } from "./elastic-net-ridge.ts";
import { emptyWorkingSet, type WorkingSet } from "./elastic-net-working-set.ts";
import { columnOf, type Matrix, zeroMatrix } from "./matrix.ts";

/** Settings of {@link elasticNetPath}; what is left out is as in glmnet. */
export interface ElasticNetOptions {
  /** 0 ridge, 1 LASSO. */
  readonly alpha: number;
  /** Penalties in descending order; glmnet's own sequence without them. */
  readonly lambdas?: ArrayLike<number>;
  /** Length of glmnet's sequence; 100 without it. */
  readonly lambdaCount?: number;
  /** Whether columns are divided by their standard deviation (divisor n) for the penalty; true without it. */
  readonly standardise?: boolean;
  /** Relative penalty of each column, 0 for none, shape [p]; all 1 without them. Rescaled to sum to p. */
  readonly penaltyFactors?: ArrayLike<number>;
  /** Glmnet's `thresh`: 1e-9 without it, where glmnet takes 1e-7. */
  readonly tolerance?: number;
}

/** Logistic regressions with elastic net penalty, one per lambda. Constant columns have coefficient 0. */
export interface ElasticNetPath {
  /** Descending, shape [l]. */
  readonly lambdas: Float64Array;
  readonly intercepts: Float64Array;
  /** On the scale of the design, shape [p, l]. */
  readonly coefficients: Matrix;
  /** Share of the null deviance explained, shape [l]. */
  readonly devianceRatios: Float64Array;
  readonly nullDeviance: number;
}

/** Glmnet ends its own sequence where a lambda explains less than this more of the deviance than the one before. */
const LEAST_GAIN = 1e-5;
/** Glmnet ends its own sequence where this share of the deviance is explained. */
const LARGEST_RATIO = 0.999;
/** Glmnet computes as many lambdas before it looks whether to end. */
const LEAST_LAMBDAS = 5;

/**
 * Logistic regressions with elastic net penalty along a descending sequence of lambdas, as glmnet defines them.
 *
 * Without `lambdas` the sequence starts at the least lambda with no penalised coefficient (for alpha below 0.001 as if
 * alpha were 0.001), falls by a constant factor to 1e-4 of it (1e-2 where there are fewer rows than columns), and ends
 * early where the fit hardly improves; as in glmnet the model at the first lambda is then that of an infinite one.
 *
 * @param design Predictors, shape [n, p], without a column of ones.
 * @param outcome 1 = event, 0 = none, shape [n].
 * @throws {InputError} As {@link penalisedProblem}, or lambdas that do not descend or are negative.
 * @source Friedman, Hastie & Tibshirani 2010, J Stat Softw 33(1), equations 1 and 16; glmnet 4.1.
 */
export function elasticNetPath(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: ElasticNetOptions,
): ElasticNetPath {
  const { alpha, standardise = true, penaltyFactors = null, tolerance = 1e-9 } = options;
  const problem = penalisedProblem(design, outcome, { alpha, standardise, factors: penaltyFactors });
  const point = nullPoint(problem);
  const set = emptyWorkingSet(problem, point);
  const points = collector(problem);
  if (options.lambdas !== undefined) {
    for (const lambda of checkLambdas(options.lambdas)) {
      solve(problem, point, set, { lambda, tolerance });
      points.add(lambda, point);
    }
    return points.path();
  }
  solveUnpenalised(problem, point, tolerance);
  const lambdas = lambdaSequence(largestLambda(problem, point), problem, options.lambdaCount ?? 100);
  for (const [index, lambda] of lambdas.entries()) {
    if (index > 0) solve(problem, point, set, { lambda, tolerance });
    if (points.add(lambda, point) && index + 1 >= LEAST_LAMBDAS) break;
  }
  return points.path();
}

function solve(
  problem: PenalisedProblem,
  point: PathPoint,
  set: WorkingSet,
  at: { readonly lambda: number; readonly tolerance: number },
): void {
  if (problem.alpha === 0) solveRidge(problem, point, at);
  else solveByDescent(problem, point, set, at);
}

/** Fits the columns without penalty, which are in the model at every lambda. */
function solveUnpenalised(problem: PenalisedProblem, point: PathPoint, tolerance: number): void {
  if (problem.factors.every((factor) => factor > 0)) return;
  const lasso = { ...problem, alpha: 1 };
  solveByDescent(lasso, point, emptyWorkingSet(lasso, point), { lambda: Number.MAX_VALUE / 1e6, tolerance });
}

function largestLambda(problem: PenalisedProblem, point: PathPoint): number {
  let largest = 0;
  for (let j = 0; j < problem.columns; j++)
    if (problem.usable[j] === 1 && problem.factors[j] > 0)
      largest = Math.max(largest, Math.abs(point.gradient[j]) / problem.factors[j]);
  return largest / Math.max(problem.alpha, 1e-3);
}

function lambdaSequence(largest: number, problem: PenalisedProblem, count: number): Float64Array {
  if (!Number.isInteger(count) || count < 1)
    throw new InputError(`the elastic net needs a whole number of lambdas of at least 1; got ${count}`);
  const ratio = problem.rows < problem.columns ? 1e-2 : 1e-4;
  const factor = pow(ratio, 1 / (count - 1));
  const lambdas = new Float64Array(count);
  for (let k = 0, lambda = largest; k < count; k++, lambda *= factor) lambdas[k] = lambda;
  // Glmnet takes the first back from the next two, which may fall short of the largest by rounding.
  if (count > 2 && largest > 0) lambdas[0] = exp(2 * log(lambdas[1]) - log(lambdas[2]));
  return lambdas;
}

function checkLambdas(lambdas: ArrayLike<number>): Float64Array {
  const checked = Float64Array.from(lambdas);
  for (let k = 0; k < checked.length; k++)
    if (!(checked[k] >= 0) || (k > 0 && checked[k] > checked[k - 1]))
      throw new InputError(
        `the elastic net needs lambdas of at least 0 in descending order; number ${k + 1} is not`,
      );
  return checked;
}

function collector(problem: PenalisedProblem) {
  const lambdas: number[] = [];
  const intercepts: number[] = [];
  const ratios: number[] = [];
  const coefficients: Float64Array[] = [];
  const { nullLoss, rows, columns } = problem;
  return {
    /** Stores the point; true where glmnet would end its sequence. */
    add(lambda: number, point: PathPoint): boolean {
      const natural = naturalScale(problem, point);
      const ratio = 1 - point.loss / nullLoss;
      const gain = ratio - (ratios.at(-1) ?? -Infinity);
      lambdas.push(lambda);
      intercepts.push(natural.intercept);
      coefficients.push(natural.coefficients);
      ratios.push(ratio);
      return ratio > LARGEST_RATIO || gain < LEAST_GAIN;
    },
    path(): ElasticNetPath {
      const matrix = zeroMatrix(columns, lambdas.length);
      coefficients.forEach((column, k) => columnOf(matrix, k).set(column));
      return {
        lambdas: Float64Array.from(lambdas),
        intercepts: Float64Array.from(intercepts),
        coefficients: matrix,
        devianceRatios: Float64Array.from(ratios),
        nullDeviance: 2 * rows * nullLoss,
      };
    },
  };
}
