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
import { ridgeWorkspace, type RidgeWorkspace, solveRidge } from "./elastic-net-ridge.ts";
import { emptyWorkingSet, type WorkingSet } from "./elastic-net-working-set.ts";
import { inKernelMemory } from "./kernel-memory.ts";
import type { Matrix } from "./matrix.ts";

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
  /** Glmnet's `thresh`, 1e-7 without it. */
  readonly tolerance?: number;
}

/** Where a descending sequence of lambdas has got to; {@link advance} moves it on. */
export interface PathFollower {
  readonly problem: PenalisedProblem;
  readonly point: PathPoint;
  readonly set: WorkingSet;
  readonly workspace: RidgeWorkspace;
  readonly tolerance: number;
}

/** The lambdas of a path, descending. */
export interface LambdaSequence {
  readonly lambdas: Float64Array;
  /** Whether they are glmnet's own: the first model is then that of an infinite lambda, and the sequence may end early. */
  readonly firstIsInfinite: boolean;
}

/** The model at one lambda, on the scale of the design. */
export interface PenalisedModel {
  readonly lambda: number;
  readonly intercept: number;
  /** Shape [p]; 0 for constant columns. */
  readonly coefficients: Float64Array;
  /** Share of the null deviance explained. */
  readonly devianceRatio: number;
}

/** Logistic regressions with elastic net penalty, one per lambda. */
export interface ElasticNetPath {
  readonly models: readonly PenalisedModel[];
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
 * @throws {InputError} As `penalisedProblem`, or lambdas that do not descend or are negative.
 * @source Friedman, Hastie & Tibshirani 2010, J Stat Softw 33(1), equations 1 and 16; glmnet 4.1.
 */
export function elasticNetPath(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: ElasticNetOptions,
): ElasticNetPath {
  return inKernelMemory(() => {
    const follower = startPath(design, outcome, options);
    const models: PenalisedModel[] = [];
    const { lambdas, firstIsInfinite } = sequenceOf(follower, options);
    for (const lambda of lambdas) {
      models.push(
        firstIsInfinite && models.length === 0 ? startModel(follower, lambda) : advance(follower, lambda),
      );
      if (options.lambdas === undefined && endsSequence(models)) break;
    }
    return { models, nullDeviance: 2 * design.rows * follower.problem.nullLoss };
  });
}

/**
 * A path before its first lambda: the columns without penalty fitted, all others at 0. Arguments as {@link elasticNetPath}.
 *
 * It lives inside `inKernelMemory`.
 */
export function startPath(
  design: Matrix,
  outcome: ArrayLike<number>,
  options: ElasticNetOptions,
): PathFollower {
  const { alpha, standardise = true, penaltyFactors = null, tolerance = 1e-7 } = options;
  const problem = penalisedProblem(design, outcome, { alpha, standardise, factors: penaltyFactors });
  const point = nullPoint(problem);
  if (problem.factors.some((factor) => factor === 0)) {
    const lasso = { ...problem, alpha: 1 };
    solveByDescent(lasso, point, emptyWorkingSet(lasso, point), {
      lambda: Number.MAX_VALUE / 1e6,
      tolerance,
    });
  }
  return {
    problem,
    point,
    set: emptyWorkingSet(problem, point),
    workspace: ridgeWorkspace(problem),
    tolerance,
  };
}

/** The model before the first lambda, under the name of `lambda`. */
export function startModel({ problem, point }: PathFollower, lambda: number): PenalisedModel {
  return { lambda, ...naturalScale(problem, point), devianceRatio: 1 - point.loss / problem.nullLoss };
}

/**
 * Moves a path on to a lambda and returns the model there.
 *
 * @param lambda At least 0; starting from the lambda before makes it quick, any order is right.
 */
export function advance(follower: PathFollower, lambda: number): PenalisedModel {
  const { problem, point, set, workspace, tolerance } = follower;
  if (problem.alpha === 0) solveRidge(problem, point, workspace, { lambda, tolerance });
  else solveByDescent(problem, point, set, { lambda, tolerance });
  return startModel(follower, lambda);
}

/** The lambdas asked for, or glmnet's sequence for a path at its start, whose first model is that of an infinite lambda. */
export function sequenceOf(follower: PathFollower, options: ElasticNetOptions): LambdaSequence {
  if (options.lambdas !== undefined)
    return { lambdas: checkLambdas(options.lambdas), firstIsInfinite: false };
  const { problem, point } = follower;
  const count = options.lambdaCount ?? 100;
  if (!Number.isInteger(count) || count < 1)
    throw new InputError(`the elastic net needs a whole number of lambdas of at least 1; got ${count}`);
  const largest = largestLambda(problem, point);
  const factor = pow(problem.rows < problem.columns ? 1e-2 : 1e-4, 1 / (count - 1));
  const lambdas = new Float64Array(count);
  for (let k = 0, lambda = largest; k < count; k++, lambda *= factor) lambdas[k] = lambda;
  // Glmnet takes the first back from the next two, which may fall short of the largest by rounding.
  if (count > 2 && largest > 0) lambdas[0] = exp(2 * log(lambdas[1]) - log(lambdas[2]));
  return { lambdas, firstIsInfinite: true };
}

/** Whether glmnet would end its own sequence after these models. */
export function endsSequence(models: readonly PenalisedModel[]): boolean {
  if (models.length < LEAST_LAMBDAS) return false;
  const [before, last] = [models[models.length - 2].devianceRatio, models[models.length - 1].devianceRatio];
  return last > LARGEST_RATIO || last - before < LEAST_GAIN;
}

function largestLambda(problem: PenalisedProblem, point: PathPoint): number {
  let largest = 0;
  for (let j = 0; j < problem.columns; j++)
    if (problem.factors[j] > 0) largest = Math.max(largest, Math.abs(point.gradient[j]) / problem.factors[j]);
  return largest / Math.max(problem.alpha, 1e-3);
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
