import { addMultiple, dotProduct } from "./dot-product.ts";
import {
  evaluatePoint,
  type PathPoint,
  penaltyOf,
  type PenalisedProblem,
  updateGradient,
} from "./elastic-net-problem.ts";

const MAXIMUM_STEPS = 100;

/**
 * Moves a point to the ridge solution at lambda: Newton's method, each step by conjugate gradients, so that no matrix of
 * columns by columns is ever formed.
 *
 * @param point Where to start; moved to the solution, its gradient brought in line.
 * @param tolerance Largest squared length of a step in the norm of the curvature, as a share of the loss of the intercept.
 * @source Nocedal & Wright 2006, Numerical Optimization, algorithm 7.1.
 */
export function solveRidge(
  problem: PenalisedProblem,
  point: PathPoint,
  { lambda, tolerance }: { readonly lambda: number; readonly tolerance: number },
): void {
  const limit = tolerance * problem.nullLoss;
  const penalties = problem.factors.map((factor, j) => (problem.usable[j] === 1 ? lambda * factor : 0));
  updateGradient(problem, point);
  for (let steps = 1; steps <= MAXIMUM_STEPS; steps++) {
    const step = newtonStep(problem, point, penalties, limit);
    const full = move(problem, point, lambda, step);
    updateGradient(problem, point);
    if (full && step.squaredLength < limit) return;
  }
}

interface NewtonStep {
  readonly intercept: number;
  readonly coefficients: Float64Array;
  /** Change of the linear predictor, shape [n]. */
  readonly movement: Float64Array;
  readonly squaredLength: number;
}

/** Solves (X'WX + penalties) d = -gradient with the intercept profiled out. */
function newtonStep(
  problem: PenalisedProblem,
  point: PathPoint,
  penalties: Float64Array,
  limit: number,
): NewtonStep {
  const { rows, columns, usable } = problem;
  const { curvature, residual } = point.terms;
  const totalCurvature = sum(curvature);
  const interceptSlope = sum(residual);
  // The curvature's own mean of each column: moving the intercept along keeps the weighted mean of a step at zero.
  const centred = { values: problem.values, curvature, totalCurvature, rows, columns, penalties };
  const step = new Float64Array(columns);
  const movement = new Float64Array(rows).fill(interceptSlope / totalCurvature);
  const rest = new Float64Array(columns);
  const shifted = residual.map((r, i) => r - (curvature[i] * interceptSlope) / totalCurvature);
  for (let j = 0; j < columns; j++)
    if (usable[j] === 1)
      rest[j] = dotProduct(problem.values, j * rows, shifted, rows) - penalties[j] * point.coefficients[j];
  const diagonal = penalties.map((penalty) => penalty + totalCurvature);
  const direction = rest.map((r, j) => r / diagonal[j]);
  let strength = dotProduct(rest, 0, direction, columns);
  let squaredLength = 0;
  let intercept = interceptSlope / totalCurvature;
  const first = strength;
  for (let iteration = 0; iteration < 2 * columns + 10 && strength > 0; iteration++) {
    const { change, mean, product } = curvatureTimes(centred, direction);
    const share = strength / dotProduct(direction, 0, product, columns);
    addMultiple(step, share, direction, 0);
    addMultiple(movement, share, change, 0);
    intercept -= share * mean;
    squaredLength += share * strength;
    addMultiple(rest, -share, product, 0);
    let next = 0;
    for (let j = 0; j < columns; j++) next += (rest[j] * rest[j]) / diagonal[j];
    if (next < 1e-4 * first || next < 1e-2 * limit) break;
    for (let j = 0; j < columns; j++) direction[j] = rest[j] / diagonal[j] + (next / strength) * direction[j];
    strength = next;
  }
  return { intercept, coefficients: step, movement, squaredLength };
}

interface CentredCurvature {
  readonly values: Float64Array;
  readonly curvature: Float64Array;
  readonly totalCurvature: number;
  readonly rows: number;
  readonly columns: number;
  readonly penalties: Float64Array;
}

function curvatureTimes(of: CentredCurvature, direction: Float64Array) {
  const { values, curvature, rows, columns, penalties } = of;
  const change = new Float64Array(rows);
  for (let j = 0; j < columns; j++)
    if (direction[j] !== 0) addMultiple(change, direction[j], values, j * rows);
  const mean = dotProduct(change, 0, curvature, rows) / of.totalCurvature;
  const weighted = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    change[i] -= mean;
    weighted[i] = curvature[i] * change[i];
  }
  const product = new Float64Array(columns);
  for (let j = 0; j < columns; j++)
    product[j] = dotProduct(values, j * rows, weighted, rows) + penalties[j] * direction[j];
  return { change, mean, product };
}

function move(problem: PenalisedProblem, point: PathPoint, lambda: number, step: NewtonStep): boolean {
  const before = point.loss + penaltyOf(problem, point.coefficients, lambda);
  const [start, linear] = [Float64Array.from(point.coefficients), Float64Array.from(point.linear)];
  const intercept = point.intercept;
  for (let share = 1; ; share /= 2) {
    for (let j = 0; j < start.length; j++) point.coefficients[j] = start[j] + share * step.coefficients[j];
    for (let i = 0; i < linear.length; i++) point.linear[i] = linear[i] + share * step.movement[i];
    point.intercept = intercept + share * step.intercept;
    const after = evaluatePoint(problem, point) + penaltyOf(problem, point.coefficients, lambda);
    // A rise by rounding alone ends the search for a shorter step.
    if (after <= before + 1e-14 * problem.nullLoss || share < 1e-6) return share === 1;
  }
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
