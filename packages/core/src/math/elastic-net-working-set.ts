import type { PathPoint, PenalisedProblem } from "./elastic-net-problem.ts";
import { kernelOfThread, numbersAt, positionsAt, reserve } from "./kernel-memory.ts";

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
  /** What grows with the members. */
  memory: MemberMemory;
  /** Room to work in, shapes [n], [n] and [p]. */
  readonly movement: Float64Array;
  readonly startLinear: Float64Array;
  readonly startCoefficients: Float64Array;
  readonly trail: PathTrail;
  /** Addresses of the curvature and of two columns. */
  readonly weights: number;
  readonly room: number;
}

/** Where the path stood at the lambda before the present one; NaN where there was none. */
export interface PathTrail {
  lambda: number;
  lambdaBefore: number;
  intercept: number;
  /** Shapes [p]. */
  readonly coefficients: Float64Array;
  readonly gradient: Float64Array;
}

/** Addresses of numbers per member in kernel memory. */
export interface MemberMemory {
  readonly capacity: number;
  /** Positions of the columns. */
  readonly positions: number;
  /** Curvature between members, the intercept profiled out; entry (a, b) is number a * capacity + b. */
  readonly gram: number;
  /** Curvature between member and intercept. */
  readonly sums: number;
  /** Minus the gradient, the coefficients, and the two penalties of the quadratic model. */
  readonly slope: number;
  readonly values: number;
  readonly absolute: number;
  readonly squared: number;
  /** Four more numbers per member. */
  readonly room: number;
}

/** A working set without members. */
export function emptyWorkingSet(problem: PenalisedProblem, point: PathPoint): WorkingSet {
  const { rows, columns } = problem;
  const set: WorkingSet = {
    count: 0,
    members: new Int32Array(16),
    isMember: new Uint8Array(columns),
    curvature: new Float64Array(rows),
    totalCurvature: 0,
    memory: memberMemory(16),
    movement: new Float64Array(rows),
    startLinear: new Float64Array(rows),
    startCoefficients: new Float64Array(columns),
    trail: {
      lambda: NaN,
      lambdaBefore: NaN,
      intercept: 0,
      coefficients: new Float64Array(columns),
      gradient: new Float64Array(columns),
    },
    weights: reserve(rows),
    room: reserve(2 * rows),
  };
  renewCurvature(problem, point, set);
  return set;
}

function memberMemory(capacity: number): MemberMemory {
  return {
    capacity,
    positions: reserve(capacity / 2),
    gram: reserve(capacity * capacity),
    sums: reserve(capacity),
    slope: reserve(capacity),
    values: reserve(capacity),
    absolute: reserve(capacity),
    squared: reserve(capacity),
    room: reserve(4 * capacity),
  };
}

/** Adds columns outside the working set whose gradient exceeds their penalty; true where there was one. */
export function admitViolators(
  problem: PenalisedProblem,
  gradient: Float64Array,
  set: WorkingSet,
  lambda: number,
): boolean {
  const before = set.count;
  for (let j = 0; j < problem.columns; j++)
    if (set.isMember[j] === 0 && Math.abs(gradient[j]) > lambda * problem.alpha * problem.factors[j])
      append(set, j);
  takeCurvature(problem, set, before);
  return set.count > before;
}

function append(set: WorkingSet, column: number): void {
  if (set.count === set.members.length) {
    const members = new Int32Array(2 * set.count);
    members.set(set.members);
    set.members = members;
  }
  set.members[set.count++] = column;
  set.isMember[column] = 1;
}

/** Brings the curvature of the members from a position on in line with `curvature`. */
function takeCurvature(problem: PenalisedProblem, set: WorkingSet, from: number): void {
  if (set.count === from) return;
  if (set.memory.capacity < set.members.length) enlarge(set, from);
  const { capacity, positions, gram, sums } = set.memory;
  positionsAt(positions, set.count).set(set.members.subarray(0, set.count));
  const { address, rows } = problem.design;
  kernelOfThread().growCurvature(
    address,
    rows,
    positions,
    from,
    set.count,
    set.weights,
    set.totalCurvature,
    gram,
    capacity,
    sums,
    set.room,
  );
}

function enlarge(set: WorkingSet, kept: number): void {
  const old = set.memory;
  const memory = memberMemory(set.members.length);
  for (let a = 0; a < kept; a++)
    numbersAt(memory.gram + 8 * a * memory.capacity, kept).set(
      numbersAt(old.gram + 8 * a * old.capacity, kept),
    );
  numbersAt(memory.sums, kept).set(numbersAt(old.sums, kept));
  set.memory = memory;
}

/** Takes the curvature at the point anew and keeps only members whose coefficient is not zero. */
export function renewCurvature(problem: PenalisedProblem, point: PathPoint, set: WorkingSet): void {
  // A floor keeps the model of the loss solvable where all probabilities are nearly 0 or 1.
  const floor = 1e-6 / problem.rows;
  let total = 0;
  for (let i = 0; i < problem.rows; i++)
    total += set.curvature[i] = Math.max(point.terms.curvature[i], floor);
  set.totalCurvature = total;
  numbersAt(set.weights, problem.rows).set(set.curvature);
  const count = set.count;
  set.count = 0;
  for (let a = 0; a < count; a++) {
    const column = set.members[a];
    if (point.coefficients[column] === 0) set.isMember[column] = 0;
    else set.members[set.count++] = column;
  }
  takeCurvature(problem, set, 0);
}

/** How far the curvature has moved since it was taken, as a share of its total. */
export function drift(point: PathPoint, set: WorkingSet): number {
  let sum = 0;
  for (let i = 0; i < set.curvature.length; i++) sum += Math.abs(point.terms.curvature[i] - set.curvature[i]);
  return sum / set.totalCurvature;
}
