import type { PenalisedProblem } from "./elastic-net-problem.ts";
import type { WorkingSet } from "./elastic-net-working-set.ts";
import { kernelOfThread, numbersAt } from "./kernel-memory.ts";

/** Where on the path the model stands, and when its minimum is near enough. */
export interface QuadraticModel {
  readonly lambda: number;
  /** A change of a coefficient of less than a tenth of this, curvature times square, is none. */
  readonly limit: number;
}

/** Passes of descent between conjugate gradients. */
const PASSES = 4;
/** The minimum of the model is near enough when changes have fallen to this share of the first, curvature times square. */
const FORCING = 3e-2;
const MAXIMUM_ROUNDS = 200;

/**
 * The step from the present coefficients to the minimum of quadratic model plus penalty.
 *
 * @param coefficients Shape [p]; not changed.
 * @param set Its slopes in kernel memory hold minus the gradient per member, the intercept profiled out; changed into
 *   those at the minimum.
 * @returns One change per member of the working set, and the largest of them, curvature times square. A coefficient that
 *   ends at zero is exactly zero after the step.
 */
export function minimiseQuadratic(
  problem: PenalisedProblem,
  coefficients: Float64Array,
  set: WorkingSet,
  { lambda, limit }: QuadraticModel,
): { readonly step: Float64Array; readonly change: number } {
  const { count, memory } = set;
  const { capacity, gram, slope, values, absolute, squared, room } = memory;
  const current = numbersAt(values, count);
  const [absolutes, squares] = [numbersAt(absolute, count), numbersAt(squared, count)];
  for (let a = 0; a < count; a++) {
    const column = set.members[a];
    current[a] = coefficients[column];
    absolutes[a] = lambda * problem.alpha * problem.factors[column];
    squares[a] = lambda * (1 - problem.alpha) * problem.factors[column];
  }
  const kernel = kernelOfThread();
  const quadratic = [gram, capacity, count, slope, values, absolute, squared] as const;
  const first = kernel.descend(...quadratic, limit, 1);
  const enough = Math.max(0.1 * limit, FORCING * first);
  for (let round = 1; round <= MAXIMUM_ROUNDS; round++) {
    if (!(kernel.descend(...quadratic, enough, PASSES) > enough)) break;
    // Correlated columns make descent crawl; with the signs as they are, conjugate gradients go straight.
    kernel.refine(...quadratic, room, FORCING, 0.1 * enough, count + 10);
  }
  const step = new Float64Array(count);
  const curvature = numbersAt(gram, capacity * count);
  let change = 0;
  for (let a = 0; a < count; a++) {
    step[a] = current[a] - coefficients[set.members[a]];
    change = Math.max(change, curvature[a * (capacity + 1)] * step[a] * step[a]);
  }
  return { step, change };
}
