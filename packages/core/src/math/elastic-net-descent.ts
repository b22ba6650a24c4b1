import { addMultiple, dotProduct } from "./dot-product.ts";
import {
  evaluatePoint,
  type PathPoint,
  penaltyOf,
  type PenalisedProblem,
  updateGradient,
} from "./elastic-net-problem.ts";
import { minimiseQuadratic } from "./elastic-net-quadratic.ts";
import { admitViolators, drift, renewCurvature, type WorkingSet } from "./elastic-net-working-set.ts";

const MAXIMUM_STEPS = 200;

/**
 * Moves a point to the minimum at lambda: coordinate descent on quadratic models of the loss, over the working set, which
 * grows by the columns that violate the conditions of Karush, Kuhn and Tucker.
 *
 * @param point Where to start; moved to the solution, its gradient brought in line.
 * @param tolerance Largest curvature-weighted squared change of a coefficient in the last step, as a share of the loss
 *   of the intercept: glmnet's `thresh`.
 * @source Friedman, Hastie & Tibshirani 2010, J Stat Softw 33(1); working set: Tibshirani et al. 2012, JRSS B 74:245-266.
 */
export function solveByDescent(
  problem: PenalisedProblem,
  point: PathPoint,
  set: WorkingSet,
  { lambda, tolerance }: { readonly lambda: number; readonly tolerance: number },
): void {
  const limit = tolerance * problem.nullLoss;
  admitViolators(problem, point, set, lambda);
  if (drift(point, set) > 0.1) renewCurvature(problem, point, set);
  for (let steps = 1; steps <= MAXIMUM_STEPS; steps++) {
    const { change, decreased } = takeStep(problem, point, set, { lambda, limit });
    if (!decreased || (steps % 4 === 0 && drift(point, set) > 0.02)) {
      renewCurvature(problem, point, set);
      continue;
    }
    if (change >= limit) continue;
    updateGradient(problem, point);
    if (!admitViolators(problem, point, set, lambda)) return;
  }
}

/** One step: the minimum of the quadratic model, halved until the objective falls. */
function takeStep(
  problem: PenalisedProblem,
  point: PathPoint,
  set: WorkingSet,
  { lambda, limit }: { readonly lambda: number; readonly limit: number },
): { change: number; decreased: boolean } {
  const { rows, values } = problem;
  const { residual } = point.terms;
  let total = 0;
  for (let i = 0; i < rows; i++) total += residual[i];
  const slope = new Float64Array(set.count);
  for (let a = 0; a < set.count; a++)
    slope[a] =
      dotProduct(values, set.members[a] * rows, residual, rows) - (set.sums[a] * total) / set.totalCurvature;
  const step = minimiseQuadratic(problem, point.coefficients, set, { lambda, limit, slope });
  const intercept = (total - dotProduct(set.sums, 0, step, set.count)) / set.totalCurvature;
  let change = set.totalCurvature * intercept * intercept;
  const movement = new Float64Array(rows).fill(intercept);
  for (let a = 0; a < set.count; a++) {
    if (step[a] === 0) continue;
    change = Math.max(change, set.gram[a * set.members.length + a] * step[a] * step[a]);
    addMultiple(movement, step[a], values, set.members[a] * rows);
  }
  return { change, decreased: move(problem, point, set, { lambda, intercept, step, movement }) };
}

function move(
  problem: PenalisedProblem,
  point: PathPoint,
  set: WorkingSet,
  along: { lambda: number; intercept: number; step: Float64Array; movement: Float64Array },
): boolean {
  const before = point.loss + penaltyOf(problem, point.coefficients, along.lambda);
  const [start, linear] = [Float64Array.from(point.coefficients), Float64Array.from(point.linear)];
  const intercept = point.intercept;
  for (let share = 1; ; share /= 2) {
    for (let a = 0; a < set.count; a++) {
      const j = set.members[a];
      point.coefficients[j] = start[j] + share * along.step[a];
    }
    point.intercept = intercept + share * along.intercept;
    for (let i = 0; i < linear.length; i++) point.linear[i] = linear[i] + share * along.movement[i];
    const after = evaluatePoint(problem, point) + penaltyOf(problem, point.coefficients, along.lambda);
    // A rise by rounding alone ends the search for a shorter step.
    if (after <= before + 1e-14 * problem.nullLoss || share < 1e-6) return share === 1;
  }
}
