import { addColumns, projectColumns } from "./column-products.ts";
import { dotProduct } from "./dot-product.ts";
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
  updateGradient(problem, point);
}

/** One step: the minimum of the quadratic model, halved until the objective falls. */
function takeStep(
  problem: PenalisedProblem,
  point: PathPoint,
  set: WorkingSet,
  { lambda, limit }: { readonly lambda: number; readonly limit: number },
): { change: number; decreased: boolean } {
  const { rows, design } = problem;
  const { residual } = point.terms;
  const members = set.members.subarray(0, set.count);
  let total = 0;
  for (let i = 0; i < rows; i++) total += residual[i];
  const { slope, movement } = set;
  projectColumns(design, members, residual, slope);
  for (let a = 0; a < set.count; a++) slope[a] -= (set.sums[a] * total) / set.totalCurvature;
  const step = minimiseQuadratic(problem, point.coefficients, set, { lambda, limit });
  const intercept = (total - dotProduct(set.sums, 0, step, set.count)) / set.totalCurvature;
  let change = set.totalCurvature * intercept * intercept;
  for (let a = 0; a < set.count; a++)
    change = Math.max(change, set.gram[a * set.members.length + a] * step[a] * step[a]);
  movement.fill(intercept);
  addColumns(design, members, step, movement);
  return { change, decreased: move(problem, point, set, { lambda, intercept, step }) };
}

function move(
  problem: PenalisedProblem,
  point: PathPoint,
  set: WorkingSet,
  along: { lambda: number; intercept: number; step: Float64Array },
): boolean {
  const before = point.loss + penaltyOf(problem, point.coefficients, along.lambda);
  const { startCoefficients, startLinear, movement } = set;
  startCoefficients.set(point.coefficients);
  startLinear.set(point.linear);
  const intercept = point.intercept;
  for (let share = 1; ; share /= 2) {
    for (let a = 0; a < set.count; a++) {
      const j = set.members[a];
      point.coefficients[j] = startCoefficients[j] + share * along.step[a];
    }
    point.intercept = intercept + share * along.intercept;
    for (let i = 0; i < movement.length; i++) point.linear[i] = startLinear[i] + share * movement[i];
    const after = evaluatePoint(problem, point) + penaltyOf(problem, point.coefficients, along.lambda);
    // A rise by rounding alone ends the search for a shorter step.
    if (after <= before + 1e-14 * problem.nullLoss || share < 1e-6) return share === 1;
  }
}
