import { addMultiple, dotProduct } from "./dot-product.ts";
import {
  evaluatePoint,
  type PathPoint,
  penaltyOf,
  type PenalisedProblem,
  updateGradient,
} from "./elastic-net-problem.ts";
import { addColumns, projectColumns } from "./stored-matrix.ts";

/** What the ridge solver keeps between lambdas: the solution before the present one, and room to work in. */
export interface RidgeWorkspace {
  /** False until there is a solution before the present one. */
  hasTrail: boolean;
  trailIntercept: number;
  readonly trailCoefficients: Float64Array;
  readonly trailLinear: Float64Array;
  readonly startCoefficients: Float64Array;
  readonly startLinear: Float64Array;
  /** Newton's step: coefficients, intercept, change of the linear predictor, squared length in the norm of the curvature. */
  readonly step: Float64Array;
  stepIntercept: number;
  readonly movement: Float64Array;
  stepSquared: number;
  /** Conjugate gradients. */
  readonly rest: Float64Array;
  readonly direction: Float64Array;
  readonly product: Float64Array;
  readonly change: Float64Array;
  readonly weighted: Float64Array;
}

const MAXIMUM_STEPS = 100;

/** Room for a problem, without a solution before. */
export function ridgeWorkspace({ rows, columns }: PenalisedProblem): RidgeWorkspace {
  const [ofRows, ofColumns] = [() => new Float64Array(rows), () => new Float64Array(columns)];
  return {
    hasTrail: false,
    trailIntercept: 0,
    trailCoefficients: ofColumns(),
    trailLinear: ofRows(),
    startCoefficients: ofColumns(),
    startLinear: ofRows(),
    step: ofColumns(),
    stepIntercept: 0,
    movement: ofRows(),
    stepSquared: 0,
    rest: ofColumns(),
    direction: ofColumns(),
    product: ofColumns(),
    change: ofRows(),
    weighted: ofRows(),
  };
}

/**
 * Moves a point to the ridge solution at lambda: Newton's method, each step by conjugate gradients, so that no matrix of
 * columns by columns is ever formed.
 *
 * @param point Where to start, the solution of the lambda before; moved to the solution, its gradient brought in line.
 * @param tolerance Largest squared length of a step in the norm of the curvature, as a share of the loss of the intercept.
 * @source Nocedal & Wright 2006, Numerical Optimization, algorithm 7.1.
 */
export function solveRidge(
  problem: PenalisedProblem,
  point: PathPoint,
  workspace: RidgeWorkspace,
  { lambda, tolerance }: { readonly lambda: number; readonly tolerance: number },
): void {
  const limit = tolerance * problem.nullLoss;
  foresee(problem, point, workspace, lambda);
  for (let steps = 1; steps <= MAXIMUM_STEPS; steps++) {
    newtonStep(problem, point, workspace, { lambda, limit });
    if (move(problem, point, workspace, lambda) && workspace.stepSquared < limit) break;
  }
  updateGradient(problem, point);
}

/** Goes on as far as from the lambda before to the present one, if that lowers the objective at the next. */
function foresee(
  problem: PenalisedProblem,
  point: PathPoint,
  workspace: RidgeWorkspace,
  lambda: number,
): void {
  const { trailCoefficients, trailLinear, step, movement } = workspace;
  for (let j = 0; j < step.length; j++) step[j] = point.coefficients[j] - trailCoefficients[j];
  for (let i = 0; i < movement.length; i++) movement[i] = point.linear[i] - trailLinear[i];
  workspace.stepIntercept = point.intercept - workspace.trailIntercept;
  trailCoefficients.set(point.coefficients);
  trailLinear.set(point.linear);
  workspace.trailIntercept = point.intercept;
  if (workspace.hasTrail) move(problem, point, workspace, lambda);
  workspace.hasTrail = true;
}

/** Solves (X'WX + penalties) d = -gradient with the intercept profiled out. */
function newtonStep(
  problem: PenalisedProblem,
  point: PathPoint,
  workspace: RidgeWorkspace,
  { lambda, limit }: { readonly lambda: number; readonly limit: number },
): void {
  const { rows, columns, design, all, factors } = problem;
  const { step, movement, rest, direction, product, change, weighted } = workspace;
  const { curvature, residual } = point.terms;
  const total = sum(curvature);
  const slope = sum(residual) / total;
  for (let i = 0; i < rows; i++) weighted[i] = residual[i] - curvature[i] * slope;
  projectColumns(design, all, weighted, rest);
  let strength = 0;
  for (let j = 0; j < columns; j++) {
    rest[j] -= lambda * factors[j] * point.coefficients[j];
    direction[j] = rest[j] / (lambda * factors[j] + total);
    strength += rest[j] * direction[j];
  }
  step.fill(0);
  movement.fill(slope);
  workspace.stepIntercept = slope;
  workspace.stepSquared = total * slope * slope;
  const enough = Math.max(1e-4 * strength, 1e-2 * limit);
  for (let iteration = 0; iteration < 2 * columns + 10 && strength > 0; iteration++) {
    change.fill(0);
    addColumns(design, all, direction, change);
    // The intercept follows every direction so that the weighted mean of a change is zero.
    const mean = dotProduct(change, 0, curvature, rows) / total;
    for (let i = 0; i < rows; i++) weighted[i] = curvature[i] * (change[i] -= mean);
    projectColumns(design, all, weighted, product);
    for (let j = 0; j < columns; j++) product[j] += lambda * factors[j] * direction[j];
    const share = strength / dotProduct(direction, 0, product, columns);
    addMultiple(step, share, direction, 0);
    addMultiple(movement, share, change, 0);
    addMultiple(rest, -share, product, 0);
    workspace.stepIntercept -= share * mean;
    workspace.stepSquared += share * strength;
    let next = 0;
    for (let j = 0; j < columns; j++) next += (rest[j] * rest[j]) / (lambda * factors[j] + total);
    if (next < enough) break;
    const kept = next / strength;
    for (let j = 0; j < columns; j++)
      direction[j] = rest[j] / (lambda * factors[j] + total) + kept * direction[j];
    strength = next;
  }
}

/** Takes the step, halved until the objective falls; true where it was taken whole. */
function move(
  problem: PenalisedProblem,
  point: PathPoint,
  workspace: RidgeWorkspace,
  lambda: number,
): boolean {
  const { startCoefficients, startLinear, step, movement } = workspace;
  const before = point.loss + penaltyOf(problem, point.coefficients, lambda);
  startCoefficients.set(point.coefficients);
  startLinear.set(point.linear);
  const intercept = point.intercept;
  for (let share = 1; ; share /= 2) {
    for (let j = 0; j < step.length; j++) point.coefficients[j] = startCoefficients[j] + share * step[j];
    for (let i = 0; i < movement.length; i++) point.linear[i] = startLinear[i] + share * movement[i];
    point.intercept = intercept + share * workspace.stepIntercept;
    const after = evaluatePoint(problem, point) + penaltyOf(problem, point.coefficients, lambda);
    // A rise by rounding alone ends the search for a shorter step.
    if (after <= before + 1e-14 * problem.nullLoss || share < 1e-6) return share === 1;
  }
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
