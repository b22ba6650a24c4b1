import { projectColumns } from "./column-products.ts";
import type { PathPoint, PenalisedProblem } from "./elastic-net-problem.ts";

/**
 * The columns that have entered the path, with the curvature of the loss between them. The curvature is kept while
 * probabilities move little: the gradient is always exact, so an old curvature costs a step and never moves the answer.
 */
export interface WorkingSet {
  count: number;
  /** Column of each member, shape [capacity]. */
  members: Int32Array;
  /** 1 where a column is a member, shape [p]. */
  readonly isMember: Uint8Array;
  /** Curvature per row when it was last taken, shape [n]. */
  readonly curvature: Float64Array;
  totalCurvature: number;
  /** Curvature between member and intercept, shape [capacity]. */
  sums: Float64Array;
  /** Curvature between members, the intercept profiled out; entry (a, b) is `gram[a * capacity + b]`. */
  gram: Float64Array;
  /** Room to work in, shapes [n], [n], [p] and [capacity]. */
  readonly movement: Float64Array;
  readonly startLinear: Float64Array;
  readonly startCoefficients: Float64Array;
  slope: Float64Array;
}

/** A working set without members. */
export function emptyWorkingSet(problem: PenalisedProblem, point: PathPoint): WorkingSet {
  const set: WorkingSet = {
    count: 0,
    members: new Int32Array(16),
    isMember: new Uint8Array(problem.columns),
    curvature: new Float64Array(problem.rows),
    totalCurvature: 0,
    sums: new Float64Array(16),
    gram: new Float64Array(16 * 16),
    movement: new Float64Array(problem.rows),
    startLinear: new Float64Array(problem.rows),
    startCoefficients: new Float64Array(problem.columns),
    slope: new Float64Array(16),
  };
  renewCurvature(problem, point, set);
  return set;
}

/** Adds columns outside the working set whose gradient exceeds their penalty; true where there was one. */
export function admitViolators(
  problem: PenalisedProblem,
  point: PathPoint,
  set: WorkingSet,
  lambda: number,
): boolean {
  let admitted = false;
  for (let j = 0; j < problem.columns; j++) {
    if (set.isMember[j] === 1) continue;
    if (!(Math.abs(point.gradient[j]) > lambda * problem.alpha * problem.factors[j])) continue;
    admit(problem, set, j);
    admitted = true;
  }
  return admitted;
}

function admit(problem: PenalisedProblem, set: WorkingSet, column: number): void {
  if (set.count === set.members.length) enlarge(set);
  const { rows, values } = problem.design;
  const capacity = set.members.length;
  const a = set.count++;
  set.members[a] = column;
  set.isMember[column] = 1;
  const { movement: weighted, slope: between } = set;
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += weighted[i] = set.curvature[i] * values[column * rows + i];
  set.sums[a] = sum;
  projectColumns(problem.design, set.members.subarray(0, a + 1), weighted, between);
  for (let b = 0; b <= a; b++)
    set.gram[a * capacity + b] = set.gram[b * capacity + a] =
      between[b] - (sum * set.sums[b]) / set.totalCurvature;
}

function enlarge(set: WorkingSet): void {
  const old = set.members.length;
  const capacity = 2 * old;
  const gram = new Float64Array(capacity * capacity);
  for (let a = 0; a < old; a++) gram.set(set.gram.subarray(a * old, (a + 1) * old), a * capacity);
  const [members, sums] = [new Int32Array(capacity), new Float64Array(capacity)];
  members.set(set.members);
  sums.set(set.sums);
  set.members = members;
  set.sums = sums;
  set.gram = gram;
  set.slope = new Float64Array(capacity);
}

/** Takes the curvature at the point anew and keeps only members whose coefficient is not zero. */
export function renewCurvature(problem: PenalisedProblem, point: PathPoint, set: WorkingSet): void {
  // A floor keeps the model of the loss solvable where all probabilities are nearly 0 or 1.
  const floor = 1e-6 / problem.rows;
  let total = 0;
  for (let i = 0; i < problem.rows; i++)
    total += set.curvature[i] = Math.max(point.terms.curvature[i], floor);
  set.totalCurvature = total;
  const members = set.members.slice(0, set.count);
  set.count = 0;
  set.isMember.fill(0);
  for (const column of members) if (point.coefficients[column] !== 0) admit(problem, set, column);
}

/** How far the curvature has moved since it was taken, as a share of its total. */
export function drift(point: PathPoint, set: WorkingSet): number {
  let sum = 0;
  for (let i = 0; i < set.curvature.length; i++) sum += Math.abs(point.terms.curvature[i] - set.curvature[i]);
  return sum / set.totalCurvature;
}
