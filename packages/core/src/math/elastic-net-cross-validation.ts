import { InputError } from "../errors.ts";
import { addMultiple } from "./dot-product.ts";
import {
  type PenaltyCurve,
  penaltyCurve,
  type PenaltyMeasure,
  penaltyPerformance,
} from "./elastic-net-curve.ts";
import {
  advance,
  type ElasticNetOptions,
  endsSequence,
  type LambdaSequence,
  type PathFollower,
  type PenalisedModel,
  sequenceOf,
  startModel,
  startPath,
} from "./elastic-net.ts";
import { inKernelMemory } from "./kernel-memory.ts";
import { type Matrix, takeRows } from "./matrix.ts";

/** A sequence is given up only this many lambdas past the best one: a first bump says little. */
const LEAST_AHEAD = 15;
/** Lambdas that a fold follows before the next fold has its turn, where all of them may stop early. */
const STRETCH = 10;

/** Settings of a cross-validation; what is left out is as in cv.glmnet. */
export interface PenaltyChoiceOptions extends ElasticNetOptions {
  /** What the curve counts; the deviance without it. */
  readonly measure?: PenaltyMeasure;
  /**
   * The sequence ends where the mean is worse than the best so far by more than this many of its standard errors: a
   * lambda further down would not be chosen. Never without it, as in cv.glmnet.
   */
  readonly patience?: number;
}

/** One fold: patients to learn from, prepared without the others, and patients to predict. */
export interface FoldDesign {
  readonly training: Matrix;
  readonly outcome: ArrayLike<number>;
  /** Same columns as `training`; the columns of other folds may differ. */
  readonly testing: Matrix;
  /** Rows of the whole that `testing` holds. */
  readonly rows: readonly number[];
}

/** The path of all rows, and how its lambdas did in cross-validation. */
export interface CrossValidatedPath {
  /** One per lambda. */
  readonly models: readonly PenalisedModel[];
  readonly curve: PenaltyCurve;
  /** Linear predictor of each row from the fold that did not see it: one array of shape [n] per lambda. */
  readonly outOfFold: readonly Float64Array[];
}

/**
 * The penalised path of all rows with the cross-validated performance of its lambdas, as cv.glmnet with given folds.
 *
 * @param design Predictors, shape [n, p]; standardised anew within every fold.
 * @param outcome 0 or 1, shape [n].
 * @param folds Fold of each row, 0..k-1 with k at least 3, shape [n].
 * @throws {InputError} As {@link crossValidatePath}, or a number of folds that differs from that of the rows.
 * @source Friedman, Hastie & Tibshirani 2010, J Stat Softw 33(1), section 6.
 */
export function crossValidateElasticNet(
  design: Matrix,
  outcome: ArrayLike<number>,
  folds: Int32Array,
  options: PenaltyChoiceOptions,
): CrossValidatedPath {
  if (folds.length !== design.rows)
    throw new InputError(
      `cross-validation needs one fold per row; got ${folds.length} for ${design.rows} rows`,
    );
  const designs = [...new Set(folds)].map((fold) => {
    const training = rowsWhere(folds, (other) => other !== fold);
    const rows = rowsWhere(folds, (other) => other === fold);
    return {
      training: takeRows(design, training),
      outcome: training.map((row) => outcome[row]),
      testing: takeRows(design, rows),
      rows,
    };
  });
  return crossValidatePath({ design, outcome }, designs, options);
}

function rowsWhere(folds: Int32Array, wanted: (fold: number) => boolean): number[] {
  return Array.from(folds.keys()).filter((row) => wanted(folds[row]));
}

/**
 * The penalised path of all rows with the performance of its lambdas in folds that were prepared one by one.
 *
 * All paths move down the lambdas of all rows together, so that the sequence can end once it is of no more use.
 *
 * @param whole Design and outcome of all rows.
 * @param folds At least 3; every row stands in one of them.
 * @throws {InputError} Fewer than 3 folds, or as `elasticNetPath` for the whole or a fold, e.g. one class only.
 */
export function crossValidatePath(
  whole: { readonly design: Matrix; readonly outcome: ArrayLike<number> },
  folds: readonly FoldDesign[],
  options: PenaltyChoiceOptions,
): CrossValidatedPath {
  if (folds.length < 3)
    throw new InputError(`cross-validation of a penalty needs at least 3 folds; got ${folds.length}`);
  return inKernelMemory(() => followPaths(whole, folds, options));
}

function followPaths(
  whole: { readonly design: Matrix; readonly outcome: ArrayLike<number> },
  folds: readonly FoldDesign[],
  options: PenaltyChoiceOptions,
): CrossValidatedPath {
  const { measure = "deviance", patience = Infinity } = options;
  const follower = startPath(whole.design, whole.outcome, options);
  const members = folds.map((fold) => fold.rows);
  const sequence = sequenceOf(follower, options);
  const models: PenalisedModel[] = [];
  const outOfFold: Float64Array[] = [];
  const performances: { mean: number; standardError: number }[] = [];
  // Who may stop early looks at all folds after every stretch; the others follow one fold after the other to its end.
  const stretch = patience === Infinity ? sequence.lambdas.length : STRETCH;
  const followers = patience === Infinity ? null : folds.map((fold) => startFold(fold, options));
  for (
    let from = 0;
    from === models.length && !isHopeless(performances, measure, patience);
    from += stretch
  ) {
    const next = followWhole(follower, sequence, models, stretch);
    if (next.length === 0) break;
    const predictions =
      followers === null
        ? folds.map((fold) => inKernelMemory(() => followFold(startFold(fold, options), fold, next)))
        : folds.map((fold, index) => followFold(followers[index], fold, next));
    outOfFold.push(...joinFolds(folds, predictions, next.length));
    for (let k = from; k < models.length && !isHopeless(performances, measure, patience); k++)
      performances.push(penaltyPerformance(outOfFold[k], whole.outcome, members, measure));
    models.length = outOfFold.length = performances.length;
  }
  return { models, curve: penaltyCurve(performances, measure), outOfFold };
}

/** Adds the models of the next stretch of lambdas, or as far as the sequence goes, and returns these lambdas. */
function followWhole(
  follower: PathFollower,
  { lambdas, firstIsInfinite }: LambdaSequence,
  models: PenalisedModel[],
  stretch: number,
): Float64Array {
  const from = models.length;
  for (const lambda of lambdas.subarray(from, from + stretch)) {
    // Only glmnet's own sequence, whose first lambda is infinite, ends by itself.
    if (firstIsInfinite && endsSequence(models)) break;
    const isStart = firstIsInfinite && models.length === 0;
    models.push((isStart ? startModel : advance)(follower, lambda));
  }
  return lambdas.subarray(from, models.length);
}

function startFold(fold: FoldDesign, options: ElasticNetOptions): PathFollower {
  return startPath(fold.training, fold.outcome, options);
}

/** Linear predictors of the rows that a fold did not see, one array a lambda. */
function followFold(follower: PathFollower, fold: FoldDesign, lambdas: Float64Array): Float64Array[] {
  return Array.from(lambdas, (lambda) => linearPredictor(advance(follower, lambda), fold.testing));
}

/** Linear predictors of all rows, one array a lambda. */
function joinFolds(
  folds: readonly FoldDesign[],
  predictions: readonly (readonly Float64Array[])[],
  lambdas: number,
): Float64Array[] {
  const rows = folds.reduce((count, fold) => count + fold.rows.length, 0);
  return Array.from({ length: lambdas }, (_, k) => {
    const joined = new Float64Array(rows);
    folds.forEach((fold, index) => {
      fold.rows.forEach((row, i) => (joined[row] = predictions[index][k][i]));
    });
    return joined;
  });
}

function isHopeless(
  performances: readonly { mean: number; standardError: number }[],
  measure: PenaltyMeasure,
  patience: number,
): boolean {
  if (performances.length <= LEAST_AHEAD) return false;
  const { means, standardErrors, minimum } = penaltyCurve(performances, measure);
  const last = means.length - 1;
  // The null model at the start hardly varies between folds: the larger of the two errors is the measure.
  const error = Math.max(standardErrors[minimum], standardErrors[last]);
  return last - minimum >= LEAST_AHEAD && Math.abs(means[last] - means[minimum]) > patience * error;
}

/**
 * The linear predictor of rows.
 *
 * @param design Shape [m, p], columns as those the model was fitted on.
 * @returns Shape [m].
 */
export function linearPredictor(
  model: Pick<PenalisedModel, "intercept" | "coefficients">,
  design: Matrix,
): Float64Array {
  const linear = new Float64Array(design.rows).fill(model.intercept);
  for (let j = 0; j < design.columns; j++)
    if (model.coefficients[j] !== 0)
      addMultiple(linear, model.coefficients[j], design.values, j * design.rows);
  return linear;
}
