/**
 * A penalised path as glmnet 4.1 leaves it: coordinate descent within reweighting, ended where no step moves the fit by
 * more than `thresh` of the null deviance. With near-collinear columns and little penalty that is short of the minimum,
 * which tells in the third digit of some coefficients.
 */
import { addMultiple, dotProduct } from "../../packages/core/src/math/dot-product.ts";
import {
  naturalScale,
  nullPoint,
  type PathPoint,
  penalisedProblem,
  type PenalisedProblem,
} from "../../packages/core/src/math/elastic-net-problem.ts";
import type { PenalisedModel } from "../../packages/core/src/math/elastic-net.ts";
import { inKernelMemory } from "../../packages/core/src/math/kernel-memory.ts";
import { type Matrix, takeRows } from "../../packages/core/src/math/matrix.ts";
import { storedColumn } from "../../packages/core/src/math/stored-matrix.ts";
import { sweepToRest } from "./r-glmnet-sweeps.ts";

/** Settings of `glmnet`. */
export interface GlmnetSettings {
  readonly alpha: number;
  readonly standardise: boolean;
  readonly penaltyFactors?: ArrayLike<number>;
  /** Descending. */
  readonly lambdas: ArrayLike<number>;
  /** Glmnet's `thresh`. */
  readonly tolerance: number;
}

/** The fit on its way down the path. */
export interface Descent {
  readonly problem: PenalisedProblem;
  /** Centred and scaled. */
  readonly columns: readonly Float64Array[];
  readonly point: PathPoint;
  /** Whether descent visits the column. */
  readonly isStrong: Uint8Array;
  /** The columns that have ever had a coefficient, in that order. */
  readonly active: number[];
  readonly isActive: Uint8Array;
  /** The least change of the fit that counts. */
  readonly least: number;
}

/** Glmnet takes probabilities nearer to 0 or 1 for certain. */
const NEAREST = 1e-9;
const FARTHEST = Math.log(1 / NEAREST - 1);
const LEAST_CURVATURE = (1 + NEAREST) * NEAREST * (1 - NEAREST);

/** One model per lambda; once every patient is certain, the last one stands for the lambdas that follow. */
export function glmnetOfR(
  design: Matrix,
  outcome: ArrayLike<number>,
  { alpha, standardise, penaltyFactors, lambdas, tolerance }: GlmnetSettings,
): PenalisedModel[] {
  return inKernelMemory(() => {
    const problem = penalisedProblem(design, outcome, {
      alpha,
      standardise,
      factors: penaltyFactors ?? null,
    });
    const columns = Array.from(problem.all, (j) => Float64Array.from(storedColumn(problem.design, j)));
    const descent = {
      problem,
      columns,
      point: nullPoint(problem),
      isStrong: new Uint8Array(problem.columns),
      active: [],
      isActive: new Uint8Array(problem.columns),
      least: tolerance * problem.nullLoss,
    };
    descent.point.gradient.forEach((slope, j, all) => (all[j] = Math.abs(slope)));
    return Array.from(lambdas, (lambda, k) => {
      if (totalOf(descent.point.terms.curvature) > LEAST_CURVATURE)
        descend(descent, lambda, k === 0 ? 0 : lambdas[k - 1]);
      return {
        lambda,
        ...naturalScale(problem, descent.point),
        devianceRatio: 1 - lossOf(descent) / problem.nullLoss,
      };
    });
  });
}

/** The linear predictor of each row from the fold that did not see it: one array per lambda. */
export function glmnetOutOfFold(
  design: Matrix,
  outcome: Uint8Array,
  folds: Int32Array,
  settings: GlmnetSettings,
): Float64Array[] {
  const linear = Array.from(settings.lambdas, () => new Float64Array(design.rows));
  for (const fold of new Set(folds)) {
    const rows = folds.map((_, row) => row).filter((row) => folds[row] !== fold);
    const models = glmnetOfR(
      takeRows(design, rows),
      outcome.filter((_, row) => folds[row] !== fold),
      settings,
    );
    models.forEach(({ intercept, coefficients }, k) => {
      const whole = linear[k].map(() => intercept);
      coefficients.forEach((b, j) => addMultiple(whole, b, design.values, j * design.rows));
      whole.forEach((eta, row) => (linear[k][row] = folds[row] === fold ? eta : linear[k][row]));
    });
  }
  return linear;
}

/** Sweeps and reweights until the fit rests and no column outside has too steep a gradient. */
function descend(descent: Descent, lambda: number, lambdaBefore: number): void {
  const { point, problem, isStrong } = descent;
  const { alpha, factors } = problem;
  // The sequential strong rule of Tibshirani et al. 2012.
  for (const j of problem.all)
    if (point.gradient[j] > alpha * (2 * lambda - lambdaBefore) * factors[j]) isStrong[j] = 1;
  for (;;) {
    const hasMoved = sweepToRest(descent, lambda);
    reweight(descent);
    if (totalOf(point.terms.curvature) <= LEAST_CURVATURE) return;
    if (!hasMoved(totalOf(point.terms.curvature)) && !growStrongSet(descent, alpha * lambda)) return;
  }
}

function growStrongSet({ problem, columns, point, isStrong }: Descent, limit: number): boolean {
  let hasGrown = false;
  for (const j of problem.all) {
    if (isStrong[j] === 1) continue;
    point.gradient[j] = Math.abs(dotProduct(columns[j], 0, point.terms.residual, problem.rows));
    if (point.gradient[j] <= limit * problem.factors[j]) continue;
    isStrong[j] = 1;
    hasGrown = true;
  }
  return hasGrown;
}

function reweight({ problem, columns, point, active }: Descent): void {
  const { probability, curvature, residual } = point.terms;
  for (let i = 0; i < problem.rows; i++) {
    let linear = point.intercept;
    for (const j of active) linear += point.coefficients[j] * columns[j][i];
    const p = linear < -FARTHEST ? 0 : linear > FARTHEST ? 1 : 1 / (1 + Math.exp(-linear));
    probability[i] = p;
    curvature[i] = problem.weights[i] * p * (1 - p);
    residual[i] = problem.weights[i] * (problem.outcome[i] - p);
  }
}

/** Mean loss, with probabilities as glmnet bounds them. */
function lossOf({ problem, point }: Descent): number {
  return point.terms.probability.reduce((sum, risk, i) => {
    const p = Math.max(NEAREST, Math.min(1 - NEAREST, risk));
    return sum - problem.weights[i] * Math.log(problem.outcome[i] === 1 ? p : 1 - p);
  }, 0);
}

function totalOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
