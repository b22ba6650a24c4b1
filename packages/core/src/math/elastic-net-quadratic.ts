import type { PenalisedProblem } from "./elastic-net-problem.ts";
import type { WorkingSet } from "./elastic-net-working-set.ts";

/** Where on the path the model stands, and when its minimum is near enough. */
export interface QuadraticModel {
  readonly lambda: number;
  /** Descent ends when no pass changes a coefficient by more than a tenth of this, curvature times square. */
  readonly limit: number;
}

const MAXIMUM_PASSES = 10_000;

/**
 * The step from the present coefficients to the minimum of quadratic model plus penalty.
 *
 * @param coefficients Shape [p]; not changed.
 * @param set Its `slope` holds minus the gradient per member, the intercept profiled out; changed into that at the minimum.
 * @returns One change per member of the working set. A coefficient that ends at zero is exactly zero after the step.
 */
export function minimiseQuadratic(
  problem: PenalisedProblem,
  coefficients: Float64Array,
  set: WorkingSet,
  model: QuadraticModel,
): Float64Array {
  const values = new Float64Array(set.count);
  for (let a = 0; a < set.count; a++) values[a] = coefficients[set.members[a]];
  const penalties = penaltiesOf(problem, set, model.lambda);
  for (let pass = 1; pass <= MAXIMUM_PASSES; pass++) {
    if (!(descend(set, values, penalties) > 0.1 * model.limit)) break;
    // Correlated columns make descent crawl; with the signs settled, one linear system ends it.
    if (pass % 6 === 0) solveOnSupport(set, values, penalties);
  }
  for (let a = 0; a < set.count; a++) values[a] -= coefficients[set.members[a]];
  return values;
}

interface Penalties {
  readonly absolute: Float64Array;
  readonly squared: Float64Array;
}

function penaltiesOf(problem: PenalisedProblem, set: WorkingSet, lambda: number): Penalties {
  const absolute = new Float64Array(set.count);
  const squared = new Float64Array(set.count);
  for (let a = 0; a < set.count; a++) {
    const factor = problem.factors[set.members[a]];
    absolute[a] = lambda * problem.alpha * factor;
    squared[a] = lambda * (1 - problem.alpha) * factor;
  }
  return { absolute, squared };
}

/** One pass of coordinate descent; returns the largest curvature times squared change. */
function descend(set: WorkingSet, values: Float64Array, penalties: Penalties): number {
  const capacity = set.members.length;
  const { count, gram, slope } = set;
  let largest = 0;
  for (let a = 0; a < count; a++) {
    const curvature = gram[a * capacity + a];
    if (!(curvature > 0)) continue;
    const old = values[a];
    const pull = slope[a] + curvature * old;
    const excess = Math.abs(pull) - penalties.absolute[a];
    const value = excess > 0 ? (pull > 0 ? excess : -excess) / (curvature + penalties.squared[a]) : 0;
    const change = value - old;
    if (change === 0) continue;
    values[a] = value;
    const row = a * capacity;
    for (let b = 0; b < count; b++) slope[b] -= change * gram[row + b];
    largest = Math.max(largest, curvature * change * change);
  }
  return largest;
}

/** Goes to the minimum among the coefficients that are not zero, or up to the first that would change its sign. */
function solveOnSupport(set: WorkingSet, values: Float64Array, penalties: Penalties): void {
  const { slope } = set;
  const capacity = set.members.length;
  const support: number[] = [];
  for (let a = 0; a < set.count; a++) if (values[a] !== 0) support.push(a);
  const size = support.length;
  const system = new Float64Array(size * size);
  const step = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const a = support[k];
    for (let l = k; l < size; l++) system[k * size + l] = set.gram[a * capacity + support[l]];
    // The tiny surplus keeps a pair of equal columns solvable; descent removes what it costs.
    system[k * size + k] += penalties.squared[a] + 1e-10 * set.totalCurvature;
    step[k] = slope[a] - penalties.squared[a] * values[a] - Math.sign(values[a]) * penalties.absolute[a];
  }
  if (!solveInPlace(system, step)) return;
  const { share, first } = untilSignChanges(support, values, step);
  for (let k = 0; k < size; k++) {
    const a = support[k];
    const change = k === first ? -values[a] : share * step[k];
    values[a] = k === first ? 0 : values[a] + change;
    for (let b = 0; b < set.count; b++) slope[b] -= change * set.gram[a * capacity + b];
  }
}

/** The share of a step, at most 1, at which a value first becomes zero, and which one (-1 for none). */
function untilSignChanges(support: readonly number[], values: Float64Array, step: Float64Array) {
  let [share, first] = [1, -1];
  for (let k = 0; k < step.length; k++) {
    const toZero = -values[support[k]] / step[k];
    if (toZero > 0 && toZero < share) [share, first] = [toZero, k];
  }
  return { share, first };
}

/** Solves a symmetric system, given by its upper triangle row by row; false where it is not positive definite. */
function solveInPlace(system: Float64Array, right: Float64Array): boolean {
  const n = right.length;
  for (let j = 0; j < n; j++) {
    const pivot = system[j * n + j];
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    for (let i = j; i < n; i++) system[j * n + i] /= root;
    right[j] /= root;
    for (let k = j + 1; k < n; k++) {
      const multiple = system[j * n + k];
      right[k] -= multiple * right[j];
      for (let i = k; i < n; i++) system[k * n + i] -= multiple * system[j * n + i];
    }
  }
  for (let j = n - 1; j >= 0; j--) {
    let sum = right[j];
    for (let i = j + 1; i < n; i++) sum -= system[j * n + i] * right[i];
    right[j] = sum / system[j * n + j];
  }
  return true;
}
