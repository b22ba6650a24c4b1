import { choleskyFactor, choleskySolve } from "./cholesky.ts";
import { dotProduct } from "./dot-product.ts";
import type { Matrix } from "./matrix.ts";

/** A smooth convex loss. */
export interface ConvexLoss {
  /** Infinity where the point lies outside the domain. */
  readonly value: (at: Float64Array) => number;
  /** Minus the gradient, and the positive definite curvature of shape [k, k], at the point of the last `value`. */
  readonly derivatives: () => { readonly score: Float64Array; readonly information: Matrix };
}

/** Where a search ended. */
export interface Minimum {
  readonly at: Float64Array;
  readonly loss: number;
  readonly converged: boolean;
  /** Cholesky factor of the curvature, at most one last step away from there. */
  readonly factor: Matrix;
}

const MAXIMUM_ITERATIONS = 50;

/**
 * The minimum of a smooth convex loss by Newton's method with halved steps.
 *
 * @param start Where the loss is finite; the nearer to the minimum the better.
 * @param tolerance The search ends after a step of which the quadratic model expected to save less than this share of the
 *   loss; what is then left is about the square of it.
 * @throws {NumericalError} The curvature is not positive definite.
 * @source Nocedal & Wright 2006, Numerical Optimization, 3.3 with backtracking, algorithm 3.1.
 */
export function minimise(loss: ConvexLoss, start: Float64Array, tolerance = 1e-9): Minimum {
  let at: Float64Array = Float64Array.from(start);
  let value = loss.value(at);
  for (let iteration = 0; ; iteration++) {
    const { score, information } = loss.derivatives();
    const factor = choleskyFactor(information);
    const step = choleskySolve(factor, score);
    const gain = dotProduct(step, 0, score, step.length);
    if (gain < tolerance * tolerance * (value + 0.1)) return { at, loss: value, converged: true, factor };
    if (iteration === MAXIMUM_ITERATIONS) return { at, loss: value, converged: false, factor };
    const before: Float64Array = at;
    const limit = value * (1 + 1e-13);
    let share = 1;
    do {
      at = before.map((coordinate, k) => coordinate + share * step[k]);
      value = loss.value(at);
      share /= 2;
    } while (!(value <= limit) && share > 1e-9);
    if (gain < tolerance * (value + 0.1)) return { at, loss: value, converged: true, factor };
  }
}
