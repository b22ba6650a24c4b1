import { dotProduct } from "./dot-product.ts";
import {
  evaluatePoint,
  type PathPoint,
  penaltyOf,
  type PenalisedProblem,
  updateGradient,
} from "./elastic-net-problem.ts";
import { minimiseQuadratic, type QuadraticModel } from "./elastic-net-quadratic.ts";
import { numbersAt } from "./kernel-memory.ts";
import { addColumns, projectColumns } from "./stored-matrix.ts";
import { admitViolators, drift, renewCurvature, type WorkingSet } from "./elastic-net-working-set.ts";

const MAXIMUM_STEPS = 200;
/** Share of the curvature that may have moved before a new lambda starts with a new one. */
const STALE = 0.25;
/** The same, a member, where a lambda takes long: what curvature costs grows faster with the members than a step does. */
const WORTH_RENEWING = 4e-4;

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
  foresee(problem, point, set, lambda);
  if (drift(point, set) > STALE) renewCurvature(problem, point, set);
  for (let steps = 1; steps <= MAXIMUM_STEPS; steps++) {
    const { change, decreased } = takeStep(problem, point, set, { lambda, limit });
    if (!decreased || (steps % 8 === 0 && drift(point, set) > WORTH_RENEWING * set.count)) {
      renewCurvature(problem, point, set);
      continue;
    }
    if (change >= limit) continue;
    updateGradient(problem, point);
    if (!admitViolators(problem, point.gradient, set, lambda)) return;
  }
  updateGradient(problem, point);
}

/** Goes on as far as from the lambda before to the present one, and admits the columns that are to be expected there. */
function foresee(problem: PenalisedProblem, point: PathPoint, set: WorkingSet, lambda: number): void {
  const { trail } = set;
  const onwards = (lambda - trail.lambda) / (trail.lambda - trail.lambdaBefore);
  const share = onwards > 0 && onwards < 2 ? onwards : 0;
  const { gradient, coefficients } = point;
  const expected = trail.gradient;
  for (let j = 0; j < expected.length; j++) {
    const slope = gradient[j];
    expected[j] = slope + share * (slope - expected[j]);
  }
  admitViolators(problem, expected, set, lambda);
  expected.set(gradient);
  const step = new Float64Array(set.count);
  for (let a = 0; a < set.count; a++) {
    const now = coefficients[set.members[a]];
    const change = share * (now - trail.coefficients[set.members[a]]);
    step[a] = (now + change) * now < 0 ? -now : now === 0 ? 0 : change;
  }
  const intercept = share * (point.intercept - trail.intercept);
  trail.coefficients.set(coefficients);
  trail.intercept = point.intercept;
  trail.lambdaBefore = trail.lambda;
  trail.lambda = lambda;
  if (share === 0) return;
  set.movement.fill(intercept);
  addColumns(problem.design, set.members.subarray(0, set.count), step, set.movement);
  move(problem, point, set, { lambda, intercept, step });
}

/** One step: the minimum of the quadratic model, halved until the objective falls. */
function takeStep(
  problem: PenalisedProblem,
  point: PathPoint,
  set: WorkingSet,
  model: QuadraticModel,
): { change: number; decreased: boolean } {
  const { rows, design } = problem;
  const { residual } = point.terms;
  const members = set.members.subarray(0, set.count);
  let total = 0;
  for (let i = 0; i < rows; i++) total += residual[i];
  const slope = numbersAt(set.memory.slope, set.count);
  const sums = numbersAt(set.memory.sums, set.count);
  projectColumns(design, members, residual, slope);
  for (let a = 0; a < set.count; a++) slope[a] -= (sums[a] * total) / set.totalCurvature;
  const { step, change } = minimiseQuadratic(problem, point.coefficients, set, model);
  const intercept = (total - dotProduct(sums, 0, step, set.count)) / set.totalCurvature;
  const { movement } = set;
  movement.fill(intercept);
  addColumns(design, members, step, movement);
  return {
    change: Math.max(change, set.totalCurvature * intercept * intercept),
    decreased: move(problem, point, set, { lambda: model.lambda, intercept, step }),
  };
}

/** Goes along a step, halved until the objective does not rise; true where it was taken whole. */
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
